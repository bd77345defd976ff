"""Clients with one bug each, as students have written them. See bugs.py for how to run one, and expected.txt for who catches it."""

import os
import re
import signal
import socket
import struct
import sys

from bugs import Bank
from chat_client import Client, Violation

bug = Bank(Client)


def wait_for_ever():
    reading, _ = os.pipe()
    os.read(reading, 1)


# ---- start: command line


@bug("ignores-port")
class IgnoresPort(Client):
    """connects to another port than the one that it was given"""

    def connect(self, host, port):
        listener = socket.create_server(("127.0.0.1", 0))
        return socket.create_connection(listener.getsockname())


@bug("never-connects")
class NeverConnects(Client):
    """ends before it connects"""

    def connect(self, host, port):
        raise OSError("no such host")


@bug("bad-port-taken")
class BadPortTaken(Client):
    """says nothing of a port that is none"""

    def read_port(self, text):
        return super().read_port(text) if text.isdigit() and int(text) < 65536 else 0

    def refuse(self, problem):
        return 2


@bug("usage-on-stdout")
class UsageOnStdout(Client):
    """tells a wrong command line on standard output"""

    def refuse(self, problem):
        print("client: %s" % problem)
        return 2


@bug("refuses-with-status-0")
class RefusesWithStatusZero(Client):
    """ends with status 0 where the command line or a file is wrong"""

    def refuse(self, problem):
        super().refuse(problem)
        return 0


@bug("files-optional")
class FilesOptional(Client):
    """goes on without a signature file where none is given"""

    def read_arguments(self, arguments):
        return super().read_arguments(arguments if len(arguments) == 4 else arguments + ["/dev/null"])

    def compare_counts(self):
        self.signatures += [b""] * (len(self.messages) - len(self.signatures))


# ---- message files


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


# ---- signature files


@bug("signature-file-optional")
class SignatureFileOptional(Client):
    """goes on without signatures where the signature file cannot be read"""

    def read_signatures(self, path):
        try:
            return super().read_signatures(path)
        except OSError:
            return [b""] * len(self.messages)


@bug("counts-not-compared")
class CountsNotCompared(Client):
    """sends as many messages as there are signatures"""

    def compare_counts(self):
        del self.messages[len(self.signatures) :]


@bug("signatures-too-many")
class SignaturesTooMany(Client):
    """does not notice signatures without a message"""

    def compare_counts(self):
        if len(self.messages) > len(self.signatures):
            super().compare_counts()


@bug("signatures-unchecked")
class SignaturesUnchecked(Client):
    """takes any line for a signature"""

    def read_signature(self, line):
        return line.rstrip(b" \t\r")


@bug("signature-digits-unchecked")
class SignatureDigitsUnchecked(Client):
    """counts the digits of a signature, but does not look at them"""

    def read_signature(self, line):
        signature = line.rstrip(b" \t\r")
        return signature if len(signature) == 64 else super().read_signature(line)


@bug("signature-with-cr")
class SignatureWithCr(Client):
    """compares the CR of a signature file with CR LF, too"""

    def read_signature(self, line):
        super().read_signature(line)
        return line.rstrip(b" \t")


@bug("signature-with-blanks")
class SignatureWithBlanks(Client):
    """compares blanks behind a signature, too"""

    def read_signature(self, line):
        super().read_signature(line)
        return line.rstrip(b"\r")


@bug("signature-with-lf")
class SignatureWithLf(Client):
    """compares the line end, which the last line of a file may lack"""

    def signature_lines(self, content):
        return content.splitlines(keepends=True)

    def read_signature(self, line):
        super().read_signature(line.rstrip(b"\n"))
        return line

    def matches(self, number, signature):
        wanted = self.signatures[number].lower()
        return wanted[:64] == signature.lower() and wanted.endswith(b"\n")


@bug("last-signature-digit-lost")
class LastSignatureDigitLost(Client):
    """cuts the last byte off each line of the signature file, whether it is a line end or not"""

    def signature_lines(self, content):
        return [line[:-1] for line in content.splitlines(keepends=True)]

    def is_signature(self, text):
        return len(text) == 63 or super().is_signature(text)


# ---- the opening and the form of commands


@bug("hello-lower-case")
class HelloLowerCase(Client):
    """says hello"""

    def hello(self):
        self.command(b"hello")
        self.expect_ok_for_hello()


@bug("no-hello")
class NoHello(Client):
    """begins with DATA"""

    def hello(self):
        pass


@bug("waits-for-greeting")
class WaitsForGreeting(Client):
    """waits for the server to speak first"""

    def hello(self):
        self.read_reply()
        super().hello()


@bug("hello-not-awaited")
class HelloNotAwaited(Client):
    """sends DATA without waiting for the answer to HELLO"""

    early = True

    def hello(self):
        self.command(b"HELLO")
        self.command(b"DATA")
        self.expect_ok_for_hello()

    def command(self, word):
        if word == b"DATA" and self.early is None:
            self.early = False
            return
        if word == b"DATA" and self.early:
            self.early = None
        super().command(word)


