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


@bug("replies-as-utf-8-with-mark")
class RepliesAsUtf8WithMark(Client):
    """takes a byte order mark off what it receives"""

    def strip_line_end(self, line):
        return super().strip_line_end(line).removeprefix(b"\xef\xbb\xbf")


@bug("answer-to-fail-unchecked")
class AnswerToFailUnchecked(Client):
    """goes on whatever FAIL is answered with"""

    def matches(self, number, signature):
        self.good = super().matches(number, signature)
        return self.good

    def expect_ok_for_verdict(self):
        if self.good:
            super().expect_ok_for_verdict()
        else:
            self.read_reply()


@bug("only-500-is-wrong")
class Only500IsWrong(Client):
    """takes every answer to PASS but one that begins with 2 and 7 or 5 for the right one"""

    def expect_ok_for_verdict(self):
        line = self.read_reply()
        if line.startswith((b"27", b"5")):
            raise Violation("expected 260 OK, received %r" % line)


@bug("second-announcement-unchecked")
class SecondAnnouncementUnchecked(Client):
    """looks at the first 270 SIG only"""

    first = True

    def expect_announcement(self):
        if self.first:
            super().expect_announcement()
        else:
            self.read_reply()
        self.first = False


@bug("greeting-skipped")
class GreetingSkipped(Client):
    """skips a greeting"""

    def expect_ok_for_hello(self):
        line = self.read_reply()
        if line.startswith(b"220"):
            line = self.read_reply()
        if line != b"260 OK":
            raise Violation("expected 260 OK, received %r" % line)


@bug("violation-in-text-silent")
class ViolationInTextSilent(Client):
    """says nothing about a wrong reply to a text"""

    def expect_announcement(self):
        if self.read_reply() != b"270 SIG":
            raise Violation("")

    def complain(self, problem):
        if str(problem):
            super().complain(problem)


@bug("violation-in-verdict-silent")
class ViolationInVerdictSilent(Client):
    """says nothing about a wrong reply to a verdict"""

    def expect_ok_for_verdict(self):
        if self.read_reply() != b"260 OK":
            raise Violation("")

    def complain(self, problem):
        if str(problem):
            super().complain(problem)


@bug("end-after-text-awaited")
class EndAfterTextAwaited(Client):
    """asks for the signature for ever where the server has left with the text"""

    def message(self, number, text):
        self.waiting = True
        super().message(number, text)

    waiting = False

    def receive(self):
        data = self.connection.recv(4096)
        while not data and self.waiting:
            data = self.connection.recv(4096)
        if not data:
            raise Violation("the server closed the connection")
        return data

    def verdict(self, number, signature):
        self.waiting = False
        super().verdict(number, signature)


@bug("end-after-verdict-awaited")
class EndAfterVerdictAwaited(Client):
    """waits for ever for the answer to a verdict where the server has left"""

    def expect_ok_for_verdict(self):
        while True:
            try:
                return super().expect_ok_for_verdict()
            except Violation:
                if self.connection.recv(1):
                    raise


@bug("end-completes-reply")
class EndCompletesReply(Client):
    """takes the end of the stream for the end of a line"""

    def read_line(self):
        while b"\n" not in self.buffer:
            data = self.connection.recv(4096)
            if not data and not self.buffer:
                raise Violation("the server closed the connection")
            self.buffer += data or b"\n"
        line, _, self.buffer = self.buffer.partition(b"\n")
        return self.strip_line_end(line)

    def read_received_signature(self):
        return self.read_reply()


@bug("end-in-second-awaited")
class EndInSecondAwaited(Client):
    """connects no more, and waits for ever, where the server leaves after the first message"""

    done = 0

    def verdict(self, number, signature):
        super().verdict(number, signature)
        self.done += 1

    def receive(self):
        data = self.connection.recv(4096)
        while not data and self.done:
            data = self.connection.recv(4096)
        if not data:
            raise Violation("the server closed the connection")
        return data


@bug("wrong-reply-crashes")
class WrongReplyCrashes(Client):
    """aborts on a wrong reply"""

    def expect(self, reply):
        if self.read_reply() != reply:
            os.abort()
