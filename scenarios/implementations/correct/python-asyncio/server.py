"""A chat server on asyncio: server.py PORT KEYFILE. It serves any number of clients, one after another or at once."""

import argparse
import asyncio
import hashlib
import pathlib
import re
import sys

LINE_LIMIT = 1 << 20
ESCAPED = re.compile(rb"\\([\\.])")


class Violation(Exception):
    """The client did what the protocol does not allow."""


def port_number(text):
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port")
    return int(text)


def load_keys(path):
    keys = [line.rstrip(b" \t\r") for line in path.read_bytes().removesuffix(b"\n").split(b"\n")]
    if keys == [b""]:
        raise ValueError(f"{path}: there is no key in it")
    return keys


class Conversation:
    def __init__(self, reader, writer, keys):
        self.reader = reader
        self.writer = writer
        self.keys = keys

    async def line(self):
        try:
            line = await self.reader.readuntil(b"\n")
        except asyncio.IncompleteReadError:
            raise Violation("the connection ended before QUIT") from None
        except asyncio.LimitOverrunError:
            raise Violation("a line is too long") from None
        line = line[:-1].removesuffix(b"\r")
        sys.stdout.buffer.write(line + b"\n")
        return line

    async def command(self, *expected):
        line = await self.line()
        sys.stdout.buffer.flush()
        if line not in expected:
            raise Violation(f"expected {b' or '.join(expected).decode()}, received {line!r}")
        return line

    async def reply(self, *lines):
        self.writer.writelines(line + b"\n" for line in lines)
        await self.writer.drain()

    async def signature(self, key):
        digest = hashlib.sha256()
        while (line := await self.line()) != b".":
            digest.update(ESCAPED.sub(rb"\1", line))
        digest.update(key)
        return digest.hexdigest().encode()

    async def run(self):
        keys = iter(self.keys)
        await self.command(b"HELLO")
        await self.reply(b"260 OK")
        while await self.command(b"DATA", b"QUIT") == b"DATA":
            key = next(keys, None)
            if key is None:
                raise Violation("there is no key left for a further message")
            await self.reply(b"270 SIG", await self.signature(key))
            await self.command(b"PASS", b"FAIL")
            await self.reply(b"260 OK")


async def drop_the_rest(reader):
    while await reader.read(1 << 16):
        pass


async def close(reader, writer):
    """Our FIN first; then what still comes is dropped, since closing on unread bytes resets the connection."""
    try:
        writer.write_eof()
        await asyncio.wait_for(drop_the_rest(reader), 2)
    except (OSError, asyncio.TimeoutError):
        pass
    writer.close()


async def serve(port, keys):
    async def handle(reader, writer):
        try:
            await Conversation(reader, writer, keys).run()
        except (Violation, OSError) as problem:
            print(f"server.py: {problem}", file=sys.stderr)
        finally:
            sys.stdout.buffer.flush()
            await close(reader, writer)

    server = await asyncio.start_server(handle, None, port, limit=LINE_LIMIT)
    async with server:
        await server.serve_forever()


def main():
    parser = argparse.ArgumentParser(description="A chat server")
    parser.add_argument("port", type=port_number)
    parser.add_argument("key_file", type=pathlib.Path)
    arguments = parser.parse_args()
    try:
        keys = load_keys(arguments.key_file)
        asyncio.run(serve(arguments.port, keys))
    except (OSError, ValueError) as problem:
        sys.exit(f"server.py: {problem}")
    except KeyboardInterrupt:
        pass


if __name__ == "__main__":
    main()
