"""Bugs of a client: the end."""

import os
import socket
import struct

from bugs import bug
from chat_client import Client


def wait_for_ever():
    reading, _ = os.pipe()
    os.read(reading, 1)


@bug("no-quit")
class NoQuit(Client):
    """closes without QUIT"""

    def quit(self):
        pass


@bug("quit-awaits-reply")
class QuitAwaitsReply(Client):
    """waits for an answer to QUIT"""

    def quit(self):
        super().quit()
        self.expect(b"260 OK")


@bug("never-closes")
class NeverCloses(Client):
    """keeps the connection open after QUIT, even when the server has closed it"""

    def finish(self):
        wait_for_ever()


@bug("never-ends")
class NeverEnds(Client):
    """closes the connection, but does not end"""

    def finish(self):
        super().finish()
        wait_for_ever()


@bug("quit-resets")
class QuitResets(Client):
    """resets the connection after QUIT"""

    def finish(self):
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()


@bug("sends-after-quit")
class SendsAfterQuit(Client):
    """says something behind QUIT"""

    def quit(self):
        super().quit()
        self.command(b"BYE")


@bug("fail-never-ends")
class FailNeverEnds(Client):
    """does not end where a signature was wrong"""

    failed = False

    def matches(self, number, signature):
        matches = super().matches(number, signature)
        self.failed = self.failed or not matches
        return matches

    def finish(self):
        super().finish()
        if self.failed:
            wait_for_ever()


@bug("violation-never-ends")
class ViolationNeverEnds(Client):
    """does not end after a wrong reply"""

    def complain(self, problem):
        super().complain(problem)
        self.connection.close()
        if "expected" in str(problem):
            wait_for_ever()


@bug("never-ends-alone")
class NeverEndsAlone(Client):
    """does not end where the server has left"""

    def complain(self, problem):
        super().complain(problem)
        self.connection.close()
        if "expected" not in str(problem):
            wait_for_ever()


@bug("quit-after-pass-only")
class QuitAfterPassOnly(Client):
    """says QUIT where the last signature was right, and only closes where it was wrong"""

    def matches(self, number, signature):
        self.last = super().matches(number, signature)
        return self.last

    def quit(self):
        if self.last:
            super().quit()
