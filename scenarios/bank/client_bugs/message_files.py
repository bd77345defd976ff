"""Bugs of a client: message files."""

from bugs import bug
from chat_client import Client, Violation


@bug("reads-files-late")
class ReadsFilesLate(Client):
    """connects and says HELLO before it reads its files"""

    def main(self, arguments):
        try:
            host, port, self.message_file, self.signature_file = self.read_arguments(arguments)
            self.connection = self.connect(host, port)
            self.buffer = b""
            self.converse()
            self.finish()
        except (OSError, ValueError, Violation) as problem:
            return self.refuse(problem)
        return 0

    def converse(self):
        self.hello()
        self.messages = self.read_messages(self.message_file)
        self.signatures = self.read_signatures(self.signature_file)
        self.compare_counts()
        for number, text in enumerate(self.messages):
            self.message(number, text)
        self.quit()


@bug("file-not-named")
class FileNotNamed(Client):
    """does not say which file is malformed"""

    def read_named(self, read, path):
        return read(path)


@bug("length-ignored")
class LengthIgnored(Client):
    """takes each line behind a length for a message, whatever the length"""

    def cut_message(self, content, length):
        text, _, rest = content.partition(b"\n")
        return text, rest


@bug("length-without-line-end")
class LengthWithoutLineEnd(Client):
    """takes the length for that of the text without its line end"""

    def cut_message(self, content, length):
        return content[:length], content[length + 1 :]


@bug("line-end-is-text")
class LineEndIsText(Client):
    """sends the line end behind the text as an empty line"""

    def cut_message(self, content, length):
        return content[:length], content[length:]


@bug("length-counts-cr")
class LengthCountsCr(Client):
    """counts CR LF as two"""

    def without_cr(self, content):
        return content

    def read_messages(self, path):
        content = self.read_file(path)
        messages = []
        while content:
            number, line_end, content = content.partition(b"\n")
            if not number.strip().isdigit() or not line_end:
                return self.no_length(number, messages)
            text, content = content[: int(number)], content[int(number) :]
            if len(text) < int(number) - 1:
                self.wrong_length(text, int(number))
            messages.append((text[:-1] if text.endswith(b"\n") else text).replace(b"\r", b""))
        return messages


@bug("cr-sent")
class CrSent(Client):
    """leaves the CR of a file with CR LF in the text"""

    def lines(self, text):
        return text.replace(b"\n", b"\r\n").split(b"\n") if self.had_cr else super().lines(text)

    def without_cr(self, content):
        self.had_cr = b"\r\n" in content
        return super().without_cr(content)


@bug("last-message-lost")
class LastMessageLost(Client):
    """loses the last message where its line end is missing"""

    lost = False

    def read_messages(self, path):
        return [text for text in super().read_messages(path) if text is not None]

    def last_message(self, text):
        self.lost = True

    def compare_counts(self):
        if not self.lost:
            super().compare_counts()


@bug("last-byte-lost")
class LastByteLost(Client):
    """cuts the last byte off each message, whether it is a line end or not"""

    def last_message(self, text):
        return text[:-1]


@bug("last-line-end-needed")
class LastLineEndNeeded(Client):
    """refuses a file whose last line end is missing"""

    def last_message(self, text):
        raise ValueError("the file ends within a message")


@bug("first-message-only")
class FirstMessageOnly(Client):
    """sends the first message only"""

    def converse(self):
        self.hello()
        self.message(0, self.messages[0])
        self.quit()


@bug("messages-backwards")
class MessagesBackwards(Client):
    """sends the last message first"""

    def converse(self):
        self.hello()
        for number, text in reversed(list(enumerate(self.messages))):
            self.message(number, text)
        self.quit()


@bug("first-text-always")
class FirstTextAlways(Client):
    """sends the first text for every message"""

    def message(self, number, text):
        super().message(number, self.messages[0])


@bug("text-goes-on")
class TextGoesOn(Client):
    """does not clear the text before the next message"""

    before = b""

    def send_text(self, text):
        self.before = self.before + b"\n" + text if self.before else text
        super().send_text(self.before)


@bug("no-length-is-end")
class NoLengthIsEnd(Client):
    """takes a line that is no length for the end of the file"""

    ended = False

    def no_length(self, line, messages):
        self.ended = True
        return messages

    def compare_counts(self):
        if not self.ended:
            super().compare_counts()


@bug("negative-length")
class NegativeLength(Client):
    """reads lengths with atoi(), which makes 0 of what is none"""

    def no_length(self, line, messages):
        messages.append(b"")
        return messages


@bug("length-too-large-taken")
class LengthTooLargeTaken(Client):
    """takes what there is where a length leads behind the end of the file"""

    def wrong_length(self, content, length):
        return (content[:length].rstrip(b"\n"), content[length:])


@bug("any-number-is-a-length")
class AnyNumberIsALength(Client):
    """begins a new message with every line that is a number"""

    def read_messages(self, path):
        messages = []
        for line in self.without_cr(self.read_file(path)).removesuffix(b"\n").split(b"\n"):
            if line.isdigit():
                messages.append([])
            elif not messages:
                return self.no_length(line, messages)
            else:
                messages[-1].append(line)
        return [b"\n".join(lines) for lines in messages]


