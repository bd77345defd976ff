"""A chat client as the tutorial has it, without line ends: client.py HOST PORT MESSAGEFILE SIGNATUREFILE"""

import re
import socket
import sys


class ChatError(Exception):
    pass


def read_messages(path):
    with open(path, "rb") as file:
        content = file.read().replace(b"\r\n", b"\n")
    messages = []
    while content:
        number, line_end, rest = content.partition(b"\n")
        if not number.isdigit() or not line_end:
            raise ChatError(f"{path}: message {len(messages) + 1}: expected its length, found {number[:40]!r}")
        length = int(number)
        text, content = rest[:length], rest[length:]
        if text.endswith(b"\n") and len(text) == length:
            messages.append(text[:-1])
        elif not text.endswith(b"\n") and len(text) == length - 1:
            messages.append(text)
        else:
            raise ChatError(f"{path}: message {len(messages) + 1}: {length} is not its length")
    if not messages:
        raise ChatError(f"{path}: there is no message in it")
    return messages


def read_signatures(path):
    with open(path, "rb") as file:
        signatures = [line.rstrip() for line in file]
    for number, signature in enumerate(signatures, 1):
        if not re.fullmatch(rb"[0-9a-fA-F]{64}", signature):
            raise ChatError(f"{path}:{number}: expected 64 hexadecimal digits")
    return signatures


class Replies:
    def __init__(self, connection):
        self.connection = connection
        self.data = b""

    def take(self, size, beginning=b""):
        """The next `size` bytes. Ends early where they do not begin as they should."""
        while len(self.data) < size and beginning.startswith(self.data[: len(beginning)]):
            received = self.connection.recv(4096)
            if not received:
                raise ChatError("the server closed the connection where a reply was due")
            self.data += received
        taken, self.data = self.data[:size], self.data[size:]
        print(taken.decode("latin-1"), flush=True)
        return taken

    def expect(self, reply):
        received = self.take(len(reply), reply)
        if received != reply:
            raise ChatError(f"expected {reply!r}, received {received!r}")

    def signature(self):
        received = self.take(64)
        if not re.fullmatch(rb"[0-9a-fA-F]{64}", received):
            raise ChatError(f"expected a signature, received {received!r}")
        return received


def talk(connection, messages, signatures):
    replies = Replies(connection)
    connection.sendall(b"HELLO")
    replies.expect(b"260 OK")
    for message, signature in zip(messages, signatures):
        connection.sendall(b"DATA")
        connection.sendall(message + b"\n." if message else b".")
        replies.expect(b"270 SIG")
        matches = replies.signature().lower() == signature.lower()
        connection.sendall(b"PASS" if matches else b"FAIL")
        replies.expect(b"260 OK")
    connection.sendall(b"QUIT")


def main():
    if len(sys.argv) != 5:
        sys.exit("usage: client.py HOST PORT MESSAGEFILE SIGNATUREFILE")
    host, port, message_file, signature_file = sys.argv[1:]
    if not port.isdecimal() or not 0 < int(port) < 65536:
        sys.exit(f"client.py: {port} is not a port")
    try:
        messages = read_messages(message_file)
        signatures = read_signatures(signature_file)
        if len(messages) != len(signatures):
            raise ChatError(f"{len(messages)} messages, but {len(signatures)} signatures")
        connection = socket.create_connection((host, int(port)))
    except (OSError, ChatError) as error:
        sys.exit(f"client.py: {error}")
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    problem = None
    try:
        talk(connection, messages, signatures)
    except (OSError, ChatError) as error:
        problem = f"client.py: {error}"
    try:
        connection.shutdown(socket.SHUT_WR)
        connection.settimeout(2)
        while connection.recv(4096):
            pass
    except OSError:
        pass
    connection.close()
    sys.exit(problem)


if __name__ == "__main__":
    main()
