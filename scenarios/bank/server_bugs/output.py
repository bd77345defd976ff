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

    printed = b""

    def show(self, line):
        self.printed += line + b"\n"

    def quit(self):
        self.finish()
        os._exit(0)
