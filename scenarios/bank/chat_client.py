"""The client that the bank spoils: correct, and cut into small methods, so that a bug is one of them written differently."""

import re
import socket
import sys


class Violation(Exception):
    """The server did what the protocol does not allow, or left."""


class Client:
    """none: a correct client"""

    line_end = b"\n"

    # ---- command line and files

    def main(self, arguments):
        try:
            host, port, message_file, signature_file = self.read_arguments(arguments)
            self.messages = self.read_named(self.read_messages, message_file)
            self.signatures = self.read_named(self.read_signatures, signature_file)
            self.compare_counts()
            self.connection = self.connect(host, port)
        except (OSError, ValueError) as problem:
            return self.refuse(problem)
        self.buffer = b""
        status = 0
        try:
            self.converse()
        except (Violation, OSError) as problem:
            self.complain(problem)
            status = 1
        self.finish()
        sys.stdout.flush()
        return status

    def read_arguments(self, arguments):
        if len(arguments) != 4:
            raise ValueError("usage: client HOST PORT MESSAGEFILE SIGNATUREFILE")
        return arguments[0], self.read_port(arguments[1]), arguments[2], arguments[3]

    def read_port(self, text):
        if not text.isdigit() or not 0 < int(text) < 65536:
            raise ValueError("%r is not a port" % text)
        return int(text)

    def refuse(self, problem):
        print("client: %s" % problem, file=sys.stderr)
        return 2

    def complain(self, problem):
        print("client: %s" % problem, file=sys.stderr)

    def read_named(self, read, path):
        try:
            return read(path)
        except ValueError as problem:
            raise ValueError("%s: %s" % (path, problem)) from problem

    def read_file(self, path):
        with open(path, "rb") as file:
            return file.read()

    def read_messages(self, path):
        content = self.without_cr(self.read_file(path))
        messages = []
        while content:
            number, line_end, content = content.partition(b"\n")
            if not number.isdigit() or not line_end:
                return self.no_length(number, messages)
            text, content = self.cut_message(content, int(number))
            messages.append(text)
        return messages

    def without_cr(self, content):
        return content.replace(b"\r\n", b"\n")

    def no_length(self, line, messages):
        raise ValueError("expected a length, found %r" % line[:40])

    def cut_message(self, content, length):
        """The text of that length, its line end counted but not given, and what is behind it."""
        text, rest = content[:length], content[length:]
        if len(text) == length and text.endswith(b"\n"):
            return text[:-1], rest
        if len(text) == length - 1 and not text.endswith(b"\n"):
            return self.last_message(text), rest
        return self.wrong_length(content, length)

    def last_message(self, text):
        return text

    def wrong_length(self, content, length):
        raise ValueError("a length of %d does not lead to the end of a line" % length)

    def read_signatures(self, path):
        return [self.read_signature(line) for line in self.signature_lines(self.read_file(path))]

    def signature_lines(self, content):
        lines = content.split(b"\n")
        return lines if lines[-1] else lines[:-1]

    def read_signature(self, line):
        signature = line.rstrip(b" \t\r")
        if not self.is_signature(signature):
            raise ValueError("expected a signature, found %r" % line[:80])
        return signature

    def is_signature(self, text):
        return re.fullmatch(rb"[0-9a-fA-F]{64}", text) is not None

    def compare_counts(self):
        if len(self.messages) != len(self.signatures):
            raise ValueError("%d messages, but %d signatures" % (len(self.messages), len(self.signatures)))

    # ---- the connection

    def connect(self, host, port):
        return socket.create_connection((host, port))

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

    def receive(self):
        data = self.connection.recv(4096)
        if not data:
            raise Violation("the server closed the connection where a reply was due")
        return data

    def read_line(self):
        """The next line without its line end."""
        while b"\n" not in self.buffer:
            self.buffer += self.receive()
        line, _, self.buffer = self.buffer.partition(b"\n")
        return self.strip_line_end(line)

    def strip_line_end(self, line):
        return line[:-1] if line.endswith(b"\r") else line

    def read_reply(self):
        line = self.read_line()
        self.show(line)
        return line

    def show(self, line):
        sys.stdout.buffer.write(line + b"\n")
        sys.stdout.buffer.flush()

    def send(self, data):
        self.connection.sendall(data)

    def command(self, word):
        self.send(word + self.line_end)

    def expect(self, reply):
        line = self.read_reply()
        if line != reply:
            raise Violation("expected %r, received %r" % (reply, line))

    # ---- the conversation

    def converse(self):
        self.hello()
        for number, text in enumerate(self.messages):
            self.message(number, text)
        self.quit()

    def hello(self):
        self.command(b"HELLO")
        self.expect_ok_for_hello()

    def expect_ok_for_hello(self):
        self.expect(b"260 OK")

    def message(self, number, text):
        self.command(b"DATA")
        self.send_text(text)
        self.terminate()
        self.expect_announcement()
        self.verdict(number, self.read_received_signature())

    def send_text(self, text):
        if text:
            self.send(b"".join(self.encode_line(line) + self.line_end for line in self.lines(text)))

    def lines(self, text):
        return text.split(b"\n")

    def encode_line(self, line):
        return self.escape(line)

    def escape(self, line):
        return line.replace(b"\\", b"\\\\").replace(b".", b"\\.")

    def terminate(self):
        self.command(b".")

    def expect_announcement(self):
        self.expect(b"270 SIG")

    def read_received_signature(self):
        signature = self.read_reply()
        if not self.is_signature(signature):
            raise Violation("expected a signature, received %r" % signature)
        return signature

    def verdict(self, number, signature):
        self.command(b"PASS" if self.matches(number, signature) else b"FAIL")
        self.expect_ok_for_verdict()

    def matches(self, number, signature):
        return self.signatures[number].lower() == signature.lower()

    def expect_ok_for_verdict(self):
        self.expect(b"260 OK")

    def quit(self):
        self.command(b"QUIT")
