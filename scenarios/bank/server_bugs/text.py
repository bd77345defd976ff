"""Bugs of a server: text and terminator."""

import hashlib
import os
import re
import signal

from bugs import bug
from chat_server import Server, Violation


@bug("signs-before-text")
class SignsBeforeText(Server):
    """announces the signature as soon as DATA has come"""

    def read_text(self):
        self.reply(self.announcement)
        return super().read_text()

    def answer(self, signature):
        self.reply(signature)


@bug("announces-twice")
class AnnouncesTwice(Server):
    """sends 270 SIG twice"""

    def answer(self, signature):
        self.reply(self.announcement)
        super().answer(signature)


@bug("data-acknowledged")
class DataAcknowledged(Server):
    """answers DATA with 260 OK"""

    def read_text(self):
        self.reply(self.ok)
        return super().read_text()


@bug("no-announcement")
class NoAnnouncement(Server):
    """sends the signature alone"""

    def answer(self, signature):
        self.reply(signature)


@bug("no-signature")
class NoSignature(Server):
    """sends 270 SIG alone"""

    def answer(self, signature):
        self.reply(self.announcement)


@bug("signature-in-same-line")
class SignatureInSameLine(Server):
    """sends 270 SIG and the signature in one line"""

    def answer(self, signature):
        self.reply(self.announcement + b" " + signature)


@bug("signature-without-line-end")
class SignatureWithoutLineEnd(Server):
    """sends the signature without a line end"""

    def answer(self, signature):
        self.reply(self.announcement)
        self.send(signature)


@bug("signature-upper-case")
class SignatureUpperCase(Server):
    """writes the digits in upper case"""

    def digest(self, data):
        return super().digest(data).upper()


@bug("leading-zeros-lost")
class LeadingZerosLost(Server):
    """prints the hash as a number, as BigInteger.toString(16) does"""

    def digest(self, data):
        return super().digest(data).lstrip(b"0")


@bug("small-bytes-short")
class SmallBytesShort(Server):
    """prints each byte with %x, so that those below 16 have one digit"""

    def digest(self, data):
        return "".join("%x" % byte for byte in hashlib.sha256(data).digest()).encode()


@bug("signature-raw")
class SignatureRaw(Server):
    """sends the hash's 32 bytes"""

    def digest(self, data):
        return hashlib.sha256(data).digest()


@bug("terminator-escaped-dot")
class TerminatorEscapedDot(Server):
    """unescapes a line before it looks for the terminator"""

    def is_terminator(self, line):
        return self.unescape(line) == b"."


@bug("terminator-begins")
class TerminatorBegins(Server):
    """takes any line that begins with a dot for the terminator"""

    def is_terminator(self, line):
        return line.startswith(b".")


@bug("terminator-ends")
class TerminatorEnds(Server):
    """takes any line that ends in an unescaped dot for the terminator"""

    def is_terminator(self, line):
        return re.search(rb"(^|[^\\])(\\\\)*\.$", line) is not None


@bug("terminator-anywhere")
class TerminatorAnywhere(Server):
    """takes any line with an unescaped dot in it for the terminator"""

    def is_terminator(self, line):
        return re.search(rb"(^|[^\\])(\\\\)*\.", line) is not None


@bug("terminator-stripped")
class TerminatorStripped(Server):
    """takes a dot with blanks around it for the terminator"""

    def is_terminator(self, line):
        return line.strip() == b"."


@bug("dot-unstuffed")
class DotUnstuffed(Server):
    """takes a dot off lines that begin with two, as SMTP does"""

    def unescape(self, line):
        return super().unescape(line[1:] if line.startswith(b"..") else line)


@bug("empty-message-refused")
class EmptyMessageRefused(Server):
    """does not sign a message of no lines"""

    def sign(self, lines, key):
        if not lines:
            raise Violation("there is no text")
        return super().sign(lines, key)


@bug("empty-message-crashes")
class EmptyMessageCrashes(Server):
    """reads what is not there where a message has no lines"""

    def sign(self, lines, key):
        if not lines:
            os.kill(os.getpid(), signal.SIGSEGV)
        return super().sign(lines, key)


@bug("empty-line-ends-text")
class EmptyLineEndsText(Server):
    """takes an empty line for the end of the text"""

    def read_text(self):
        lines = []
        while True:
            line = self.take_line()
            if line in (b"", b"."):
                return lines
            lines.append(line)


@bug("one-line-only")
class OneLineOnly(Server):
    """hashes the first line only"""

    def text(self, lines):
        return super().text(lines[:1])


