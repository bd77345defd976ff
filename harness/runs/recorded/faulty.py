"""faulty.py MANNER PORT KEYS: a server that answers HELLO, and does what its manner says when DATA comes. ci/record-logs records
what chatspec sees of each."""

import os
import socket
import sys
import threading
import time


def waits(connection):
    """Nothing but new input can wake it: a proof."""
    while connection.recv(4096):
        pass


def keeps_house(connection):
    """As runtimes with timers do: another thread wakes up now and then."""

    def tick():
        while True:
            time.sleep(0.05)

    threading.Thread(target=tick, daemon=True).start()
    waits(connection)


def spins(_):
    while True:
        pass


def sleeps(_):
    time.sleep(3600)


def splices(_):
    """What this system call waits for cannot be told from outside."""
    source, _ = os.pipe()
    _, sink = os.pipe()
    os.splice(source, sink, 1)


def drips(connection):
    for byte in b"270 SIG":
        connection.sendall(bytes([byte]))
        time.sleep(60)


def is_killed(_):
    os.abort()


def loses_a_child(connection):
    child = os.fork()
    if child == 0:
        os.abort()
    os.waitpid(child, 0)
    waits(connection)


def throws(_):
    raise IndexError("there is no key 1")


def throws_in_a_thread(connection):
    thread = threading.Thread(target=lambda: throws(connection))
    thread.start()
    thread.join()
    waits(connection)


def is_sanitized(_):
    print("==1==ERROR: AddressSanitizer: heap-buffer-overflow on address 0x602000000011\n    #0 0x4f2 in sign server.c:13",
          file=sys.stderr, flush=True)
    os._exit(1)


def resets(connection):
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    connection.close()


MANNERS = {manner.__name__.replace("_", "-"): manner for manner in (
    waits, keeps_house, spins, sleeps, splices, drips, is_killed, loses_a_child, throws, throws_in_a_thread, is_sanitized, resets)}


def main():
    manner, port = MANNERS[sys.argv[1]], int(sys.argv[2])
    listener = socket.create_server(("", port))
    connection, _ = listener.accept()
    lines = connection.makefile("rb")
    for line in lines:
        print(line.decode().rstrip(), flush=True)
        if line == b"HELLO\n":
            connection.sendall(b"260 OK\n")
        elif line == b"DATA\n":
            manner(connection)
        else:
            break


if __name__ == "__main__":
    main()