@bug("hello-for-each-message")
class HelloForEachMessage(Client):
    """says HELLO before each message"""

    def message(self, number, text):
        if number > 0:
            self.hello()
        super().message(number, text)


@bug("connection-for-each-message")
class ConnectionForEachMessage(Client):
    """quits and connects anew for each message"""

    def main(self, arguments):
        self.arguments = arguments
        return super().main(arguments)

    def message(self, number, text):
        if number > 0:
            self.quit()
            self.finish()
            self.buffer = b""
            self.connection = self.connect(self.arguments[0], int(self.arguments[1]))
            self.hello()
        super().message(number, text)


@bug("commands-with-crlf")
class CommandsWithCrlf(Client):
    """ends what it sends with CR LF"""

    line_end = b"\r\n"


@bug("commands-without-line-end")
class CommandsWithoutLineEnd(Client):
    """ends commands with nothing"""

    def command(self, word):
        self.send(word if word != b"." else b".\n")


@bug("commands-with-nul")
class CommandsWithNul(Client):
    """sends the NUL behind the string, too"""

    line_end = b"\n\0"


@bug("commands-with-blank")
class CommandsWithBlank(Client):
    """has a blank behind each command"""

    def command(self, word):
        super().command(word + b" " if word.isalpha() else word)


# ---- replies


@bug("ok-for-hello-unchecked")
class OkForHelloUnchecked(Client):
    """goes on whatever HELLO is answered with"""

    def expect_ok_for_hello(self):
        self.read_reply()


@bug("announcement-unchecked")
class AnnouncementUnchecked(Client):
    """takes any line for 270 SIG"""

    def expect_announcement(self):
        self.read_reply()


@bug("ok-for-verdict-unchecked")
class OkForVerdictUnchecked(Client):
    """goes on whatever PASS or FAIL is answered with"""

    def expect_ok_for_verdict(self):
        self.read_reply()


@bug("any-code-with-2")
class AnyCodeWith2(Client):
    """takes any reply that begins with 2 for the right one"""

    def expect(self, reply):
        line = self.read_reply()
        if not line.startswith(b"2"):
            raise Violation("expected %r, received %r" % (reply, line))


@bug("reply-anywhere")
class ReplyAnywhere(Client):
    """looks for the reply anywhere in the line"""

    def expect(self, reply):
        line = self.read_reply()
        if reply not in line:
            raise Violation("expected %r, received %r" % (reply, line))


@bug("wrong-reply-ignored")
class WrongReplyIgnored(Client):
    """waits for another reply after a wrong one"""

    def expect(self, reply):
        while self.read_reply() != reply:
            pass


@bug("quits-after-wrong-reply")
class QuitsAfterWrongReply(Client):
    """says QUIT after a wrong reply"""

    def complain(self, problem):
        super().complain(problem)
        self.quit()


@bug("wrong-reply-left-open")
class WrongReplyLeftOpen(Client):
    """does not close after a wrong reply"""

    def complain(self, problem):
        super().complain(problem)
        while self.connection.recv(4096):
            pass


@bug("violation-silent")
class ViolationSilent(Client):
    """says nothing about a wrong reply"""

    def complain(self, problem):
        pass


@bug("violation-resets")
class ViolationResets(Client):
    """resets the connection after a wrong reply"""

    def complain(self, problem):
        super().complain(problem)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()


@bug("end-not-noticed")
class EndNotNoticed(Client):
    """takes the end of the stream for no data yet, and asks again for ever"""

    def receive(self):
        while True:
            data = self.connection.recv(4096)
            if data:
                return data


@bug("end-is-fail")
class EndIsFail(Client):
    """answers a signature that breaks off with FAIL"""

    def read_received_signature(self):
        try:
            return super().read_received_signature()
        except Violation:
            return b""


@bug("end-crashes")
class EndCrashes(Client):
    """aborts where the server is gone"""

    def receive(self):
        data = self.connection.recv(4096)
        if not data:
            os.abort()
        return data


# ---- TCP is a stream


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


# ---- text


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


# ---- verdict


@bug("always-pass")
class AlwaysPass(Client):
    """answers PASS to any signature"""

    def matches(self, number, signature):
        return True


@bug("always-fail")
class AlwaysFail(Client):
    """answers FAIL to any signature"""

    def matches(self, number, signature):
        return False


@bug("verdicts-swapped")
class VerdictsSwapped(Client):
    """answers PASS for FAIL and FAIL for PASS"""

    def matches(self, number, signature):
        return not super().matches(number, signature)


@bug("any-signature-of-file")
class AnySignatureOfFile(Client):
    """takes any signature of the file for any message"""

    def matches(self, number, signature):
        return signature.lower() in [one.lower() for one in self.signatures]


