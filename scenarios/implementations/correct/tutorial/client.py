"""A chat client with the habits of a first tutorial on sockets: client.py HOST PORT MESSAGEFILE SIGNATUREFILE

One receive is one unit. Of the message file every second line is a message, which is sent as it stands there, its line end included, in
one send with the dot. Text is ASCII.
"""

import socket
import sys


def read_messages(path):
    messages = []
    with open(path, "r") as file:
        while file.readline():  # the length, which a message of one line does not need
            messages.append((file.readline() + ".").encode("ascii"))
    return messages


def read_signatures(path):
    with open(path, "r") as file:
        return [line.strip() for line in file]


def receive(client):
    response = client.recv(1024).decode("ascii")
    print(response)
    return response


def expect(client, expected):
    if receive(client) != expected:
        print("expected", expected, file=sys.stderr)
        client.close()
        sys.exit(1)


def talk(client, messages, signatures):
    client.send("HELLO".encode("ascii"))
    expect(client, "260 OK")
    for message, signature in zip(messages, signatures):
        client.send("DATA".encode("ascii"))
        client.send(message)
        expect(client, "270 SIG")
        if receive(client) == signature:
            client.send("PASS".encode("ascii"))
        else:
            client.send("FAIL".encode("ascii"))
        expect(client, "260 OK")
    client.send("QUIT".encode("ascii"))


def main():
    if len(sys.argv) != 5:
        sys.exit("usage: client.py HOST PORT MESSAGEFILE SIGNATUREFILE")
    messages = read_messages(sys.argv[3])
    signatures = read_signatures(sys.argv[4])
    client = socket.socket()
    client.connect((sys.argv[1], int(sys.argv[2])))
    talk(client, messages, signatures)
    client.close()


if __name__ == "__main__":
    main()
