"""A chat client: client.py HOST PORT MESSAGEFILE SIGNATUREFILE"""

import socket
import string
import sys


class FileError(Exception):
    pass


class Violation(Exception):
    pass


def read_file(path):
    with open(path, "rb") as file:
        return file.read()


def read_messages(path):
    """The messages, their lines separated by LF. Each length counts one line end behind its text."""
    content = read_file(path).replace(b"\r\n", b"\n")
    messages = []
    position = 0
    while position < len(content):
        end = content.find(b"\n", position)
        number = content[position : end if end >= 0 else len(content)]
        if not number.isdigit() or end < 0:
            line = content.count(b"\n", 0, position) + 1
            raise FileError("%s:%d: expected a length, found %r" % (path, line, number[:40]))
        length = int(number)
        text = content[end + 1 : end + 1 + length]
        position = end + 1 + length
        if len(text) < length and not (len(text) == length - 1 and not text.endswith(b"\n")):
            line = content.count(b"\n", 0, end) + 1
            raise FileError("%s:%d: the file ends before the %d bytes of this message" % (path, line, length))
        if text.endswith(b"\n"):
            text = text[:-1]
        elif len(text) == length and content[position : position + 1] == b"\n":
            position += 1
        elif len(text) == length and position < len(content):
            line = content.count(b"\n", 0, end) + 1
            raise FileError("%s:%d: this length ends in the middle of a line" % (path, line))
        messages.append(text)
    if not messages:
        raise FileError("%s: there is no message in it" % path)
    return messages


def read_signatures(path):
    signatures = []
    for number, line in enumerate(read_file(path).split(b"\n"), 1):
        digits = line.rstrip(b" \t\r").decode("latin-1")
        if not digits and number > 1:
            continue
        if len(digits) != 64 or any(digit not in string.hexdigits for digit in digits):
            raise FileError("%s:%d: expected 64 hexadecimal digits, found %r" % (path, number, digits[:80]))
        signatures.append(digits.lower())
    return signatures


class Lines:
    def __init__(self, connection):
        self.connection = connection
        self.buffer = b""

    def read(self):
        while b"\n" not in self.buffer:
            received = self.connection.recv(4096)
            if not received:
                raise Violation("the connection ended where a reply was due")
            self.buffer += received
            if len(self.buffer) > 65536:
                raise Violation("a reply is too long")
        line, self.buffer = self.buffer.split(b"\n", 1)
        line = line[:-1] if line.endswith(b"\r") else line
        sys.stdout.buffer.write(line + b"\n")
        sys.stdout.buffer.flush()
        return line.decode("latin-1")

    def expect(self, reply):
        line = self.read()
        if line != reply:
            raise Violation("expected %s, received %r" % (reply, line))


def escape(text):
    return text.replace(b"\\", b"\\\\").replace(b".", b"\\.")


def talk(connection, messages, signatures):
    lines = Lines(connection)
    connection.sendall(b"HELLO\n")
    lines.expect("260 OK")
    all_match = True
    for text, signature in zip(messages, signatures):
        body = escape(text) + b"\n" if text else b""
        connection.sendall(b"DATA\n" + body + b".\n")
        lines.expect("270 SIG")
        received = lines.read()
        if len(received) != 64 or any(digit not in string.hexdigits for digit in received):
            raise Violation("expected a signature, received %r" % received)
        matches = received.lower() == signature
        all_match = all_match and matches
        connection.sendall(b"PASS\n" if matches else b"FAIL\n")
        lines.expect("260 OK")
    connection.sendall(b"QUIT\n")
    return all_match


def close(connection):
    try:
        connection.shutdown(socket.SHUT_WR)
        connection.settimeout(2)
        while connection.recv(65536):
            pass
    except OSError:
        pass
    connection.close()


def main(arguments):
    if len(arguments) != 4:
        print("usage: client.py HOST PORT MESSAGEFILE SIGNATUREFILE", file=sys.stderr)
        return 2
    host, port = arguments[:2]
    if not port.isdigit() or not 0 < int(port) < 65536:
        print("client.py: %r is not a port" % port, file=sys.stderr)
        return 2
    try:
        messages = read_messages(arguments[2])
        signatures = read_signatures(arguments[3])
        if len(messages) != len(signatures):
            raise FileError("%d messages, but %d signatures" % (len(messages), len(signatures)))
    except (OSError, FileError) as error:
        print("client.py: %s" % error, file=sys.stderr)
        return 2
    try:
        connection = socket.create_connection((host, int(port)))
    except OSError as error:
        print("client.py: %s port %s: %s" % (host, port, error), file=sys.stderr)
        return 3
    try:
        return 0 if talk(connection, messages, signatures) else 1
    except (Violation, OSError) as error:
        print("client.py: %s" % error, file=sys.stderr)
        return 3
    finally:
        close(connection)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