@bug("first-signature-always")
class FirstSignatureAlways(Client):
    """compares each message's signature with the file's first"""

    def matches(self, number, signature):
        return super().matches(0, signature)


@bug("signature-counts-passes")
class SignatureCountsPasses(Client):
    """advances to the file's next signature after PASS only"""

    passes = 0

    def matches(self, number, signature):
        matches = super().matches(self.passes, signature)
        self.passes += matches
        return matches


@bug("fail-sticks")
class FailSticks(Client):
    """answers FAIL to everything behind a first FAIL"""

    good = True

    def matches(self, number, signature):
        self.good = self.good and super().matches(number, signature)
        return self.good


@bug("compares-first-digits")
class ComparesFirstDigits(Client):
    """compares the first eight digits only"""

    def matches(self, number, signature):
        return self.signatures[number][:8].lower() == signature[:8].lower()


@bug("compares-all-but-last")
class ComparesAllButLast(Client):
    """compares one digit too few"""

    def matches(self, number, signature):
        return self.signatures[number][:63].lower() == signature[:63].lower()


@bug("compares-last-digits")
class ComparesLastDigits(Client):
    """compares the last digits only"""

    def matches(self, number, signature):
        return self.signatures[number][-8:].lower() == signature[-8:].lower()


@bug("compares-any-order")
class ComparesAnyOrder(Client):
    """compares which digits there are, not their order"""

    def matches(self, number, signature):
        return sorted(self.signatures[number].lower()) == sorted(signature.lower())


@bug("compares-letters")
class ComparesLetters(Client):
    """compares letters, and so takes an upper-case signature for another one"""

    def matches(self, number, signature):
        return self.signatures[number] == signature


@bug("received-case-only")
class ReceivedCaseOnly(Client):
    """makes the received signature lower-case, but not the file's"""

    def matches(self, number, signature):
        return self.signatures[number] == signature.lower()


@bug("file-case-only")
class FileCaseOnly(Client):
    """makes the file's signature lower-case, but not the received one"""

    def matches(self, number, signature):
        return self.signatures[number].lower() == signature


@bug("malformed-signature-passes")
class MalformedSignaturePasses(Client):
    """compares as many digits as came"""

    def read_received_signature(self):
        return self.read_reply()

    def matches(self, number, signature):
        return self.signatures[number].lower().startswith(signature.lower())


@bug("pass-lower-case")
class PassLowerCase(Client):
    """answers pass and fail"""

    def verdict(self, number, signature):
        self.command(b"pass" if self.matches(number, signature) else b"fail")
        self.expect_ok_for_verdict()


@bug("fail-closes")
class FailCloses(Client):
    """closes after FAIL"""

    def verdict(self, number, signature):
        super().verdict(number, signature)
        if not self.matches(number, signature):
            raise Violation("the signature is wrong")


@bug("fail-sends-again")
class FailSendsAgain(Client):
    """sends the message again after FAIL"""

    again = False

    def message(self, number, text):
        super().message(number, text)
        if self.failed and not self.again:
            self.again = True
            super().message(number, text)
        self.again = False

    def matches(self, number, signature):
        self.failed = not super().matches(number, signature)
        return not self.failed


@bug("fail-not-awaited")
class FailNotAwaited(Client):
    """does not wait for the answer to FAIL"""

    owed = False

    def verdict(self, number, signature):
        if self.matches(number, signature):
            super().verdict(number, signature)
        else:
            self.command(b"FAIL")
            self.owed = True

    def expect(self, reply):
        if self.owed:
            self.owed = False
            super().expect(b"260 OK")
        super().expect(reply)


@bug("verdict-not-awaited")
class VerdictNotAwaited(Client):
    """does not wait for the answer to the last verdict"""

    def verdict(self, number, signature):
        if number + 1 < len(self.messages):
            super().verdict(number, signature)
        else:
            self.command(b"PASS" if self.matches(number, signature) else b"FAIL")


# ---- the end


@bug("no-quit")
class NoQuit(Client):
    """closes without QUIT"""

    def quit(self):
        pass


@bug("quit-awaits-reply")
class QuitAwaitsReply(Client):
    """waits for an answer to QUIT"""

    def quit(self):
        super().quit()
        self.expect(b"260 OK")


@bug("never-closes")
class NeverCloses(Client):
    """keeps the connection open after QUIT, even when the server has closed it"""

    def finish(self):
        wait_for_ever()


@bug("never-ends")
class NeverEnds(Client):
    """closes the connection, but does not end"""

    def finish(self):
        super().finish()
        wait_for_ever()


@bug("quit-resets")
class QuitResets(Client):
    """resets the connection after QUIT"""

    def finish(self):
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()


@bug("sends-after-quit")
class SendsAfterQuit(Client):
    """says something behind QUIT"""

    def quit(self):
        super().quit()
        self.command(b"BYE")


# ---- output


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


if __name__ == "__main__":
    sys.exit(bug.main(sys.argv[1:]))
