"""Bugs of a client: start: command line."""

import socket

from bugs import bug
from chat_client import Client


@bug("ignores-port")
class IgnoresPort(Client):
    """connects to another port than the one that it was given"""

    def connect(self, host, port):
        listener = socket.create_server(("127.0.0.1", 0))
        return socket.create_connection(listener.getsockname())


@bug("never-connects")
class NeverConnects(Client):
    """ends before it connects"""

    def connect(self, host, port):
        raise OSError("no such host")


@bug("bad-port-taken")
class BadPortTaken(Client):
    """says nothing of a port that is none"""

    def read_port(self, text):
        return super().read_port(text) if text.isdigit() and int(text) < 65536 else 0

    def refuse(self, problem):
        return 2


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
