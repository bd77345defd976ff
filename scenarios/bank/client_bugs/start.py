"""Bugs of a client: start: command line."""

import socket
import sys

from bugs import bug
from chat_client import Client


@bug("ignores-port")
class IgnoresPort(Client):
    """connects to another port than the one that it was given"""

    def connect(self, host, port):
        self.elsewhere = socket.create_server(("127.0.0.1", 0))
        return socket.create_connection(self.elsewhere.getsockname())


@bug("host-in-numbers")
class HostInNumbers(Client):
    """takes an address in numbers only, as inet_addr() does"""

    def connect(self, host, port):
        socket.inet_aton(host)
        return super().connect(host, port)


@bug("never-connects")
class NeverConnects(Client):
    """ends before it connects"""

    def connect(self, host, port):
        raise OSError("no such host")


@bug("bad-port-taken")
class BadPortTaken(Client):
    """says nothing of a port that is none"""

    def read_port(self, text):
        if not text.isdigit():
            sys.exit(2)
        return super().read_port(text)


@bug("usage-on-stdout")
class UsageOnStdout(Client):
    """tells a wrong command line on standard output"""

    def refuse(self, problem):
        print("client: %s" % problem)
        return 2


@bug("refuses-with-status-0")
class RefusesWithStatusZero(Client):
    """ends with status 0 where the command line or a file is wrong"""

    def refuse(self, problem):
        super().refuse(problem)
        return 0


@bug("files-optional")
class FilesOptional(Client):
    """goes on without a signature file where none is given"""

    def read_arguments(self, arguments):
        return super().read_arguments(arguments if len(arguments) == 4 else arguments + ["/dev/null"])

    def compare_counts(self):
        self.signatures += [b""] * (len(self.messages) - len(self.signatures))


@bug("port-by-atoi")
class PortByAtoi(Client):
    """reads the port with atoi(), which takes the digits in front, and says nothing where it cannot connect"""

    def read_port(self, text):
        digits = text[: len(text) - len(text.lstrip("0123456789"))]
        if digits and digits != text:
            sys.exit(0)
        return super().read_port(text)


@bug("empty-port-taken")
class EmptyPortTaken(Client):
    """ends without a word where the port is empty"""

    def read_port(self, text):
        if not text:
            sys.exit(0)
        return super().read_port(text)


@bug("negative-port-taken")
class NegativePortTaken(Client):
    """ends without a word where the port is negative"""

    def read_port(self, text):
        if text.startswith("-"):
            sys.exit(0)
        return super().read_port(text)


@bug("large-port-taken")
class LargePortTaken(Client):
    """ends without a word where the port is too large"""

    def read_port(self, text):
        if text.isdigit() and int(text) > 65535:
            sys.exit(0)
        return super().read_port(text)


@bug("no-files-no-work")
class NoFilesNoWork(Client):
    """ends without a word where it was given no files"""

    def read_arguments(self, arguments):
        if len(arguments) == 2:
            sys.exit(0)
        return super().read_arguments(arguments)
