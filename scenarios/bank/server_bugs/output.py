"""Bugs of a server: output."""

import os
import sys

from bugs import bug
from chat_server import Server


@bug("prints-nothing")
class PrintsNothing(Server):
    """prints nothing of what it receives"""

    def show(self, line):
        pass


@bug("prints-commands-only")
class PrintsCommandsOnly(Server):
    """prints commands, but no text"""

    def show(self, line):
        if line in (b"HELLO", b"DATA", b"PASS", b"FAIL", b"QUIT"):
            super().show(line)


@bug("prints-text-only")
class PrintsTextOnly(Server):
    """prints the text, but no commands"""

    def show(self, line):
        if line not in (b"HELLO", b"DATA", b"PASS", b"FAIL", b"QUIT"):
            super().show(line)


@bug("prints-without-line-ends")
class PrintsWithoutLineEnds(Server):
    """prints what it receives without line ends"""

    def show(self, line):
        sys.stdout.buffer.write(line)


@bug("prints-with-prefix")
class PrintsWithPrefix(Server):
    """prints something in front of each line"""

    def show(self, line):
        super().show(b"received: " + line)


@bug("prints-on-stderr")
class PrintsOnStderr(Server):
    """prints what it receives on standard error"""

    def show(self, line):
        sys.stderr.buffer.write(line + b"\n")


@bug("prints-no-quit")
class PrintsNoQuit(Server):
    """does not print QUIT"""

    def show(self, line):
        if line != b"QUIT":
            super().show(line)


@bug("output-lost")
class OutputLost(Server):
    """ends with _exit() and what it has printed still in the buffer"""

    printed = bytearray()

    def show(self, line):
        self.printed += line + b"\n"

    def quit(self):
        self.finish()
        os._exit(0)


@bug("prints-no-verdict")
class PrintsNoVerdict(Server):
    """does not print FAIL"""

    def show(self, line):
        if line != b"FAIL":
            super().show(line)


@bug("prints-first-message-only")
class PrintsFirstMessageOnly(Server):
    """prints nothing behind the first verdict's answer"""

    def show(self, line):
        if not self.done:
            super().show(line)

    done = False

    def next_key(self):
        self.done = self.used > 0
        return super().next_key()


@bug("prints-no-empty-lines")
class PrintsNoEmptyLines(Server):
    """does not print empty lines"""

    def show(self, line):
        if line:
            super().show(line)


@bug("prints-first-of-segment")
class PrintsFirstOfSegment(Server):
    """prints the first line of each segment"""

    fresh = True

    def receive(self):
        self.fresh = True
        return super().receive()

    def show(self, line):
        if self.fresh:
            super().show(line)
        self.fresh = False


@bug("prints-after-checking")
class PrintsAfterChecking(Server):
    """prints a command when it has turned out to be right"""

    def show(self, line):
        self.shown = line

    def read_command(self):
        self.shown = None
        return super().read_command()

    def reply(self, text):
        if self.shown is not None:
            super().show(self.shown)
            self.shown = None
        super().reply(text)

    def message(self):
        super().show(b"DATA")
        super().message()

    def read_text(self):
        lines = super().read_text()
        for line in lines + [b"."]:
            super().show(line)
        self.shown = None
        return lines

    def quit(self):
        super().show(b"QUIT")


@bug("prints-escaped-twice")
class PrintsEscapedTwice(Server):
    """prints each backslash twice"""

    def show(self, line):
        super().show(line.replace(b"\\", b"\\\\"))
