'use strict';
// A chat server: node server.js PORT KEYFILE

const fs = require('fs');
const net = require('net');
const { createHash } = require('crypto');

const MAX_COMMAND = 4096;
const LF = 0x0a;
const CR = 0x0d;
const BACKSLASH = 0x5c;
const DOT = 0x2e;

function fail(message) {
  console.error(`server.js: ${message}`);
  process.exit(1);
}

function readKeys(path) {
  // latin1 gives one character per byte, whatever the bytes are.
  const content = fs.readFileSync(path, 'latin1');
  if (content === '') throw new Error(`${path}:1: expected a key, found an empty file`);
  return content.replace(/\n$/, '').split('\n')
    .map((line) => Buffer.from(line.replace(/[ \t\r]+$/, ''), 'latin1'));
}

/** Cuts what arrives into lines, however it was cut on its way. */
class LineSplitter {
  constructor(onLine) {
    this.onLine = onLine;
    this.pieces = []; // of a line whose end is still to come
    this.pending = 0;
  }

  push(chunk) {
    let begin = 0;
    for (let end; (end = chunk.indexOf(LF, begin)) >= 0; begin = end + 1) {
      let line = chunk.subarray(begin, end);
      if (this.pieces.length > 0) {
        line = Buffer.concat([...this.pieces, line]);
        this.pieces = [];
        this.pending = 0;
      }
      if (line.length > 0 && line[line.length - 1] === CR) line = line.subarray(0, -1);
      if (!this.onLine(line)) return;
    }
    if (begin < chunk.length) {
      this.pieces.push(chunk.subarray(begin));
      this.pending += chunk.length - begin;
    }
  }
}

function unescape(line) {
  if (!line.includes(BACKSLASH)) return line;
  const text = Buffer.alloc(line.length);
  let length = 0;
  for (let i = 0; i < line.length; i += 1) {
    if (line[i] === BACKSLASH && (line[i + 1] === BACKSLASH || line[i + 1] === DOT)) i += 1;
    text[length] = line[i];
    length += 1;
  }
  return text.subarray(0, length);
}

class Conversation {
  constructor(socket, keys) {
    this.socket = socket;
    this.keys = keys;
    this.state = this.awaitHello;
    this.used = 0;
    this.ended = false;
    this.output = [];
    this.lines = new LineSplitter((line) => this.take(line));
    socket.on('data', (chunk) => this.receive(chunk));
    socket.on('end', () => this.end('the connection ended before QUIT'));
    socket.on('error', (error) => { this.end(error.message); socket.destroy(); });
  }

  receive(chunk) {
    if (this.ended) return; // what still comes is read and dropped, so that we don't reset
    this.lines.push(chunk);
    if (this.output.length > 0) process.stdout.write(Buffer.concat(this.output));
    this.output = [];
    if (!this.ended && this.state !== this.awaitText && this.lines.pending > MAX_COMMAND) {
      this.end('a command is too long');
    }
  }

  /** Handles one line; gives whether to go on. */
  take(line) {
    this.output.push(line, Buffer.from('\n'));
    this.state(line);
    return !this.ended;
  }

  awaitHello(line) {
    const word = line.toString('latin1');
    if (word !== 'HELLO') { this.violation('HELLO', word); return; }
    this.socket.write('260 OK\n');
    this.state = this.awaitData;
  }

  awaitData(line) {
    const word = line.toString('latin1');
    if (word === 'QUIT') {
      this.end(null);
    } else if (word !== 'DATA') {
      this.violation('DATA or QUIT', word);
    } else if (this.used === this.keys.length) {
      this.end('there is no key left for a further message');
    } else {
      this.hash = createHash('sha256');
      this.state = this.awaitText;
    }
  }

  awaitText(line) {
    if (line.length === 1 && line[0] === DOT) {
      this.hash.update(this.keys[this.used]);
      this.used += 1;
      this.socket.write(`270 SIG\n${this.hash.digest('hex')}\n`);
      this.state = this.awaitVerdict;
    } else {
      this.hash.update(unescape(line));
    }
  }

  awaitVerdict(line) {
    const word = line.toString('latin1');
    if (word !== 'PASS' && word !== 'FAIL') { this.violation('PASS or FAIL', word); return; }
    this.socket.write('260 OK\n');
    this.state = this.awaitData;
  }

  violation(expected, received) {
    this.end(`expected ${expected}, received ${JSON.stringify(received)}`);
  }

  end(problem) {
    if (this.ended) return;
    this.ended = true;
    if (problem) {
      console.error(`server.js: ${problem}`);
      process.exitCode = 1;
    }
    this.socket.end();
    setTimeout(() => this.socket.destroy(), 2000).unref();
  }
}

function main(args) {
  if (args.length !== 2) {
    console.error('usage: node server.js PORT KEYFILE');
    process.exit(2);
  }
  const [port, keyFile] = args;
  if (!/^\d+$/.test(port) || Number(port) < 1 || Number(port) > 65535) fail(`${port} is not a port`);
  let keys;
  try {
    keys = readKeys(keyFile);
  } catch (error) {
    fail(error.message);
  }
  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    server.close(); // one client is served
    socket.setNoDelay(true);
    new Conversation(socket, keys);
  });
  server.on('error', (error) => fail(error.message));
  server.listen(Number(port));
}

main(process.argv.slice(2));