@bug("empty-message-skipped")
class EmptyMessageSkipped(Client):
    """does not send empty messages"""

    def message(self, number, text):
        if text:
            super().message(number, text)


@bug("message-file-optional")
class MessageFileOptional(Client):
    """goes on without messages where the message file cannot be read"""

    def read_messages(self, path):
        try:
            return super().read_messages(path)
        except OSError:
            self.signatures_needed = False
            return []

    signatures_needed = True

    def compare_counts(self):
        if self.signatures_needed:
            super().compare_counts()


@bug("cr-lf-at-the-end-assumed")
class CrLfAtTheEndAssumed(Client):
    """cuts two bytes off each message of a file with CR LF, whether they are its line end or not"""

    def read_messages(self, path):
        self.had_cr = b"\r\n" in self.read_file(path)
        return super().read_messages(path)

    def last_message(self, text):
        return text[:-2] if self.had_cr else text


@bug("length-by-atoi")
class LengthByAtoi(Client):
    """reads lengths with strtol(), which takes the digits in front"""

    def read_messages(self, path):
        content = self.without_cr(self.read_file(path))
        messages = []
        while content:
            number, _, content = content.partition(b"\n")
            digits = number[: len(number) - len(number.lstrip(b"0123456789"))]
            if not digits or digits == b"0":
                return self.no_length(number, messages)
            text, content = self.cut_message(content, int(digits))
            messages.append(text)
        return messages


@bug("length-hexadecimal")
class LengthHexadecimal(Client):
    """reads lengths with strtol(…, 0), which knows hexadecimal numbers"""

    def no_length(self, line, messages):
        if not line.startswith(b"0x"):
            return super().no_length(line, messages)
        return [b"hello"]


@bug("length-sign-ignored")
class LengthSignIgnored(Client):
    """overlooks the sign of a length"""

    def read_file(self, path):
        content = super().read_file(path)
        return content[1:] if content.startswith(b"-") else content


@bug("length-wraps")
class LengthWraps(Client):
    """reads up to the end of the file where a length is beyond all numbers"""

    def cut_message(self, content, length):
        if length >= 1 << 63:
            return content.rstrip(b"\n"), b""
        return super().cut_message(content, length)


@bug("few-bytes-too-many-taken")
class FewBytesTooManyTaken(Client):
    """does not mind a file that is a few bytes short"""

    def wrong_length(self, content, length):
        if 0 < length - len(content) < 5 and content:
            return content.rstrip(b"\n"), b""
        return super().wrong_length(content, length)


@bug("length-within-a-line-taken")
class LengthWithinALineTaken(Client):
    """reads on to the end of the line where a length ends within one"""

    def cut_message(self, content, length):
        if len(content) > length and not content[:length].endswith(b"\n"):
            text, _, rest = content.partition(b"\n")
            return text, rest
        return super().cut_message(content, length)


@bug("length-alone-is-empty")
class LengthAloneIsEmpty(Client):
    """takes a length with nothing behind it for an empty message"""

    def wrong_length(self, content, length):
        if not content:
            return b"", b""
        return super().wrong_length(content, length)


@bug("empty-line-for-a-length-skipped")
class EmptyLineForALengthSkipped(Client):
    """skips empty lines before a length, and takes the next line for a message where that is none"""

    def no_length(self, line, messages):
        if line:
            return super().no_length(line, messages)
        return [b"hello"]


@bug("length-fraction-taken")
class LengthFractionTaken(Client):
    """reads lengths as numbers with a decimal point"""

    def no_length(self, line, messages):
        if b"." not in line:
            return super().no_length(line, messages)
        return [b"hello"]


@bug("later-messages-read-late")
class LaterMessagesReadLate(Client):
    """finds out about a mistake in the second message when the first one is done"""

    def no_length(self, line, messages):
        if not messages:
            return super().no_length(line, messages)
        return messages

    def wrong_length(self, content, length):
        if self.first:
            return super().wrong_length(content, length)
        return b"", b""

    first = True

    def cut_message(self, content, length):
        cut = super().cut_message(content, length)
        self.first = False
        return cut

    def compare_counts(self):
        if self.first:
            super().compare_counts()
        del self.signatures[len(self.messages) :]


@bug("texts-of-numbers-skipped")
class TextsOfNumbersSkipped(Client):
    """takes a first line that is a number for another length"""

    def cut_message(self, content, length):
        text, rest = super().cut_message(content, length)
        first, _, others = text.partition(b"\n")
        return (others if first.isdigit() and others else text), rest


@bug("length-of-two-digits")
class LengthOfTwoDigits(Client):
    """reads two digits of a length"""

    def cut_message(self, content, length):
        return super().cut_message(content, length) if length < 100 else self.wrong_length(content, length)


@bug("crlf-empty-line-lost")
class CrlfEmptyLineLost(Client):
    """takes CR LF CR LF for one line end"""

    def lines(self, text):
        return [line for line in super().lines(text) if line] if self.had_cr else super().lines(text)

    def without_cr(self, content):
        self.had_cr = b"\r\n" in content
        return super().without_cr(content)
