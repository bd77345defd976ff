"""Bugs of a server: start: command line and files."""

import os
import socket

from bugs import bug
from chat_server import Server


@bug("ignores-port")
class IgnoresPort(Server):
    """listens on a port of its own choice"""

    def listen(self, port):
        return super().listen(0)


@bug("fixed-port")
class FixedPort(Server):
    """listens on the port that its author tried it with, whatever the command line says"""

    def listen(self, port):
        return super().listen(12345)


@bug("port-held")
class PortHeld(Server):
    """binds without SO_REUSEADDR, so that a connection in TIME_WAIT holds the port"""

    def listen(self, port):
        listener = socket.socket()
        listener.bind(("", port))
        listener.listen()
        return listener


@bug("never-listens")
class NeverListens(Server):
    """binds, but forgets to listen; accept() fails, and so does the program"""

    def listen(self, port):
        listener = socket.socket()
        listener.bind(("", port))
        return listener

    def serve_clients(self, listener):
        try:
            return super().serve_clients(listener)
        except OSError as problem:
            return self.refuse(problem)


@bug("bad-port-taken")
class BadPortTaken(Server):
    """takes a default where the port is not a number"""

    def read_port(self, text):
        return super().read_port(text) if text.isdigit() else 0


@bug("large-port-taken")
class LargePortTaken(Server):
    """does not look at the port's size; htons() makes another one of it"""

    def read_port(self, text):
        return super().read_port(text) if len(text) < 6 and int(text) < 65536 else 0


@bug("keys-optional")
class KeysOptional(Server):
    """serves without a key file where none is given"""

    def main(self, arguments):
        return super().main(arguments if len(arguments) == 2 else arguments + ["/dev/null"])

    def read_keys(self, path):
        return [b""] if path == "/dev/null" else super().read_keys(path)


@bug("port-optional")
class PortOptional(Server):
    """takes a port of its own where none is given"""

    def read_arguments(self, arguments):
        return super().read_arguments(arguments) if len(arguments) == 2 else (0, arguments[-1])


@bug("usage-on-stdout")
class UsageOnStdout(Server):
    """tells a wrong command line on standard output"""

    def refuse(self, problem):
        print("server: %s" % problem)
        return 2


@bug("refuses-with-status-0")
class RefusesWithStatusZero(Server):
    """ends with status 0 where the command line or a file is wrong"""

    def refuse(self, problem):
        super().refuse(problem)
        return 0


@bug("reads-keys-late")
class ReadsKeysLate(Server):
    """opens the key file when the first message asks for a key"""

    def read_keys(self, path):
        self.path = path
        return []

    def next_key(self):
        if not self.keys:
            self.keys = super().read_keys(self.path)
        return super().next_key()


@bug("keys-not-named")
class KeysNotNamed(Server):
    """does not say which file cannot be read"""

    def read_keys(self, path):
        try:
            return super().read_keys(path)
        except OSError as problem:
            raise ValueError("the keys cannot be read") from problem


@bug("empty-key-file")
class EmptyKeyFile(Server):
    """does not notice that there is no key in the file"""

    def read_keys(self, path):
        return super().read_keys(path) if os.stat(path).st_size else []


@bug("key-with-cr")
class KeyWithCr(Server):
    """keeps the CR of a key file with CR LF"""

    def trim_key(self, line):
        line = line[:-1] if line.endswith(b"\n") else line
        return line[:-1].rstrip(b" \t") + b"\r" if line.endswith(b"\r") else line.rstrip(b" \t")


@bug("key-with-blanks-behind")
class KeyWithBlanksBehind(Server):
    """keeps blanks behind a key"""

    def trim_key(self, line):
        return line.rstrip(b"\r\n")


@bug("key-stripped")
class KeyStripped(Server):
    """takes away blanks in front of a key, too"""

    def trim_key(self, line):
        return line.strip()


@bug("key-first-word")
class KeyFirstWord(Server):
    """reads keys word by word, as cin >> key does"""

    def trim_key(self, line):
        return (line.split() or [b""])[0]


@bug("key-last-byte-lost")
class KeyLastByteLost(Server):
    """cuts the last byte off each line, whether it is a line end or not"""

    def trim_key(self, line):
        return line[:-1].rstrip(b" \t\r")


@bug("key-as-utf-8")
class KeyAsUtf8(Server):
    """decodes the keys as UTF-8 and drops what is none"""

    def trim_key(self, line):
        return super().trim_key(line).decode("utf-8", "ignore").encode()


@bug("port-by-atoi")
class PortByAtoi(Server):
    """reads the port with atoi(), which takes the digits in front"""

    def read_port(self, text):
        digits = text[: len(text) - len(text.lstrip("0123456789"))]
        return super().read_port(digits or text)


@bug("port-without-sign")
class PortWithoutSign(Server):
    """overlooks the sign of a port"""

    def read_port(self, text):
        return super().read_port(text.lstrip("-"))


@bug("empty-port-taken")
class EmptyPortTaken(Server):
    """takes a default where the port is empty"""

    def read_port(self, text):
        return super().read_port(text) if text else 0
