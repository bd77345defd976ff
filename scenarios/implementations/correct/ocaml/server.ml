(* A chat server: server PORT KEYFILE *)

exception Violation of string

let violation format = Printf.ksprintf (fun text -> raise (Violation text)) format

let max_command = 4096

let without_cr line =
  let n = String.length line in
  if n > 0 && line.[n - 1] = '\r' then String.sub line 0 (n - 1) else line

let rec rtrim line =
  let n = String.length line in
  if n > 0 && String.contains " \t\r" line.[n - 1] then rtrim (String.sub line 0 (n - 1)) else line

let read_keys path =
  let file = open_in_bin path in
  let rec lines acc =
    match input_line file with
    | line -> lines (rtrim line :: acc)
    | exception End_of_file -> close_in file; List.rev acc
  in
  match lines [] with
  | [] -> failwith (path ^ ": there is no key in it")
  | keys -> keys

(* \\ is \ and \. is . ; any other backslash stands for itself. *)
let unescape line =
  if not (String.contains line '\\') then line
  else begin
    let n = String.length line in
    let text = Buffer.create n in
    let rec go i =
      if i < n then
        match line.[i] with
        | '\\' when i + 1 < n && (line.[i + 1] = '\\' || line.[i + 1] = '.') ->
            Buffer.add_char text line.[i + 1];
            go (i + 2)
        | c ->
            Buffer.add_char text c;
            go (i + 1)
    in
    go 0;
    Buffer.contents text
  end

(* What has been read and not yet been asked for. *)
type reader = { socket : Unix.file_descr; chunk : Bytes.t; mutable first : int; mutable last : int }

let refill reader =
  flush stdout;
  reader.first <- 0;
  reader.last <- Unix.read reader.socket reader.chunk 0 (Bytes.length reader.chunk);
  reader.last > 0

let read_line_from reader ~limit =
  let line = Buffer.create 80 in
  let rec go () =
    if reader.first = reader.last && not (refill reader) then violation "the connection ended before QUIT";
    let stop =
      match Bytes.index_from_opt reader.chunk reader.first '\n' with
      | Some stop when stop < reader.last -> stop
      | _ -> reader.last
    in
    Buffer.add_subbytes line reader.chunk reader.first (stop - reader.first);
    if Buffer.length line > limit then violation "a command is too long";
    if stop = reader.last then begin
      reader.first <- stop;
      go ()
    end
    else reader.first <- stop + 1
  in
  go ();
  let text = without_cr (Buffer.contents line) in
  print_string text;
  print_char '\n';
  text

let send socket text =
  let rec go from =
    if from < String.length text then
      go (from + Unix.write_substring socket text from (String.length text - from))
  in
  go 0

let expect reader words =
  let line = read_line_from reader ~limit:max_command in
  if List.mem line words then line
  else violation "expected %s, received %S" (String.concat " or " words) line

let sign reader key =
  let hash = Sha256.init () in
  let rec go () =
    match read_line_from reader ~limit:max_int with
    | "." -> ()
    | line ->
        Sha256.update_string hash (unescape line);
        go ()
  in
  go ();
  Sha256.update_string hash key;
  Sha256.to_hex (Sha256.finalize hash)

let converse socket keys =
  let reader = { socket; chunk = Bytes.create 65536; first = 0; last = 0 } in
  let rec messages keys =
    match (expect reader [ "DATA"; "QUIT" ], keys) with
    | "QUIT", _ -> ()
    | _, [] -> violation "there is no key left for a further message"
    | _, key :: rest ->
        let signature = sign reader key in
        send socket ("270 SIG\n" ^ signature ^ "\n");
        ignore (expect reader [ "PASS"; "FAIL" ]);
        send socket "260 OK\n";
        messages rest
  in
  ignore (expect reader [ "HELLO" ]);
  send socket "260 OK\n";
  messages keys

(* Our FIN, then the rest of what comes, for a while: closing with unread bytes would reset the connection. *)
let finish socket =
  let rest = Bytes.create 65536 in
  (try
     Unix.shutdown socket Unix.SHUTDOWN_SEND;
     Unix.setsockopt_float socket Unix.SO_RCVTIMEO 2.0;
     while Unix.read socket rest 0 (Bytes.length rest) > 0 do () done
   with Unix.Unix_error _ -> ());
  Unix.close socket

let serve port keys =
  let listener = Unix.socket Unix.PF_INET Unix.SOCK_STREAM 0 in
  Unix.setsockopt listener Unix.SO_REUSEADDR true;
  Unix.bind listener (Unix.ADDR_INET (Unix.inet_addr_any, port));
  Unix.listen listener 5;
  let socket, _ = Unix.accept listener in
  Unix.close listener;
  Fun.protect ~finally:(fun () -> flush stdout; finish socket) (fun () -> converse socket keys)

let is_number text = text <> "" && String.for_all (fun c -> c >= '0' && c <= '9') text

let () =
  let complain status text = prerr_endline ("server: " ^ text); exit status in
  Sys.set_signal Sys.sigpipe Sys.Signal_ignore;
  set_binary_mode_out stdout true;
  match Sys.argv with
  | [| _; port; key_file |] -> (
      match if is_number port then int_of_string_opt port else None with
      | Some number when number > 0 && number < 65536 -> (
          try serve number (read_keys key_file) with
          | Violation text | Failure text | Sys_error text -> complain 1 text
          | Unix.Unix_error (error, call, _) -> complain 1 (call ^ ": " ^ Unix.error_message error))
      | _ -> complain 2 (port ^ " is not a port"))
  | _ -> complain 2 "usage: server PORT KEYFILE"
