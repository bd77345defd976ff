"""Bugs of a server: TCP is a stream."""

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
