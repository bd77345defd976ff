"""Bugs of a server: verdict."""

from bugs import bug
from chat_server import Server, Violation


@bug("fail-unanswered")
class FailUnanswered(Server):
    """answers PASS, but not FAIL"""

    def after_fail(self):
        pass


@bug("fail-answered-with-fail")
class FailAnsweredWithFail(Server):
    """answers FAIL with 260 FAIL"""

    def after_fail(self):
        self.reply(b"260 FAIL")


@bug("fail-closes")
class FailCloses(Server):
    """closes after FAIL"""

    def after_fail(self):
        raise Violation("the signature is wrong")


@bug("pass-unanswered")
class PassUnanswered(Server):
    """answers FAIL, but not PASS"""

    def after_pass(self):
        pass


@bug("pass-closes")
class PassCloses(Server):
    """closes after the first PASS, with an answer"""

    def after_pass(self):
        super().after_pass()
        raise Violation("that was it")


@bug("verdict-unchecked")
class VerdictUnchecked(Server):
    """takes any line for a verdict"""

    def no_verdict(self, command):
        self.reply(self.ok)


@bug("verdict-ignored")
class VerdictIgnored(Server):
    """goes on with DATA or QUIT where a verdict is due"""

    def no_verdict(self, command):
        if command == b"DATA":
            self.message()
        elif command != b"QUIT":
            super().no_verdict(command)
        else:
            self.no_verdict = lambda command: None


@bug("verdict-refused-with-reply")
class VerdictRefusedWithReply(Server):
    """answers an unknown verdict with an error and waits for another"""

    def no_verdict(self, command):
        self.reply(b"500 PASS or FAIL")
        self.verdict()


@bug("hello-for-each-message")
class HelloForEachMessage(Server):
    """wants HELLO before the second message, too"""

    def after_pass(self):
        super().after_pass()
        if not self.is_word(self.read_command(), b"HELLO"):
            raise Violation("expected HELLO")


@bug("second-verdict-unchecked")
class SecondVerdictUnchecked(Server):
    """looks at the first verdict only"""

    def no_verdict(self, command):
        if self.used == 1:
            super().no_verdict(command)
        self.reply(self.ok)


@bug("verdicts-by-first-letter")
class VerdictsByFirstLetter(Server):
    """looks at a verdict's first letter"""

    def verdict(self):
        command = self.read_command()
        if command[:1] == b"P":
            self.after_pass()
        elif command[:1] == b"F":
            self.after_fail()
        else:
            self.no_verdict(command)


@bug("fail-answered-twice")
class FailAnsweredTwice(Server):
    """says 260 OK once more where the last message has failed"""

    def after_fail(self):
        super().after_fail()
        if self.used == len(self.keys) == 1:
            self.reply(self.ok)
