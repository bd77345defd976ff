"""Bugs of a server: TCP is a stream."""

import os
import signal
import sys

from bugs import bug
from chat_server import Server, Violation


@bug("one-recv-one-line")
class OneRecvOneLine(Server):
    """takes what one recv() gives for one line"""

    def read_line(self):
        return self.strip_line_end(self.receive().rstrip(b"\n"))


@bug("rest-of-segment-lost")
class RestOfSegmentLost(Server):
    """forgets what came behind the first line of a segment"""

    def read_line(self):
        line = super().read_line()
        self.buffer = b""
        return line


@bug("rest-behind-data-lost")
class RestBehindDataLost(Server):
    """reads the text with a fresh buffer, so that what came with DATA is lost"""

    def read_text(self):
        self.buffer = b""
        return super().read_text()


@bug("rest-behind-text-lost")
class RestBehindTextLost(Server):
    """forgets what came behind the terminator"""

    def read_text(self):
        lines = super().read_text()
        self.buffer = b""
        return lines


@bug("recv-of-8")
class RecvOf8(Server):
    """takes what recv(8) gives for a command, and the rest for the next one"""

    def read_command(self):
        if not self.buffer:
            self.buffer = self.receive()
        line, self.buffer = self.buffer[:8], self.buffer[8:]
        if line.endswith(b"\n"):
            line = line[:-1]
        line = self.strip_line_end(line)
        self.show(line)
        sys.stdout.buffer.flush()
        return line


class SomeRecvsOneText(Server):
    """Takes what some recv()s give for a whole text, whether the terminator has come or not."""

    recvs = 1

    def read_text(self):
        text = self.buffer
        for _ in range(self.recvs):
            if not text.endswith(b"\n.\n"):
                text += self.receive()
        self.buffer = b""
        lines = text.split(b"\n")
        for line in lines[:-1]:
            self.show(line)
        return [self.strip_line_end(line) for line in lines[:-1] if not self.is_terminator(line)]


@bug("one-recv-one-text")
class OneRecvOneText(SomeRecvsOneText):
    """takes what one recv() gives for a whole text"""


@bug("two-recvs-one-text")
class TwoRecvsOneText(SomeRecvsOneText):
    """reads on once where a text has not come whole, and no further"""

    recvs = 2


@bug("half-line-taken")
class HalfLineTaken(Server):
    """takes what has come for a line when a recv() brings no line end"""

    def read_line(self):
        if not self.buffer:
            self.buffer = self.receive()
        line, _, self.buffer = self.buffer.partition(b"\n")
        return self.strip_line_end(line)


@bug("cr-left")
class CrLeft(Server):
    """takes CR LF for no line end"""

    def strip_line_end(self, line):
        return line


@bug("buffer-of-1024")
class BufferOf1024(Server):
    """cuts lines to 1024 bytes"""

    def take_line(self):
        return super().take_line()[:1024]


@bug("message-limit")
class MessageLimit(Server):
    """takes no more than a megabyte of text"""

    def read_text(self):
        lines, size = [], 0
        while True:
            line = self.take_line()
            if self.is_terminator(line):
                return lines
            size += len(line)
            if size > 1 << 20:
                raise Violation("the message is too long")
            lines.append(line)


@bug("command-in-one-recv")
class CommandInOneRecv(Server):
    """reads HELLO with care, and takes what one recv() gives for each command behind it"""

    opened = False

    def opening(self):
        super().opening()
        self.opened = True

    def read_line(self):
        if self.opened and not self.in_text and not self.buffer:
            self.buffer = self.receive()
            line, _, self.buffer = self.buffer.partition(b"\n")
            return self.strip_line_end(line)
        return super().read_line()

    in_text = False

    def read_text(self):
        self.in_text = True
        lines = super().read_text()
        self.in_text = False
        return lines


@bug("verdict-in-one-recv")
class VerdictInOneRecv(Server):
    """takes what one recv() gives for the verdict"""

    def verdict(self):
        if not self.buffer:
            self.buffer = self.receive()
            if b"\n" not in self.buffer:
                self.buffer += b"\n"
        super().verdict()


@bug("escapes-by-segment")
class EscapesBySegment(Server):
    """unescapes segment by segment, so that a backslash at the end of one stands for itself"""

    def receive(self):
        data = super().receive()
        backslashes = len(data) - len(data.rstrip(b"\\"))
        return data + b"\\" if backslashes % 2 else data


@bug("dot-ends-segment")
class DotEndsSegment(Server):
    """takes a dot at the end of a segment for the terminator, without its line end"""

    def read_text(self):
        lines = []
        while True:
            while b"\n" not in self.buffer:
                if self.buffer == b".":
                    self.buffer = b""
                    return lines
                self.buffer += self.receive()
            line = self.take_line()
            if self.is_terminator(line):
                return lines
            lines.append(line)


@bug("no-more-than-a-segment")
class NoMoreThanASegment(Server):
    """keeps the rest of a segment for the next line, but no more than one"""

    def read_line(self):
        line = super().read_line()
        self.buffer = self.buffer[: self.buffer.find(b"\n") + 1] if b"\n" in self.buffer else self.buffer
        return line


@bug("lines-limit")
class LinesLimit(Server):
    """has an array for a thousand lines"""

    def text(self, lines):
        return super().text(lines[:1000])


@bug("lines-of-100")
class LinesOf100(Server):
    """has an array for a hundred lines"""

    def text(self, lines):
        return super().text(lines[:100])


@bug("buffer-of-256")
class BufferOf256(Server):
    """cuts lines to 256 bytes"""

    def take_line(self):
        return super().take_line()[:256]


@bug("cr-by-segment")
class CrBySegment(Server):
    """takes CR LF for LF within a segment, but not where it is cut between the two"""

    def receive(self):
        return super().receive().replace(b"\r\n", b"\n")

    def strip_line_end(self, line):
        return line


@bug("rest-behind-hello-lost")
class RestBehindHelloLost(Server):
    """forgets what came behind HELLO"""

    def opening(self):
        super().opening()
        self.buffer = b""


@bug("rest-behind-verdict-lost")
class RestBehindVerdictLost(Server):
    """forgets what came behind PASS or FAIL"""

    def verdict(self):
        super().verdict()
        self.buffer = b""


@bug("text-line-in-one-recv")
class TextLineInOneRecv(Server):
    """takes what one recv() gives for a line of text"""

    def read_text(self):
        lines = []
        while True:
            data, self.buffer = self.buffer or self.receive(), b""
            line = self.strip_line_end(data.removesuffix(b"\n"))
            self.show(line)
            if self.is_terminator(line):
                return lines
            lines.append(line)


@bug("half-line-of-text-taken")
class HalfLineOfTextTaken(Server):
    """takes what has come for a line of text when a recv() brings no line end"""

    def read_text(self):
        lines = []
        while True:
            if not self.buffer:
                self.buffer = self.receive()
            line, _, self.buffer = self.buffer.partition(b"\n")
            line = self.strip_line_end(line)
            self.show(line)
            if self.is_terminator(line):
                return lines
            lines.append(line)


@bug("message-of-256-kilobytes")
class MessageOf256Kilobytes(Server):
    """takes no more than 256 KiB of text"""

    def text(self, lines):
        return super().text(lines)[: 1 << 18]


@bug("long-command-crashes")
class LongCommandCrashes(Server):
    """writes a long command behind the end of its buffer"""

    def read_command(self):
        command = super().read_command()
        if len(command) > 65536:
            os.kill(os.getpid(), signal.SIGSEGV)
        return command
