"""Bugs of a client: replies."""

import os
import socket
import struct

from bugs import bug
from chat_client import Client, Violation


@bug("ok-for-hello-unchecked")
class OkForHelloUnchecked(Client):
    """goes on whatever HELLO is answered with"""

    def expect_ok_for_hello(self):
        self.read_reply()


@bug("announcement-unchecked")
class AnnouncementUnchecked(Client):
    """takes any line for 270 SIG"""

    def expect_announcement(self):
        self.read_reply()


@bug("ok-for-verdict-unchecked")
class OkForVerdictUnchecked(Client):
    """goes on whatever PASS or FAIL is answered with"""

    def expect_ok_for_verdict(self):
        self.read_reply()


@bug("any-code-with-2")
class AnyCodeWith2(Client):
    """takes any reply that begins with 2 for the right one"""

    def expect(self, reply):
        line = self.read_reply()
        if not line.startswith(b"2"):
            raise Violation("expected %r, received %r" % (reply, line))


@bug("reply-anywhere")
class ReplyAnywhere(Client):
    """looks for the reply anywhere in the line"""

    def expect(self, reply):
        line = self.read_reply()
        if reply not in line:
            raise Violation("expected %r, received %r" % (reply, line))


@bug("wrong-reply-ignored")
class WrongReplyIgnored(Client):
    """waits for another reply after a wrong one"""

    def expect(self, reply):
        while self.read_reply() != reply:
            pass


@bug("quits-after-wrong-reply")
class QuitsAfterWrongReply(Client):
    """says QUIT after a wrong reply"""

    def complain(self, problem):
        super().complain(problem)
        self.quit()


@bug("wrong-reply-left-open")
class WrongReplyLeftOpen(Client):
    """does not close after a wrong reply"""

    def complain(self, problem):
        super().complain(problem)
        while self.connection.recv(4096):
            pass


@bug("violation-silent")
class ViolationSilent(Client):
    """says nothing about a wrong reply"""

    def complain(self, problem):
        pass


@bug("violation-resets")
class ViolationResets(Client):
    """resets the connection after a wrong reply"""

    def complain(self, problem):
        super().complain(problem)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()


@bug("end-not-noticed")
class EndNotNoticed(Client):
    """takes the end of the stream for no data yet, and asks again for ever"""

    def receive(self):
        while True:
            data = self.connection.recv(4096)
            if data:
                return data


@bug("end-is-fail")
class EndIsFail(Client):
    """answers a signature that breaks off with FAIL"""

    def read_received_signature(self):
        try:
            return super().read_received_signature()
        except Violation:
            return b""


@bug("end-crashes")
class EndCrashes(Client):
    """aborts where the server is gone"""

    def receive(self):
        data = self.connection.recv(4096)
        if not data:
            os.abort()
        return data
