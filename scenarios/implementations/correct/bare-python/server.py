"""A chat server as the tutorial has it, without line ends: server.py PORT KEYFILE

A unit is what one send carried. TCP keeps no such boundaries, so this server goes by the words that it expects, and takes a dot
behind a line end for the end of a message where the received data ends with it.
"""

import hashlib
import socket
import sys


class ProtocolError(Exception):
    pass


def receive(connection):
    data = connection.recv(65536)
    if not data:
        raise ProtocolError("the client closed the connection")
    return data


def receive_command(connection, data, *commands):
    """Receives until `data` begins with one of the commands. Gives the command and what came behind it."""
    while True:
        for command in commands:
            if data.startswith(command):
                print(command.decode(), flush=True)
                return command, data[len(command) :]
        if not any(command.startswith(data) for command in commands):
            raise ProtocolError(f"expected {b' or '.join(commands).decode()}, received {data[:100]!r}")
        data += receive(connection)


def receive_message(connection, data):
    """Receives a text up to its final dot, and gives its lines joined by nothing."""
    text = bytearray(data)
    while not (text == b"." or text.endswith(b"\n.")):
        text += receive(connection)
    sys.stdout.buffer.write(bytes(text) + b"\n")
    sys.stdout.buffer.flush()
    return bytes(text[:-1]).replace(b"\n", b"")


def serve(connection, keys):
    _, rest = receive_command(connection, b"", b"HELLO")
    connection.sendall(b"260 OK")
    number = 0
    while True:
        command, rest = receive_command(connection, rest, b"DATA", b"QUIT")
        if command == b"QUIT":
            return
        if number == len(keys):
            raise ProtocolError("there is no key left for a further message")
        text = receive_message(connection, rest)
        signature = hashlib.sha256(text + keys[number]).hexdigest()
        number += 1
        connection.sendall(b"270 SIG")
        connection.sendall(signature.encode())
        _, rest = receive_command(connection, b"", b"PASS", b"FAIL")
        connection.sendall(b"260 OK")


def read_keys(path):
    with open(path, "rb") as file:
        keys = [line.rstrip(b" \t\r\n") for line in file]
    if not keys:
        raise ValueError(f"{path}: there is no key in it")
    return keys


def main():
    if len(sys.argv) != 3:
        sys.exit("usage: server.py PORT KEYFILE")
    port = int(sys.argv[1]) if sys.argv[1].isdecimal() else 0
    if not 0 < port < 65536:
        sys.exit(f"server.py: {sys.argv[1]} is not a port")
    try:
        keys = read_keys(sys.argv[2])
        listener = socket.create_server(("", port))
    except (OSError, ValueError) as error:
        sys.exit(f"server.py: {error}")
    connection, _ = listener.accept()
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    problem = None
    try:
        serve(connection, keys)
    except (ProtocolError, OSError) as error:
        problem = f"server.py: {error}"
    try:
        connection.shutdown(socket.SHUT_WR)
        connection.settimeout(2)
        while connection.recv(65536):
            pass
    except OSError:
        pass
    connection.close()
    sys.exit(problem)


if __name__ == "__main__":
    main()