@bug("last-line-only")
class LastLineOnly(Server):
    """hashes the last line only"""

    def text(self, lines):
        return super().text(lines[-1:])


@bug("lines-with-lf")
class LinesWithLf(Server):
    """hashes each line with its line end"""

    def text(self, lines):
        return b"".join(self.unescape(line) + b"\n" for line in lines)


@bug("lines-joined-with-lf")
class LinesJoinedWithLf(Server):
    """hashes the lines with LF between them"""

    def text(self, lines):
        return b"\n".join(self.unescape(line) for line in lines)


@bug("lines-joined-with-blank")
class LinesJoinedWithBlank(Server):
    """hashes the lines with a blank between them"""

    def text(self, lines):
        return b" ".join(self.unescape(line) for line in lines)


@bug("text-stripped")
class TextStripped(Server):
    """strips each line, blanks at both ends included"""

    def text(self, lines):
        return b"".join(self.unescape(line.strip()) for line in lines)


@bug("text-right-stripped")
class TextRightStripped(Server):
    """strips blanks behind each line together with the line end"""

    def text(self, lines):
        return b"".join(self.unescape(line.rstrip(b" \t")) for line in lines)


@bug("text-as-utf-8")
class TextAsUtf8(Server):
    """decodes the text as UTF-8, and ends with a traceback where it is none"""

    def text(self, lines):
        return super().text(lines).decode().encode()


@bug("text-as-utf-8-replaced")
class TextAsUtf8Replaced(Server):
    """decodes the text as UTF-8, with question marks for what is none"""

    def text(self, lines):
        return super().text(lines).decode("utf-8", "replace").encode()


@bug("text-as-latin-1")
class TextAsLatin1(Server):
    """decodes the text as Latin-1 and hashes it as UTF-8"""

    def text(self, lines):
        return super().text(lines).decode("latin-1").encode()


@bug("text-ends-at-nul")
class TextEndsAtNul(Server):
    """takes a NUL for the end of a line, as strlen() does"""

    def text(self, lines):
        return super().text([line.split(b"\0")[0] for line in lines])


@bug("text-printable-only")
class TextPrintableOnly(Server):
    """drops control bytes"""

    def text(self, lines):
        return re.sub(rb"[\x00-\x08\x0b-\x1f\x7f]", b"", super().text(lines))


@bug("splitlines")
class Splitlines(Server):
    """cuts the text with str.splitlines(), which knows more line ends than LF"""

    def text(self, lines):
        return b"".join("".join(line.decode("latin-1").splitlines()).encode("latin-1") for line in map(self.unescape, lines))


@bug("quit-in-text")
class QuitInText(Server):
    """takes QUIT for a command wherever it stands, in a text as well"""

    def read_text(self):
        lines = []
        while True:
            line = self.take_line()
            if line == b"QUIT":
                raise Violation("QUIT within a text")
            if self.is_terminator(line):
                return lines
            lines.append(line)


@bug("data-in-text")
class DataInText(Server):
    """begins the text anew where one of its lines is DATA"""

    def text(self, lines):
        while b"DATA" in lines:
            lines = lines[lines.index(b"DATA") + 1 :]
        return super().text(lines)


@bug("announces-after-second-line")
class AnnouncesAfterSecondLine(Server):
    """announces the signature as soon as two lines have come"""

    announced = False

    def is_terminator(self, line):
        self.lines += 1
        terminator = super().is_terminator(line)
        if self.lines == 2 and not terminator:
            self.reply(self.announcement)
            self.announced = True
        return terminator

    def read_text(self):
        self.lines = 0
        self.announced = False
        return super().read_text()

    def answer(self, signature):
        if not self.announced:
            self.reply(self.announcement)
        self.reply(signature)


@bug("text-as-format")
class TextAsFormat(Server):
    """takes the text for a format, as printf(text) does"""

    def text(self, lines):
        text = super().text(lines)
        if re.search(rb"%[sn]", text):
            os.kill(os.getpid(), signal.SIGSEGV)
        return text


@bug("last-blank-lost")
class LastBlankLost(Server):
    """drops a last line of nothing but blanks"""

    def text(self, lines):
        return super().text(lines[:-1] if lines and lines[-1].isspace() else lines)


@bug("terminator-left-stripped")
class TerminatorLeftStripped(Server):
    """takes a dot with blanks in front of it for the terminator"""

    def is_terminator(self, line):
        return line.lstrip() == b"."
