"""A chat server with the habits of a first tutorial on sockets: server.py PORT KEYFILE

One receive is one unit: of at most 1024 bytes, a whole text with its last line end and its dot included. Nothing is put together that
TCP cut, and nothing taken apart that TCP joined. Text is ASCII. It serves one client.
"""

import hashlib
import socket
import sys


def read_keys(path):
    with open(path, "r") as file:
        return [line.strip() for line in file]


def receive(connection):
    data = connection.recv(1024).decode("ascii")
    print(data)
    return data


def give_up(connection, expected):
    print("expected", expected, file=sys.stderr)
    connection.close()
    sys.exit(1)


def sign(text, key):
    signed = ""
    for line in text.split("\n"):
        if line == ".":
            break
        signed += line
    return hashlib.sha256((signed + key).encode("ascii")).hexdigest()


def serve(connection, keys):
    if receive(connection) != "HELLO":
        give_up(connection, "HELLO")
    connection.send("260 OK".encode("ascii"))
    count = 0
    while True:
        command = receive(connection)
        if command == "QUIT":
            return
        if command != "DATA" or count == len(keys):
            give_up(connection, "QUIT" if count == len(keys) else "DATA or QUIT")
        signature = sign(receive(connection), keys[count])
        count += 1
        connection.send("270 SIG".encode("ascii"))
        connection.send(signature.encode("ascii"))
        if receive(connection) not in ("PASS", "FAIL"):
            give_up(connection, "PASS or FAIL")
        connection.send("260 OK".encode("ascii"))


def main():
    if len(sys.argv) != 3:
        sys.exit("usage: server.py PORT KEYFILE")
    keys = read_keys(sys.argv[2])
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("", int(sys.argv[1])))
    listener.listen(2)
    connection, _ = listener.accept()
    serve(connection, keys)
    connection.close()


if __name__ == "__main__":
    main()
