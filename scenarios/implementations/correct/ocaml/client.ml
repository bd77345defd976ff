(* A chat client: client HOST PORT MESSAGEFILE SIGNATUREFILE *)

let fail format = Printf.ksprintf failwith format

let read_file path =
  let file = open_in_bin path in
  let raw = really_input_string file (in_channel_length file) in
  close_in file;
  (* LF for CR LF *)
  let n = String.length raw in
  let content = Buffer.create n in
  String.iteri (fun i c -> if not (c = '\r' && i + 1 < n && raw.[i + 1] = '\n') then Buffer.add_char content c) raw;
  Buffer.contents content

let is_digit c = c >= '0' && c <= '9'
let is_hex c = is_digit c || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')
let is_signature text = String.length text = 64 && String.for_all is_hex text

let read_messages path =
  let content = read_file path in
  let size = String.length content in
  let rec go position messages =
    if position >= size then List.rev messages
    else begin
      let which = Printf.sprintf "%s: message %d" path (List.length messages + 1) in
      let line_end =
        match String.index_from_opt content position '\n' with
        | Some line_end -> line_end
        | None -> fail "%s: there is nothing behind its length" which
      in
      let number = String.sub content position (line_end - position) in
      let length =
        match int_of_string_opt number with
        | Some length when String.for_all is_digit number && length > 0 -> length
        | _ -> fail "%s: expected its length alone on a line, found %S" which number
      in
      let first = line_end + 1 in
      let stop = first + length - 1 in
      let ends_well =
        if stop < size then content.[stop] = '\n'
        else stop = size && (length = 1 || content.[stop - 1] <> '\n')
      in
      if not ends_well then fail "%s: its length does not lead to the end of a line" which;
      go (stop + 1) (String.sub content first (length - 1) :: messages)
    end
  in
  match go 0 [] with [] -> fail "%s: there is no message in it" path | messages -> messages

let rec rtrim line =
  let n = String.length line in
  if n > 0 && String.contains " \t\r" line.[n - 1] then rtrim (String.sub line 0 (n - 1)) else line

let read_signatures path =
  let content = read_file path in
  let n = String.length content in
  let content = if n > 0 && content.[n - 1] = '\n' then String.sub content 0 (n - 1) else content in
  List.mapi
    (fun i line ->
      let signature = rtrim line in
      if is_signature signature then String.lowercase_ascii signature
      else fail "%s:%d: expected 64 hexadecimal digits" path (i + 1))
    (String.split_on_char '\n' content)

let escape text =
  let out = Buffer.create (String.length text + 16) in
  String.iter (fun c -> if c = '\\' || c = '.' then Buffer.add_char out '\\'; Buffer.add_char out c) text;
  Buffer.contents out

let receive input =
  match input_line input with
  | exception End_of_file -> fail "the server closed the connection where a reply was due"
  | line ->
      let n = String.length line in
      let text = if n > 0 && line.[n - 1] = '\r' then String.sub line 0 (n - 1) else line in
      print_endline text;
      text

let expect input reply =
  let line = receive input in
  if line <> reply then fail "expected %s, received %S" reply line

let talk input output messages signatures =
  let send text = output_string output text; flush output in
  send "HELLO\n";
  expect input "260 OK";
  List.iter2
    (fun text wanted ->
      send ("DATA\n" ^ (if text = "" then "" else escape text ^ "\n") ^ ".\n");
      expect input "270 SIG";
      let signature = receive input in
      if not (is_signature signature) then fail "expected a signature, received %S" signature;
      send (if String.lowercase_ascii signature = wanted then "PASS\n" else "FAIL\n");
      expect input "260 OK")
    messages signatures;
  send "QUIT\n"

let connect host port =
  let addresses = Unix.getaddrinfo host port [ Unix.AI_SOCKTYPE Unix.SOCK_STREAM ] in
  let rec try_each = function
    | [] -> fail "%s port %s: nobody takes the connection" host port
    | address :: rest -> (
        let socket = Unix.socket address.Unix.ai_family Unix.SOCK_STREAM 0 in
        try Unix.connect socket address.Unix.ai_addr; socket
        with Unix.Unix_error _ -> Unix.close socket; try_each rest)
  in
  try_each addresses

let finish socket =
  let rest = Bytes.create 4096 in
  try
    Unix.shutdown socket Unix.SHUTDOWN_SEND;
    Unix.setsockopt_float socket Unix.SO_RCVTIMEO 2.0;
    while Unix.read socket rest 0 (Bytes.length rest) > 0 do () done;
    Unix.close socket
  with Unix.Unix_error _ -> ()

let run host port message_file signature_file =
  (match if String.for_all is_digit port then int_of_string_opt port else None with
  | Some number when number > 0 && number < 65536 -> ()
  | _ -> fail "%s is not a port" port);
  let messages = read_messages message_file in
  let signatures = read_signatures signature_file in
  if List.compare_lengths messages signatures <> 0 then
    fail "%d messages, but %d signatures" (List.length messages) (List.length signatures);
  let socket = connect host port in
  let input = Unix.in_channel_of_descr socket and output = Unix.out_channel_of_descr socket in
  Fun.protect ~finally:(fun () -> finish socket) (fun () -> talk input output messages signatures)

let () =
  let complain status text = prerr_endline ("client: " ^ text); exit status in
  Sys.set_signal Sys.sigpipe Sys.Signal_ignore;
  match Sys.argv with
  | [| _; host; port; message_file; signature_file |] -> (
      try run host port message_file signature_file with
      | Failure text | Sys_error text -> complain 1 text
      | Unix.Unix_error (error, call, _) -> complain 1 (call ^ ": " ^ Unix.error_message error))
  | _ -> complain 2 "usage: client HOST PORT MESSAGEFILE SIGNATUREFILE"
