"""A chat client on asyncio: client.py HOST PORT MESSAGEFILE SIGNATUREFILE"""

import argparse
import asyncio
import dataclasses
import io
import pathlib
import re
import sys

SIGNATURE = re.compile(rb"[0-9a-fA-F]{64}")


class FileProblem(Exception):
    """A file is not what it should be."""


class Violation(Exception):
    """The server did what the protocol does not allow."""


@dataclasses.dataclass
class Message:
    lines: list
    signature: bytes = b""

    def encoded(self):
        escaped = (line.replace(b"\\", b"\\\\").replace(b".", b"\\.") for line in self.lines)
        return b"".join(line + b"\n" for line in escaped)


def load_messages(path):
    file = io.BytesIO(path.read_bytes().replace(b"\r\n", b"\n"))
    messages = []
    while number := file.readline():
        which = f"{path}: message {len(messages) + 1}"
        if not re.fullmatch(rb"\d+\n", number):
            raise FileProblem(f"{which}: expected its length alone on a line, found {number[:40]!r}")
        try:
            length = int(number)
            text = file.read(length)
        except (ValueError, OverflowError):  # too many digits for either
            raise FileProblem(f"{which}: no file is as long as its length says") from None
        if len(text) == length and text.endswith(b"\n"):
            text = text[:-1]
        elif len(text) != length - 1 or text.endswith(b"\n"):
            raise FileProblem(f"{which}: its length of {length} does not lead to the end of a line")
        messages.append(Message(text.split(b"\n") if text else []))
    if not messages:
        raise FileProblem(f"{path}: there is no message in it")
    return messages


def load_signatures(path):
    signatures = [line.rstrip() for line in path.read_bytes().removesuffix(b"\n").split(b"\n")]
    for number, signature in enumerate(signatures, 1):
        if not SIGNATURE.fullmatch(signature):
            raise FileProblem(f"{path}:{number}: expected 64 hexadecimal digits, found {signature[:80]!r}")
    return signatures


def load(message_file, signature_file):
    messages, signatures = load_messages(message_file), load_signatures(signature_file)
    if len(messages) != len(signatures):
        raise FileProblem(f"{len(messages)} messages, but {len(signatures)} signatures")
    for message, signature in zip(messages, signatures):
        message.signature = signature.lower()
    return messages


class Server:
    """The other side."""

    def __init__(self, reader, writer):
        self.reader = reader
        self.writer = writer

    async def send(self, data):
        self.writer.write(data)
        await self.writer.drain()

    async def receive(self):
        try:
            line = await self.reader.readuntil(b"\n")
        except asyncio.IncompleteReadError:
            raise Violation("the server closed the connection where a reply was due") from None
        except asyncio.LimitOverrunError:
            raise Violation("a reply is too long") from None
        line = line[:-1].removesuffix(b"\r")
        sys.stdout.buffer.write(line + b"\n")
        sys.stdout.buffer.flush()
        return line

    async def expect(self, reply):
        line = await self.receive()
        if line != reply:
            raise Violation(f"expected {reply!r}, received {line!r}")

    async def sign(self, message):
        """Has the server sign the message; gives whether the signature is the one of the file."""
        await self.send(b"DATA\n" + message.encoded() + b".\n")
        await self.expect(b"270 SIG")
        signature = await self.receive()
        if not SIGNATURE.fullmatch(signature):
            raise Violation(f"expected a signature, received {signature!r}")
        return signature.lower() == message.signature

    async def close(self):
        try:
            self.writer.write_eof()
            await asyncio.wait_for(self.reader.read(), 2)
        except (OSError, asyncio.TimeoutError):
            pass
        self.writer.close()


async def talk(host, port, messages):
    server = Server(*await asyncio.open_connection(host, port))
    try:
        await server.send(b"HELLO\n")
        await server.expect(b"260 OK")
        for message in messages:
            await server.send(b"PASS\n" if await server.sign(message) else b"FAIL\n")
            await server.expect(b"260 OK")
        await server.send(b"QUIT\n")
    finally:
        await server.close()


def port_number(text):
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port")
    return int(text)


def main():
    parser = argparse.ArgumentParser(description="A chat client")
    parser.add_argument("host")
    parser.add_argument("port", type=port_number)
    parser.add_argument("message_file", type=pathlib.Path)
    parser.add_argument("signature_file", type=pathlib.Path)
    arguments = parser.parse_args()
    try:
        messages = load(arguments.message_file, arguments.signature_file)
        asyncio.run(talk(arguments.host, arguments.port, messages))
    except (OSError, FileProblem, Violation) as problem:
        sys.exit(f"client.py: {problem}")


if __name__ == "__main__":
    main()
