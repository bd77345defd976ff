//! A chat client: client HOST PORT MESSAGEFILE SIGNATUREFILE

use std::fmt;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;
use std::{env, fs, process};

#[derive(Debug)]
enum Problem {
    Usage(String),
    File(String),
    Network(io::Error),
    Violation(String),
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Problem::Usage(text) | Problem::File(text) | Problem::Violation(text) => f.write_str(text),
            Problem::Network(error) => error.fmt(f),
        }
    }
}

impl From<io::Error> for Problem {
    fn from(error: io::Error) -> Self {
        Problem::Network(error)
    }
}

/// The file's bytes, with LF for CR LF.
fn read_file(path: &str) -> Result<Vec<u8>, Problem> {
    let raw = fs::read(path).map_err(|error| Problem::File(format!("{path}: {error}")))?;
    let mut content = Vec::with_capacity(raw.len());
    for (i, &byte) in raw.iter().enumerate() {
        if byte != b'\r' || raw.get(i + 1) != Some(&b'\n') {
            content.push(byte);
        }
    }
    Ok(content)
}

fn read_messages(path: &str) -> Result<Vec<Vec<u8>>, Problem> {
    let content = read_file(path)?;
    let mut rest = &content[..];
    let mut messages = Vec::new();
    while !rest.is_empty() {
        let problem = |what: &str| Problem::File(format!("{path}: message {}: {what}", messages.len() + 1));
        let end = rest.iter().position(|&byte| byte == b'\n').ok_or_else(|| problem("it has a length only"))?;
        let digits = std::str::from_utf8(&rest[..end]).ok().filter(|text| text.bytes().all(|b| b.is_ascii_digit()));
        let length: usize = digits
            .and_then(|text| text.parse().ok())
            .filter(|&length| length > 0)
            .ok_or_else(|| problem("expected its length, a number alone on a line"))?;
        rest = &rest[end + 1..];
        let text = rest.get(..length - 1).ok_or_else(|| problem("the file ends within it"))?;
        match rest.get(length - 1) {
            Some(b'\n') => rest = &rest[length..],
            None if !text.ends_with(b"\n") => rest = &[],
            _ => return Err(problem("it does not end where its length says")),
        }
        messages.push(text.to_vec());
    }
    if messages.is_empty() {
        return Err(Problem::File(format!("{path}: there is no message in it")));
    }
    Ok(messages)
}

fn is_signature(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn read_signatures(path: &str) -> Result<Vec<String>, Problem> {
    let content = read_file(path)?;
    String::from_utf8_lossy(&content)
        .lines()
        .enumerate()
        .map(|(index, line)| {
            let signature = line.trim_end();
            if is_signature(signature) {
                Ok(signature.to_owned())
            } else {
                Err(Problem::File(format!("{path}:{}: expected 64 hexadecimal digits", index + 1)))
            }
        })
        .collect()
}

struct Client {
    input: BufReader<TcpStream>,
    output: BufWriter<TcpStream>,
}

impl Client {
    fn connect(host: &str, port: u16) -> Result<Self, Problem> {
        let stream = TcpStream::connect((host, port))?;
        Ok(Client { input: BufReader::new(stream.try_clone()?), output: BufWriter::new(stream) })
    }

    fn send(&mut self, bytes: &[u8]) -> Result<(), Problem> {
        self.output.write_all(bytes)?;
        Ok(self.output.flush()?)
    }

    fn receive(&mut self) -> Result<String, Problem> {
        let mut line = Vec::new();
        self.input.by_ref().take(4096).read_until(b'\n', &mut line)?;
        if line.pop() != Some(b'\n') {
            return Err(Problem::Violation("expected a reply, found the end of the connection".into()));
        }
        if line.ends_with(b"\r") {
            line.pop();
        }
        let mut out = io::stdout().lock();
        out.write_all(&line)?;
        out.write_all(b"\n")?;
        out.flush()?;
        Ok(String::from_utf8_lossy(&line).into_owned())
    }

    fn expect(&mut self, reply: &str) -> Result<(), Problem> {
        let line = self.receive()?;
        if line == reply {
            Ok(())
        } else {
            Err(Problem::Violation(format!("expected {reply}, received {line:?}")))
        }
    }

    fn send_message(&mut self, text: &[u8]) -> Result<(), Problem> {
        self.output.write_all(b"DATA\n")?;
        for piece in text.split_inclusive(|byte| b"\\.".contains(byte)) {
            match piece.split_last() {
                Some((&last @ (b'\\' | b'.'), before)) => {
                    self.output.write_all(before)?;
                    self.output.write_all(&[b'\\', last])?;
                }
                _ => self.output.write_all(piece)?,
            }
        }
        self.send(if text.is_empty() { b".\n" } else { b"\n.\n" })
    }

    fn talk(&mut self, messages: &[Vec<u8>], signatures: &[String]) -> Result<(), Problem> {
        self.send(b"HELLO\n")?;
        self.expect("260 OK")?;
        for (message, wanted) in messages.iter().zip(signatures) {
            self.send_message(message)?;
            self.expect("270 SIG")?;
            let signature = self.receive()?;
            if !is_signature(&signature) {
                return Err(Problem::Violation(format!("expected a signature, received {signature:?}")));
            }
            self.send(if signature.eq_ignore_ascii_case(wanted) { b"PASS\n" } else { b"FAIL\n" })?;
            self.expect("260 OK")?;
        }
        self.send(b"QUIT\n")
    }

    fn close(mut self) {
        let stream = self.input.get_ref();
        let _ = stream.shutdown(Shutdown::Write);
        let _ = stream.set_read_timeout(Some(Duration::from_secs(2)));
        let _ = io::copy(&mut self.input, &mut io::sink());
    }
}

fn run() -> Result<(), Problem> {
    let arguments: Vec<String> = env::args_os().skip(1).map(|word| word.to_string_lossy().into_owned()).collect();
    let [host, port, message_file, signature_file] = &arguments[..] else {
        return Err(Problem::Usage("usage: client HOST PORT MESSAGEFILE SIGNATUREFILE".into()));
    };
    let port: u16 = match port.parse() {
        Ok(port) if port > 0 => port,
        _ => return Err(Problem::Usage(format!("{port} is not a port"))),
    };
    let messages = read_messages(message_file)?;
    let signatures = read_signatures(signature_file)?;
    if messages.len() != signatures.len() {
        let counts = format!("{} messages, but {} signatures", messages.len(), signatures.len());
        return Err(Problem::File(counts));
    }
    let mut client = Client::connect(host, port)?;
    let outcome = client.talk(&messages, &signatures);
    client.close();
    outcome
}

fn main() {
    if let Err(problem) = run() {
        eprintln!("client: {problem}");
        process::exit(1);
    }
}
