# chat client

import socket
import sys

host = sys.argv[1]
port = int(sys.argv[2])

messages = []
with open(sys.argv[3], newline="") as f:
    data = f.read().replace("\r\n", "\n")
while data:
    number, _, data = data.partition("\n")
    size = int(number)
    if len(data) < size:
        break
    messages.append(data[:size].rstrip("\n"))
    data = data[size:]

signatures = open(sys.argv[4], newline="").read().split("\n")

server = socket.create_connection((host, port))
stream = server.makefile("rb")


def receive(expected=None):
    line = stream.readline().decode().rstrip("\r\n")
    print(line, flush=True)
    if expected and line != expected:
        print("error: expected " + expected + ", got " + repr(line), file=sys.stderr)
        sys.exit(3)
    return line


def send(text):
    server.sendall((text + "\n").encode("latin-1"))


send("HELLO")
receive("260 OK")
for i, message in enumerate(messages):
    send("DATA")
    for line in message.split("\n"):
        send(line.replace(".", "\\."))
    send(".")
    receive("270 SIG")
    signature = receive()
    if signature == signatures[i]:
        send("PASS")
    else:
        send("FAIL")
    receive("260 OK")
send("QUIT")
stream.close()
server.close()
