"""Bugs of a client: output."""

import sys

from bugs import bug
from chat_client import Client


@bug("prints-nothing")
class PrintsNothing(Client):
    """prints nothing of what it receives"""

    def show(self, line):
        pass


@bug("prints-signatures-only")
class PrintsSignaturesOnly(Client):
    """prints signatures, but no replies"""

    def show(self, line):
        if self.is_signature(line):
            super().show(line)


@bug("prints-no-signatures")
class PrintsNoSignatures(Client):
    """prints replies, but no signatures"""

    def show(self, line):
        if not self.is_signature(line):
            super().show(line)


@bug("prints-with-prefix")
class PrintsWithPrefix(Client):
    """prints something in front of each line"""

    def show(self, line):
        super().show(b"S: " + line)


@bug("prints-on-stderr")
class PrintsOnStderr(Client):
    """prints what it receives on standard error"""

    def show(self, line):
        sys.stderr.buffer.write(line + b"\n")


@bug("prints-without-line-ends")
class PrintsWithoutLineEnds(Client):
    """prints what it receives without line ends"""

    def show(self, line):
        sys.stdout.buffer.write(line)


@bug("prints-first-message-only")
class PrintsFirstMessageOnly(Client):
    """prints what it receives up to the first verdict's answer"""

    shown = 0

    def show(self, line):
        self.shown += 1
        if self.shown <= 4:
            super().show(line)


@bug("prints-first-of-segment")
class PrintsFirstOfSegment(Client):
    """prints the first line of each segment"""

    fresh = True

    def receive(self):
        self.fresh = True
        return super().receive()

    def show(self, line):
        if self.fresh:
            super().show(line)
        self.fresh = False


@bug("prints-no-wrong-reply")
class PrintsNoWrongReply(Client):
    """prints a reply when it has turned out to be right"""

    def show(self, line):
        if line in (b"260 OK", b"270 SIG") or self.is_signature(line):
            super().show(line)
