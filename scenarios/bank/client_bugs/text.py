"""Bugs of a client: text."""

import os
import re
import signal

from bugs import bug
from chat_client import Client


@bug("first-line-only")
class FirstLineOnly(Client):
    """sends the first line of a message only"""

    def lines(self, text):
        return super().lines(text)[:1]


@bug("lines-joined")
class LinesJoined(Client):
    """sends the lines of a message as one"""

    def lines(self, text):
        return [text.replace(b"\n", b"")]


@bug("lines-joined-with-blank")
class LinesJoinedWithBlank(Client):
    """sends the lines of a message as one, with blanks between them"""

    def lines(self, text):
        return [text.replace(b"\n", b" ")]


@bug("empty-lines-dropped")
class EmptyLinesDropped(Client):
    """does not send empty lines"""

    def lines(self, text):
        return [line for line in super().lines(text) if line]


@bug("last-empty-line-dropped")
class LastEmptyLineDropped(Client):
    """does not send empty lines at the end of a message"""

    def lines(self, text):
        return super().lines(text.rstrip(b"\n"))


@bug("text-stripped")
class TextStripped(Client):
    """strips each line, blanks at both ends included"""

    def encode_line(self, line):
        return super().encode_line(line.strip())


@bug("text-right-stripped")
class TextRightStripped(Client):
    """strips blanks behind each line together with the line end"""

    def encode_line(self, line):
        return super().encode_line(line.rstrip(b" \t"))


@bug("not-escaped")
class NotEscaped(Client):
    """sends the text as it is"""

    def escape(self, line):
        return line


@bug("dots-only-escaped")
class DotsOnlyEscaped(Client):
    """escapes dots, but not backslashes"""

    def escape(self, line):
        return line.replace(b".", b"\\.")


@bug("backslashes-only-escaped")
class BackslashesOnlyEscaped(Client):
    """escapes backslashes, but not dots"""

    def escape(self, line):
        return line.replace(b"\\", b"\\\\")


@bug("escaped-dots-first")
class EscapedDotsFirst(Client):
    """escapes dots first, and then the backslashes that it has just made"""

    def escape(self, line):
        return line.replace(b".", b"\\.").replace(b"\\", b"\\\\")


@bug("escaped-at-line-start")
class EscapedAtLineStart(Client):
    """escapes at the start of a line only"""

    def escape(self, line):
        return re.sub(rb"^([\\.])", rb"\\\1", line)


@bug("escaped-once-per-line")
class EscapedOncePerLine(Client):
    """escapes the first place of a line only"""

    def escape(self, line):
        return re.sub(rb"([\\.])", rb"\\\1", line, count=1)


@bug("dot-lines-only-escaped")
class DotLinesOnlyEscaped(Client):
    """escapes a line that is a single dot, and no other"""

    def escape(self, line):
        return b"\\." if line == b"." else line


@bug("dots-doubled")
class DotsDoubled(Client):
    """doubles a dot at the start of a line, as SMTP does"""

    def escape(self, line):
        return b"." + line if line.startswith(b".") else line


@bug("line-ends-escaped")
class LineEndsEscaped(Client):
    """sends line ends of a text as \\n"""

    def lines(self, text):
        return [text]

    def escape(self, line):
        return super().escape(line).replace(b"\n", b"\\n")


@bug("tabs-escaped")
class TabsEscaped(Client):
    """sends tabs as \\t"""

    def escape(self, line):
        return super().escape(line).replace(b"\t", b"\\t")


@bug("terminator-escaped")
class TerminatorEscaped(Client):
    """escapes the terminator, too"""

    def terminate(self):
        self.command(b"\\.")


@bug("terminator-forgotten")
class TerminatorForgotten(Client):
    """forgets the terminator"""

    def terminate(self):
        pass


@bug("terminator-behind-text")
class TerminatorBehindText(Client):
    """sends the terminator in the text's last line"""

    def send_text(self, text):
        self.send(self.line_end.join(map(self.encode_line, self.lines(text))))


