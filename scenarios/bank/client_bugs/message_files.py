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

    def read_messages(self, path):
        return [text for text in super().read_messages(path) if text is not None]

    def last_message(self, text):
        return None

    def compare_counts(self):
        pass


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

    def no_length(self, line, messages):
        return messages

    def compare_counts(self):
        pass


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
            return []

    def compare_counts(self):
        pass
