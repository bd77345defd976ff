# chat server

import hashlib
import socket
import sys

port = int(sys.argv[1])
keys = open(sys.argv[2]).read().splitlines()

listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.bind(("0.0.0.0", port))
listener.listen(1)
client, address = listener.accept()
stream = client.makefile("rb")


def receive():
    line = stream.readline()
    if not line:
        client.close()
        sys.exit(1)
    text = line.rstrip(b"\r\n").decode("latin-1")
    print(text, flush=True)
    return text


def send(text):
    client.sendall((text + "\n").encode())


def error(text):
    print("error: got " + repr(text), file=sys.stderr)
    stream.close()
    client.close()
    sys.exit(1)


command = receive()
if command != "HELLO":
    error(command)
send("260 OK")

count = 0
while True:
    command = receive()
    if command == "QUIT":
        break
    if command != "DATA" or count == len(keys):
        error(command)
    text = ""
    while True:
        line = receive()
        if line == ".":
            break
        text += line.replace("\\.", ".")
    hashed = hashlib.sha256((text + keys[0].strip()).encode("latin-1")).hexdigest()
    count += 1
    send("270 SIG")
    send(hashed)
    answer = receive()
    if answer == "PASS":
        send("260 OK")
    elif answer == "FAIL":
        send("260 FAIL")
    else:
        error(answer)

stream.close()
client.close()
