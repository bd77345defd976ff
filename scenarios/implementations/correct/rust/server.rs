//! A chat server: server PORT KEYFILE

mod sha256;

use std::error::Error;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Stdout, Write};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::process::ExitCode;
use std::time::Duration;
use std::{env, fs};

use sha256::Sha256;

const MAX_COMMAND: u64 = 4096;

type Outcome<T> = Result<T, Box<dyn Error>>;

struct Conversation<'a> {
    stream: &'a TcpStream,
    input: BufReader<&'a TcpStream>,
    printed: BufWriter<Stdout>,
}

impl<'a> Conversation<'a> {
    fn new(stream: &'a TcpStream) -> Self {
        Conversation {
            stream,
            input: BufReader::with_capacity(1 << 16, stream),
            printed: BufWriter::new(io::stdout()),
        }
    }

    /// The next line without its line end.
    fn line(&mut self, limit: u64) -> Outcome<Vec<u8>> {
        if self.input.buffer().is_empty() {
            self.printed.flush()?;
        }
        let mut line = Vec::new();
        self.input.by_ref().take(limit).read_until(b'\n', &mut line)?;
        if line.pop() != Some(b'\n') {
            return Err("the connection ended, or a command is too long".into());
        }
        if line.last() == Some(&b'\r') {
            line.pop();
        }
        self.printed.write_all(&line)?;
        self.printed.write_all(b"\n")?;
        Ok(line)
    }

    fn expect<'w>(&mut self, words: &[&'w str]) -> Outcome<&'w str> {
        let line = self.line(MAX_COMMAND)?;
        match words.iter().find(|word| word.as_bytes() == line) {
            Some(word) => Ok(word),
            None => Err(format!(
                "expected {}, received {:?}",
                words.join(" or "),
                String::from_utf8_lossy(&line)
            )
            .into()),
        }
    }

    fn sign(&mut self, key: &[u8]) -> Outcome<String> {
        let mut hash = Sha256::new();
        loop {
            let line = self.line(u64::MAX)?;
            if line == b"." {
                hash.update(key);
                return Ok(hash.hex());
            }
            hash.update(&unescape(&line));
        }
    }

    fn send(&mut self, text: &str) -> io::Result<()> {
        self.stream.write_all(text.as_bytes())
    }

    fn run(&mut self, keys: &[Vec<u8>]) -> Outcome<()> {
        self.expect(&["HELLO"])?;
        self.send("260 OK\n")?;
        let mut keys = keys.iter();
        while self.expect(&["DATA", "QUIT"])? == "DATA" {
            let key = keys.next().ok_or("there is no key left for a further message")?;
            let signature = self.sign(key)?;
            self.send(&format!("270 SIG\n{signature}\n"))?;
            self.expect(&["PASS", "FAIL"])?;
            self.send("260 OK\n")?;
        }
        Ok(())
    }
}

fn unescape(line: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(line.len());
    let mut bytes = line.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        match (byte, bytes.peek()) {
            (b'\\', Some(&next @ (b'\\' | b'.'))) => {
                text.push(next);
                bytes.next();
            }
            _ => text.push(byte),
        }
    }
    text
}

fn read_keys(path: &str) -> Outcome<Vec<Vec<u8>>> {
    let content = fs::read(path).map_err(|error| format!("{path}: {error}"))?;
    if content.is_empty() {
        return Err(format!("{path}: there is no key in it").into());
    }
    let content = content.strip_suffix(b"\n").unwrap_or(&content);
    Ok(content
        .split(|&byte| byte == b'\n')
        .map(|line| {
            let end = line.iter().rposition(|byte| !b" \t\r".contains(byte)).map_or(0, |last| last + 1);
            line[..end].to_vec()
        })
        .collect())
}

/// Sends a FIN and reads what still comes, for a while: unread bytes would make it a reset.
fn close(mut stream: &TcpStream) {
    let _ = stream.shutdown(Shutdown::Write);
    let _ = stream.set_read_timeout(Some(Duration::from_secs(2)));
    let _ = io::copy(&mut stream, &mut io::sink());
}

fn run(arguments: &[String]) -> Outcome<()> {
    let [_, port, key_file] = arguments else {
        return Err("usage: server PORT KEYFILE".into());
    };
    let port: u16 = port.parse().ok().filter(|&port| port > 0).ok_or(format!("{port} is not a port"))?;
    let keys = read_keys(key_file)?;
    let (stream, _) = TcpListener::bind((Ipv4Addr::UNSPECIFIED, port))?.accept()?;
    stream.set_nodelay(true)?;
    let mut conversation = Conversation::new(&stream);
    let outcome = conversation.run(&keys);
    let _ = conversation.printed.flush();
    close(&stream);
    outcome
}

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args_os().map(|word| word.to_string_lossy().into_owned()).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("server: {error}");
            ExitCode::FAILURE
        }
    }
}
