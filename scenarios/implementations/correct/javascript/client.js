'use strict';
// A chat client: node client.js HOST PORT MESSAGEFILE SIGNATUREFILE

const fs = require('fs');
const net = require('net');
const { once } = require('events');

const MAX_REPLY = 4096;

/** The messages of a file, as Latin-1 strings: one character per byte. */
function readMessages(path) {
  const content = fs.readFileSync(path, 'latin1').replace(/\r\n/g, '\n');
  const messages = [];
  let line = 1;
  for (let position = 0; position < content.length;) {
    const lengthLine = /(\d+)\n/y;
    lengthLine.lastIndex = position;
    const match = lengthLine.exec(content);
    if (!match) throw new Error(`${path}:${line}: expected the length of a message, alone on a line`);
    const length = Number(match[1]);
    const begin = position + match[0].length;
    const body = content.slice(begin, begin + length);
    const isLast = begin + length > content.length;
    if (isLast && (body.length !== length - 1 || body.endsWith('\n'))) {
      throw new Error(`${path}:${line}: the file ends before the ${length} bytes of this message`);
    }
    if (!isLast && !body.endsWith('\n')) {
      throw new Error(`${path}:${line}: the ${length} bytes of this message do not end with a line`);
    }
    messages.push(isLast ? body : body.slice(0, -1));
    line += 1 + (body.match(/\n/g) || []).length;
    position = begin + length;
  }
  if (messages.length === 0) throw new Error(`${path}: there is no message in it`);
  return messages;
}

function readSignatures(path) {
  const lines = fs.readFileSync(path, 'latin1').split('\n');
  if (lines[lines.length - 1] === '') lines.pop();
  return lines.map((line, index) => {
    const signature = line.trimEnd();
    if (!/^[0-9a-f]{64}$/i.test(signature)) {
      throw new Error(`${path}:${index + 1}: expected 64 hexadecimal digits`);
    }
    return signature.toLowerCase();
  });
}

/** The lines that a socket receives. */
async function* readLines(socket) {
  let buffer = '';
  // Whoever leaves this loop by an error still wants to close the socket in order.
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    buffer += chunk.toString('latin1');
    for (let end; (end = buffer.indexOf('\n')) >= 0;) {
      const line = buffer.slice(0, end).replace(/\r$/, '');
      buffer = buffer.slice(end + 1);
      yield line;
    }
    if (buffer.length > MAX_REPLY) throw new Error('a reply is too long');
  }
}

const escape = (text) => text.replace(/[\\.]/g, '\\$&');

async function talk(socket, messages, signatures) {
  const lines = readLines(socket);
  const send = async (text) => {
    if (!socket.write(text, 'latin1')) await once(socket, 'drain');
  };
  const receive = async (expected) => {
    const { value: line, done } = await lines.next();
    if (done) throw new Error(`expected ${expected}, but the server closed the connection`);
    process.stdout.write(`${line}\n`, 'latin1');
    return line;
  };
  const expect = async (expected) => {
    const line = await receive(expected);
    if (line !== expected) throw new Error(`expected ${expected}, received ${JSON.stringify(line)}`);
  };

  await send('HELLO\n');
  await expect('260 OK');
  for (const [index, message] of messages.entries()) {
    const text = message === '' ? '' : `${escape(message)}\n`;
    await send(`DATA\n${text}.\n`);
    await expect('270 SIG');
    const signature = (await receive('a signature')).toLowerCase();
    if (!/^[0-9a-f]{64}$/.test(signature)) throw new Error(`this is no signature: ${signature}`);
    await send(signature === signatures[index] ? 'PASS\n' : 'FAIL\n');
    await expect('260 OK');
  }
  await send('QUIT\n');
}

function connect(host, port) {
  return new Promise((resolve, reject) => {
    const socket = net.connect({ host, port, allowHalfOpen: true }, () => {
      socket.removeListener('error', reject);
      resolve(socket);
    });
    socket.once('error', reject);
  });
}

/** Ends in order: our FIN, then whatever the server still sends, for a while. */
function close(socket) {
  return new Promise((resolve) => {
    socket.on('error', resolve);
    socket.on('close', resolve);
    if (socket.destroyed) resolve();
    setTimeout(resolve, 2000).unref();
    socket.end();
    socket.resume();
  });
}

async function main(args) {
  if (args.length !== 4) {
    console.error('usage: node client.js HOST PORT MESSAGEFILE SIGNATUREFILE');
    return 2;
  }
  const [host, port, messageFile, signatureFile] = args;
  if (!/^\d+$/.test(port) || Number(port) < 1 || Number(port) > 65535) {
    console.error(`client.js: ${port} is not a port`);
    return 2;
  }
  try {
    const messages = readMessages(messageFile);
    const signatures = readSignatures(signatureFile);
    if (messages.length !== signatures.length) {
      throw new Error(`${messages.length} messages, but ${signatures.length} signatures`);
    }
    const socket = await connect(host, Number(port));
    try {
      await talk(socket, messages, signatures);
    } finally {
      await close(socket);
    }
    return 0;
  } catch (error) {
    console.error(`client.js: ${error.message}`);
    return 1;
  }
}

main(process.argv.slice(2)).then((status) => { process.exit(status); });
