"""The server that the bank spoils: correct, and cut into small methods, so that a bug is one of them written differently."""

import hashlib
import re
import socket
import sys


class Violation(Exception):
    """The client did what the protocol does not allow, or left."""


class Server:
    """none: a correct server"""

    ok = b"260 OK"
    announcement = b"270 SIG"
    line_end = b"\n"

    # ---- command line and files

    def main(self, arguments):
        try:
            port, path = self.read_arguments(arguments)
            self.keys = self.read_keys(path)
            listener = self.listen(port)
        except (OSError, ValueError) as problem:
            return self.refuse(problem)
        try:
            return self.serve_clients(listener)
        finally:
            sys.stdout.flush()

    def read_arguments(self, arguments):
        if len(arguments) != 2:
            raise ValueError("usage: server PORT KEYFILE")
        return self.read_port(arguments[0]), arguments[1]

    def read_port(self, text):
        if not text.isdigit() or not 0 < int(text) < 65536:
            raise ValueError("%r is not a port" % text)
        return int(text)

    def refuse(self, problem):
        print("server: %s" % problem, file=sys.stderr)
        return 2

    def read_keys(self, path):
        with open(path, "rb") as file:
            keys = [self.trim_key(line) for line in file]
        if not keys:
            raise ValueError("%s: there is no key in it" % path)
        return keys

    def trim_key(self, line):
        return line.rstrip(b" \t\r\n")

    def listen(self, port):
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("", port))
        listener.listen()
        return listener

    # ---- one client

    def serve_clients(self, listener):
        self.connection, _ = listener.accept()
        return self.serve_client()

    def serve_client(self):
        self.buffer = b""
        self.used = 0
        status = 0
        try:
            self.begin()
            self.converse()
        except (Violation, OSError) as problem:
            self.complain(problem)
            status = 1
        self.finish()
        return status

    def begin(self):
        """Before the first unit."""

    def complain(self, problem):
        print("server: %s" % problem, file=sys.stderr)

    def finish(self):
        """Our FIN, then the rest of what comes: closing with unread bytes would reset the connection."""
        try:
            self.connection.shutdown(socket.SHUT_WR)
            self.connection.settimeout(2)
            while self.connection.recv(65536):
                pass
        except OSError:
            pass
        self.connection.close()

    # ---- units

    def receive(self):
        data = self.connection.recv(65536)
        if not data:
            raise Violation("the connection ended before QUIT")
        return data

    def read_line(self):
        """The next line without its line end."""
        pieces = []
        while b"\n" not in self.buffer:
            pieces.append(self.buffer)
            self.buffer = self.receive()
        line, _, self.buffer = self.buffer.partition(b"\n")
        return self.strip_line_end(b"".join(pieces) + line)

    def strip_line_end(self, line):
        return line[:-1] if line.endswith(b"\r") else line

    def take_line(self):
        line = self.read_line()
        self.show(line)
        return line

    def show(self, line):
        sys.stdout.buffer.write(line + b"\n")

    def read_command(self):
        line = self.take_line()
        sys.stdout.buffer.flush()
        return line

    def send(self, data):
        self.connection.sendall(data)

    def reply(self, text):
        self.send(text + self.line_end)

    # ---- the conversation

    def converse(self):
        self.opening()
        while True:
            command = self.read_command()
            if self.is_word(command, b"QUIT"):
                return self.quit()
            if not self.is_word(command, b"DATA"):
                self.unknown_command(command)
                continue
            self.message()

    def is_word(self, command, word):
        return command == word

    def opening(self):
        command = self.read_command()
        if not self.is_word(command, b"HELLO"):
            self.no_hello(command)
        self.reply(self.ok)

    def no_hello(self, command):
        raise Violation("expected HELLO, received %r" % command)

    def unknown_command(self, command):
        raise Violation("expected DATA or QUIT, received %r" % command)

    def message(self):
        key = self.next_key()
        signature = self.sign(self.read_text(), key)
        self.answer(signature)
        self.verdict()

    def next_key(self):
        if self.used == len(self.keys):
            return self.no_key_left()
        self.used += 1
        return self.key(self.used - 1)

    def no_key_left(self):
        raise Violation("there is no key left")

    def key(self, index):
        return self.keys[index]

    def read_text(self):
        """The lines of the text, still escaped."""
        lines = []
        while True:
            line = self.take_line()
            if self.is_terminator(line):
                return lines
            lines.append(line)

    def is_terminator(self, line):
        return line == b"."

    def unescape(self, line):
        return re.sub(rb"\\([\\.])", rb"\1", line) if b"\\" in line else line

    def text(self, lines):
        return b"".join(self.unescape(line) for line in lines)

    def sign(self, lines, key):
        return self.digest(self.text(lines) + key)

    def digest(self, data):
        return hashlib.sha256(data).hexdigest().encode()

    def answer(self, signature):
        self.reply(self.announcement)
        self.reply(signature)

    def verdict(self):
        command = self.read_command()
        if self.is_word(command, b"PASS"):
            self.after_pass()
        elif self.is_word(command, b"FAIL"):
            self.after_fail()
        else:
            self.no_verdict(command)

    def after_pass(self):
        self.reply(self.ok)

    def after_fail(self):
        self.reply(self.ok)

    def no_verdict(self, command):
        raise Violation("expected PASS or FAIL, received %r" % command)

    def quit(self):
        pass