@bug("empty-line-before-terminator")
class EmptyLineBeforeTerminator(Client):
    """sends an empty line before the terminator"""

    def terminate(self):
        self.command(b"\n.")


@bug("two-terminators")
class TwoTerminators(Client):
    """sends the terminator twice"""

    def terminate(self):
        self.command(b".\n.")


@bug("text-as-utf-8")
class TextAsUtf8(Client):
    """decodes the text as UTF-8, and ends with a traceback where it is none"""

    def encode_line(self, line):
        return super().encode_line(line.decode().encode())


@bug("text-as-utf-8-replaced")
class TextAsUtf8Replaced(Client):
    """decodes the text as UTF-8, with question marks for what is none"""

    def encode_line(self, line):
        return super().encode_line(line.decode("utf-8", "replace").encode())


@bug("text-as-latin-1")
class TextAsLatin1(Client):
    """decodes the text as Latin-1 and sends it as UTF-8"""

    def encode_line(self, line):
        return super().encode_line(line.decode("latin-1").encode())


@bug("text-ends-at-nul")
class TextEndsAtNul(Client):
    """takes a NUL for the end of a line, as strlen() does"""

    def encode_line(self, line):
        return super().encode_line(line.split(b"\0")[0])


@bug("splitlines")
class Splitlines(Client):
    """cuts the text with str.splitlines(), which knows more line ends than LF"""

    def lines(self, text):
        return [line.encode("latin-1") for line in text.decode("latin-1").splitlines()]


@bug("buffer-of-1024")
class BufferOf1024(Client):
    """cuts lines to 1024 bytes"""

    def encode_line(self, line):
        return super().encode_line(line[:1024])


@bug("message-limit")
class MessageLimit(Client):
    """cuts messages to a megabyte"""

    def lines(self, text):
        return super().lines(text[: 1 << 20])


@bug("crash-on-long-line")
class CrashOnLongLine(Client):
    """writes a long line behind the end of its buffer"""

    def encode_line(self, line):
        if len(line) > 8192:
            os.kill(os.getpid(), signal.SIGSEGV)
        return super().encode_line(line)


@bug("text-as-format")
class TextAsFormat(Client):
    """takes the text for a format, as printf(text) does"""

    def encode_line(self, line):
        if re.search(rb"%[sn]", line):
            os.kill(os.getpid(), signal.SIGSEGV)
        return super().encode_line(line)


@bug("buffer-of-256")
class BufferOf256(Client):
    """cuts lines to 256 bytes"""

    def encode_line(self, line):
        return super().encode_line(line[:256])


@bug("lines-of-100")
class LinesOf100(Client):
    """has an array for a hundred lines"""

    def lines(self, text):
        return super().lines(text)[:100]


@bug("lines-limit")
class LinesLimit(Client):
    """has an array for a thousand lines"""

    def lines(self, text):
        return super().lines(text)[:1000]


@bug("two-empty-lines-joined")
class TwoEmptyLinesJoined(Client):
    """takes several empty lines at the beginning of a text for one"""

    def lines(self, text):
        while text.startswith(b"\n\n"):
            text = text[1:]
        return super().lines(text)


@bug("eight-messages")
class EightMessages(Client):
    """has an array for eight messages"""

    def converse(self):
        del self.messages[8:]
        super().converse()


@bug("sixteen-messages")
class SixteenMessages(Client):
    """has an array for sixteen messages"""

    def converse(self):
        del self.messages[16:]
        super().converse()


@bug("verdict-early")
class VerdictEarly(Client):
    """says PASS together with the terminator"""

    def terminate(self):
        self.send(b"." + self.line_end + b"PASS" + self.line_end)

    def verdict(self, number, signature):
        self.expect_ok_for_verdict()


@bug("backslash-runs-halved")
class BackslashRunsHalved(Client):
    """escapes a run of backslashes once"""

    def escape(self, line):
        return re.sub(rb"\\{3,}|[\\.]", lambda found: b"\\" + found[0], line)
