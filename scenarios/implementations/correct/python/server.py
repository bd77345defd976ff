"""A chat server: server.py PORT KEYFILE"""

import hashlib
import re
import socket
import sys

MAX_COMMAND = 4096


class Violation(Exception):
    pass


class Lines:
    """The lines of a connection, however they were cut into segments."""

    def __init__(self, connection):
        self.connection = connection
        self.buffer = bytearray()
        self.searched = 0

    def read(self, limit=None):
        """The next line without its line end, or None at the end of the stream."""
        while True:
            end = self.buffer.find(b"\n", self.searched)
            if end >= 0:
                line = bytes(self.buffer[:end])
                del self.buffer[: end + 1]
                self.searched = 0
                return line[:-1] if line.endswith(b"\r") else line
            self.searched = len(self.buffer)
            if limit is not None and len(self.buffer) > limit:
                raise Violation("a line is too long")
            received = self.connection.recv(65536)
            if not received:
                return None
            self.buffer += received


def show(line):
    sys.stdout.buffer.write(line + b"\n")
    sys.stdout.buffer.flush()


def unescape(line):
    return re.sub(rb"\\([\\.])", rb"\1", line)


def expect(lines, *commands):
    line = lines.read(MAX_COMMAND)
    if line is None:
        raise Violation("the connection ended where %s was due" % " or ".join(commands))
    show(line)
    for command in commands:
        if line == command.encode():
            return command
    raise Violation("expected %s, received %r" % (" or ".join(commands), line))


def sign(lines, key):
    digest = hashlib.sha256()
    shown = bytearray()
    while True:
        line = lines.read()
        if line is None:
            raise Violation("the connection ended within a message")
        shown += line + b"\n"
        if len(shown) > 65536 or line == b".":
            sys.stdout.buffer.write(shown)
            sys.stdout.buffer.flush()
            shown.clear()
        if line == b".":
            digest.update(key)
            return digest.hexdigest()
        digest.update(unescape(line) if b"\\" in line else line)


def serve(connection, keys):
    lines = Lines(connection)
    expect(lines, "HELLO")
    connection.sendall(b"260 OK\n")
    messages = 0
    while expect(lines, "DATA", "QUIT") == "DATA":
        if messages == len(keys):
            raise Violation("there is no key left for a further message")
        signature = sign(lines, keys[messages])
        messages += 1
        connection.sendall(b"270 SIG\n" + signature.encode() + b"\n")
        expect(lines, "PASS", "FAIL")
        connection.sendall(b"260 OK\n")


def close(connection):
    """Closes in order: what is still unread would make the kernel send a reset."""
    try:
        connection.shutdown(socket.SHUT_WR)
        connection.settimeout(2)
        while connection.recv(65536):
            pass
    except OSError:
        pass
    connection.close()


def read_keys(path):
    with open(path, "rb") as file:
        content = file.read()
    if not content:
        raise ValueError("%s: there is no key in it" % path)
    if content.endswith(b"\n"):
        content = content[:-1]
    return [line.rstrip(b" \t\r") for line in content.split(b"\n")]


def main(arguments):
    if len(arguments) != 2:
        print("usage: server.py PORT KEYFILE", file=sys.stderr)
        return 2
    try:
        port = int(arguments[0])
        if not 0 < port < 65536:
            raise ValueError
    except ValueError:
        print("server.py: %r is not a port" % arguments[0], file=sys.stderr)
        return 2
    try:
        keys = read_keys(arguments[1])
    except (OSError, ValueError) as error:
        print("server.py: %s" % error, file=sys.stderr)
        return 2
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("", port))
            listener.listen()
        except OSError as error:
            print("server.py: port %d: %s" % (port, error), file=sys.stderr)
            return 3
        connection, _ = listener.accept()
    try:
        serve(connection, keys)
    except (Violation, OSError) as error:
        print("server.py: %s" % error, file=sys.stderr)
        return 1
    finally:
        close(connection)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
