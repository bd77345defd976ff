"""Bugs of a client: TCP is a stream."""

from bugs import bug
from chat_client import Client


@bug("one-recv-one-line")
class OneRecvOneLine(Client):
    """takes what one recv() gives for one line"""

    def read_line(self):
        return self.strip_line_end(self.receive().rstrip(b"\n"))


@bug("rest-of-segment-lost")
class RestOfSegmentLost(Client):
    """forgets what came behind the first line of a segment"""

    def read_line(self):
        line = super().read_line()
        self.buffer = b""
        return line


@bug("half-line-taken")
class HalfLineTaken(Client):
    """takes what has come for a line when a recv() brings no line end"""

    def read_line(self):
        if not self.buffer:
            self.buffer = self.receive()
        line, _, self.buffer = self.buffer.partition(b"\n")
        return self.strip_line_end(line)


@bug("signature-in-one-recv")
class SignatureInOneRecv(Client):
    """reads the signature with one recv(65)"""

    def read_received_signature(self):
        signature = (self.buffer or self.connection.recv(65)).rstrip(b"\r\n")
        self.buffer = b""
        self.show(signature)
        return signature


@bug("signature-of-64-bytes")
class SignatureOf64Bytes(Client):
    """reads 64 bytes for the signature and leaves the line end for the next reply"""

    def read_received_signature(self):
        while len(self.buffer) < 64:
            self.buffer += self.receive()
        signature, self.buffer = self.buffer[:64], self.buffer[64:]
        self.show(signature)
        return signature


@bug("cr-left")
class CrLeft(Client):
    """takes CR LF for no line end"""

    def strip_line_end(self, line):
        return line


@bug("signature-cr-left")
class SignatureCrLeft(Client):
    """compares the CR of a received signature, too"""

    def verdict(self, number, signature):
        super().verdict(number, signature + self.end_of_line)

    def strip_line_end(self, line):
        self.end_of_line = b"\r" if line.endswith(b"\r") else b""
        return super().strip_line_end(line)


@bug("announcement-in-one-recv")
class AnnouncementInOneRecv(Client):
    """takes what one recv() gives for 270 SIG"""

    def expect_announcement(self):
        if not self.buffer:
            self.buffer = self.receive()
            if b"\n" not in self.buffer:
                self.buffer += b"\n"
        super().expect_announcement()


@bug("verdict-answer-in-one-recv")
class VerdictAnswerInOneRecv(Client):
    """takes what one recv() gives for the answer to a verdict"""

    def expect_ok_for_verdict(self):
        if not self.buffer:
            self.buffer = self.receive()
            if b"\n" not in self.buffer:
                self.buffer += b"\n"
        super().expect_ok_for_verdict()


@bug("signature-in-two-recvs")
class SignatureInTwoRecvs(Client):
    """asks for the rest of a signature once, and then takes what it has"""

    def read_received_signature(self):
        for _ in range(2):
            if b"\n" not in self.buffer:
                self.buffer += self.receive()
        if b"\n" not in self.buffer:
            self.buffer += b"\n"
        return super().read_received_signature()


@bug("signature-of-same-segment")
class SignatureOfSameSegment(Client):
    """takes what came with 270 SIG for the whole signature"""

    def read_received_signature(self):
        if self.buffer and b"\n" not in self.buffer:
            self.buffer += b"\n"
        return super().read_received_signature()


@bug("cr-by-segment")
class CrBySegment(Client):
    """takes CR LF for LF within a segment, but not where it is cut between the two"""

    def receive(self):
        return super().receive().replace(b"\r\n", b"\n")

    def strip_line_end(self, line):
        return line
