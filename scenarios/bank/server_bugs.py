"""Servers with one bug each, as students have written them. See bugs.py for how to run one, and expected.txt for who catches it."""

import hashlib
import os
import re
import signal
import socket
import struct
import sys

from bugs import Bank
from chat_server import Server, Violation

bug = Bank(Server)

# ---- start: command line and files


@bug("ignores-port")
class IgnoresPort(Server):
    """listens on a port of its own choice"""

    def listen(self, port):
        return super().listen(0)


@bug("never-listens")
class NeverListens(Server):
    """binds, but forgets to listen; accept() fails, and so does the program"""

    def listen(self, port):
        listener = socket.socket()
        listener.bind(("", port))
        return listener

    def serve_clients(self, listener):
        try:
            return super().serve_clients(listener)
        except OSError as problem:
            return self.refuse(problem)


@bug("bad-port-taken")
class BadPortTaken(Server):
    """takes a default where the port is not a number"""

    def read_port(self, text):
        return super().read_port(text) if text.isdigit() else 0


@bug("large-port-taken")
class LargePortTaken(Server):
    """does not look at the port's size; htons() makes another one of it"""

    def read_port(self, text):
        return super().read_port(text) if len(text) < 6 and int(text) < 65536 else 0


@bug("keys-optional")
class KeysOptional(Server):
    """serves without a key file where none is given"""

    def main(self, arguments):
        return super().main(arguments if len(arguments) == 2 else arguments + ["/dev/null"])

    def read_keys(self, path):
        return [b""] if path == "/dev/null" else super().read_keys(path)


@bug("port-optional")
class PortOptional(Server):
    """takes a port of its own where none is given"""

    def read_arguments(self, arguments):
        return super().read_arguments(arguments) if len(arguments) == 2 else (0, arguments[-1])


@bug("usage-on-stdout")
class UsageOnStdout(Server):
    """tells a wrong command line on standard output"""

    def refuse(self, problem):
        print("server: %s" % problem)
        return 2


@bug("refuses-with-status-0")
class RefusesWithStatusZero(Server):
    """ends with status 0 where the command line or a file is wrong"""

    def refuse(self, problem):
        super().refuse(problem)
        return 0


@bug("reads-keys-late")
class ReadsKeysLate(Server):
    """opens the key file when the first message asks for a key"""

    def read_keys(self, path):
        self.path = path
        return []

    def next_key(self):
        if not self.keys:
            self.keys = super().read_keys(self.path)
        return super().next_key()


@bug("empty-key-file")
class EmptyKeyFile(Server):
    """does not notice that there is no key in the file"""

    def read_keys(self, path):
        return super().read_keys(path) if os.stat(path).st_size else []


@bug("key-with-cr")
class KeyWithCr(Server):
    """keeps the CR of a key file with CR LF"""

    def trim_key(self, line):
        line = line[:-1] if line.endswith(b"\n") else line
        return line[:-1].rstrip(b" \t") + b"\r" if line.endswith(b"\r") else line.rstrip(b" \t")


@bug("key-with-blanks-behind")
class KeyWithBlanksBehind(Server):
    """keeps blanks behind a key"""

    def trim_key(self, line):
        return line.rstrip(b"\r\n")


@bug("key-stripped")
class KeyStripped(Server):
    """takes away blanks in front of a key, too"""

    def trim_key(self, line):
        return line.strip()


@bug("key-first-word")
class KeyFirstWord(Server):
    """reads keys word by word, as cin >> key does"""

    def trim_key(self, line):
        return (line.split() or [b""])[0]


@bug("key-last-byte-lost")
class KeyLastByteLost(Server):
    """cuts the last byte off each line, whether it is a line end or not"""

    def trim_key(self, line):
        return line[:-1].rstrip(b" \t\r")


@bug("key-as-utf-8")
class KeyAsUtf8(Server):
    """decodes the keys as UTF-8 and drops what is none"""

    def trim_key(self, line):
        return super().trim_key(line).decode("utf-8", "ignore").encode()


# ---- the opening and the form of replies


@bug("greets")
class Greets(Server):
    """greets whoever connects"""

    def begin(self):
        self.reply(b"220 Welcome")


@bug("ok-before-hello")
class OkBeforeHello(Server):
    """sends 260 OK on connecting, and nothing after HELLO"""

    def opening(self):
        self.reply(self.ok)
        command = self.read_command()
        if not self.is_word(command, b"HELLO"):
            self.no_hello(command)


@bug("hello-unchecked")
class HelloUnchecked(Server):
    """takes any first line for HELLO"""

    def no_hello(self, command):
        pass


@bug("hello-anywhere")
class HelloAnywhere(Server):
    """looks for HELLO anywhere in the line"""

    def opening(self):
        command = self.read_command()
        if b"HELLO" not in command:
            self.no_hello(command)
        self.reply(self.ok)


@bug("commands-by-prefix")
class CommandsByPrefix(Server):
    """compares only as many bytes as the command has, as strncmp() is used"""

    def is_word(self, command, word):
        return command.startswith(word)


@bug("commands-any-case")
class CommandsAnyCase(Server):
    """takes lower-case commands"""

    def is_word(self, command, word):
        return command.upper() == word


@bug("commands-stripped")
class CommandsStripped(Server):
    """strips blanks around commands"""

    def is_word(self, command, word):
        return command.strip() == word


@bug("hello-twice")
class HelloTwice(Server):
    """answers HELLO whenever it comes"""

    def unknown_command(self, command):
        if command != b"HELLO":
            super().unknown_command(command)
        self.reply(self.ok)


@bug("no-hello-needed")
class NoHelloNeeded(Server):
    """takes DATA without HELLO"""

    def no_hello(self, command):
        if command != b"DATA":
            super().no_hello(command)
        self.message()
        self.converse = lambda: None


@bug("silent-after-hello")
class SilentAfterHello(Server):
    """does not answer HELLO"""

    def opening(self):
        if not self.is_word(self.read_command(), b"HELLO"):
            self.no_hello(b"")


@bug("reply-with-crlf")
class ReplyWithCrlf(Server):
    """ends replies with CR LF"""

    line_end = b"\r\n"


@bug("reply-without-line-end")
class ReplyWithoutLineEnd(Server):
    """ends replies with nothing"""

    line_end = b""


@bug("reply-with-nul")
class ReplyWithNul(Server):
    """sends the NUL behind the string, too"""

    line_end = b"\n\0"


@bug("reply-with-cr-before")
class ReplyWithCrBefore(Server):
    """begins replies with a stray CR"""

    def reply(self, text):
        super().reply(b"\r" + text)


@bug("reply-with-blank")
class ReplyWithBlank(Server):
    """has a blank behind the reply"""

    ok = b"260 OK "


@bug("reply-okay")
class ReplyOkay(Server):
    """says 260 Okay"""

    ok = b"260 Okay"


@bug("reply-200")
class Reply200(Server):
    """says 200 OK, as HTTP does"""

    ok = b"200 OK"


# ---- TCP is a stream


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


# ---- text and terminator


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


# ---- escaping


@bug("not-unescaped")
class NotUnescaped(Server):
    """hashes the text as it came"""

    def unescape(self, line):
        return line


@bug("dots-only-unescaped")
class DotsOnlyUnescaped(Server):
    """unescapes dots, but not backslashes"""

    def unescape(self, line):
        return line.replace(b"\\.", b".")


@bug("backslashes-only-unescaped")
class BackslashesOnlyUnescaped(Server):
    """unescapes backslashes, but not dots"""

    def unescape(self, line):
        return line.replace(b"\\\\", b"\\")


@bug("unescaped-dots-first")
class UnescapedDotsFirst(Server):
    """unescapes in two passes, dots first"""

    def unescape(self, line):
        return line.replace(b"\\.", b".").replace(b"\\\\", b"\\")


@bug("unescaped-backslashes-first")
class UnescapedBackslashesFirst(Server):
    """unescapes in two passes, backslashes first"""

    def unescape(self, line):
        return line.replace(b"\\\\", b"\\").replace(b"\\.", b".")


@bug("unescaped-once-per-line")
class UnescapedOncePerLine(Server):
    """unescapes the first place of a line only"""

    def unescape(self, line):
        return re.sub(rb"\\([\\.])", rb"\1", line, count=1)


@bug("unescaped-at-line-start")
class UnescapedAtLineStart(Server):
    """unescapes at the start of a line only"""

    def unescape(self, line):
        return re.sub(rb"^\\([\\.])", rb"\1", line)


@bug("unescapes-c")
class UnescapesC(Server):
    """makes a line end of \\n and a tab of \\t, as C does"""

    def unescape(self, line):
        table = {b"n": b"\n", b"t": b"\t", b"r": b"\r"}
        return re.sub(rb"\\([\\.ntr])", lambda found: table.get(found[1], found[1]), line)


@bug("drops-backslashes")
class DropsBackslashes(Server):
    """takes away the backslash before any byte"""

    def unescape(self, line):
        return re.sub(rb"\\(.)", rb"\1", line, flags=re.DOTALL)


@bug("last-backslash-lost")
class LastBackslashLost(Server):
    """loses a backslash at the end of a line"""

    def unescape(self, line):
        return re.sub(rb"\\([\\.]|$)", rb"\1", line)


@bug("last-backslash-crashes")
class LastBackslashCrashes(Server):
    """reads behind a backslash at the end of a line"""

    def unescape(self, line):
        if re.search(rb"(^|[^\\])(\\\\)*\\$", line):
            os.kill(os.getpid(), signal.SIGSEGV)
        return super().unescape(line)


# ---- signature


@bug("hashed-twice")
class HashedTwice(Server):
    """hashes the hash once more"""

    def digest(self, data):
        return super().digest(super().digest(data))


@bug("sha-512")
class Sha512(Server):
    """takes SHA-512, cut to 64 digits"""

    def digest(self, data):
        return hashlib.sha512(data).hexdigest()[:64].encode()


@bug("key-before-text")
class KeyBeforeText(Server):
    """hashes the key before the text"""

    def sign(self, lines, key):
        return self.digest(key + self.text(lines))


@bug("key-with-lf")
class KeyWithLf(Server):
    """hashes the key with its line end"""

    def sign(self, lines, key):
        return super().sign(lines, key + b"\n")


@bug("key-forgotten")
class KeyForgotten(Server):
    """hashes the text alone"""

    def sign(self, lines, key):
        return super().sign(lines, b"")


@bug("key-after-each-line")
class KeyAfterEachLine(Server):
    """hashes the key behind each line"""

    def sign(self, lines, key):
        return self.digest(b"".join(self.unescape(line) + key for line in lines) or key)


@bug("first-key-always")
class FirstKeyAlways(Server):
    """signs every message with the first key"""

    def key(self, index):
        return self.keys[0]


@bug("last-key-always")
class LastKeyAlways(Server):
    """signs every message with the last key"""

    def key(self, index):
        return self.keys[-1]


@bug("keys-from-the-second")
class KeysFromTheSecond(Server):
    """counts before it takes the key, and so begins with the second"""

    def key(self, index):
        return self.keys[(index + 1) % len(self.keys)]


@bug("key-counts-passes")
class KeyCountsPasses(Server):
    """advances to the next key after PASS only"""

    def after_fail(self):
        self.used -= 1
        super().after_fail()


@bug("key-per-line")
class KeyPerLine(Server):
    """advances to the next key with each line of text"""

    def sign(self, lines, key):
        self.used += max(len(lines) - 1, 0)
        return super().sign(lines, key)

    def next_key(self):
        self.used = min(self.used, len(self.keys))
        return super().next_key()


@bug("hash-goes-on")
class HashGoesOn(Server):
    """does not begin a new hash for the second message"""

    before = b""

    def sign(self, lines, key):
        self.before += self.text(lines) + key
        return self.digest(self.before)


@bug("text-goes-on")
class TextGoesOn(Server):
    """does not clear the text before the second message"""

    before = b""

    def text(self, lines):
        self.before += super().text(lines)
        return self.before


# ---- verdict


@bug("fail-unanswered")
class FailUnanswered(Server):
    """answers PASS, but not FAIL"""

    def after_fail(self):
        pass


@bug("fail-answered-with-fail")
class FailAnsweredWithFail(Server):
    """answers FAIL with 260 FAIL"""

    def after_fail(self):
        self.reply(b"260 FAIL")


@bug("fail-closes")
class FailCloses(Server):
    """closes after FAIL"""

    def after_fail(self):
        raise Violation("the signature is wrong")


@bug("pass-unanswered")
class PassUnanswered(Server):
    """answers FAIL, but not PASS"""

    def after_pass(self):
        pass


@bug("pass-closes")
class PassCloses(Server):
    """closes after the first PASS, with an answer"""

    def after_pass(self):
        super().after_pass()
        raise Violation("that was it")


@bug("verdict-unchecked")
class VerdictUnchecked(Server):
    """takes any line for a verdict"""

    def no_verdict(self, command):
        self.reply(self.ok)


@bug("verdict-ignored")
class VerdictIgnored(Server):
    """goes on with DATA or QUIT where a verdict is due"""

    def no_verdict(self, command):
        if command == b"DATA":
            self.message()
        elif command != b"QUIT":
            super().no_verdict(command)
        else:
            self.no_verdict = lambda command: None


@bug("verdict-refused-with-reply")
class VerdictRefusedWithReply(Server):
    """answers an unknown verdict with an error and waits for another"""

    def no_verdict(self, command):
        self.reply(b"500 PASS or FAIL")
        self.verdict()


@bug("hello-for-each-message")
class HelloForEachMessage(Server):
    """wants HELLO before the second message, too"""

    def after_pass(self):
        super().after_pass()
        if not self.is_word(self.read_command(), b"HELLO"):
            raise Violation("expected HELLO")


# ---- quit, violations and the end


@bug("quit-answered")
class QuitAnswered(Server):
    """answers QUIT"""

    def quit(self):
        self.reply(self.ok)


@bug("quit-leaves-open")
class QuitLeavesOpen(Server):
    """does not close after QUIT, but waits for more"""

    def quit(self):
        while self.connection.recv(4096):
            pass


@bug("quit-ignored")
class QuitIgnored(Server):
    """takes QUIT for an unknown command, and those it ignores"""

    def converse(self):
        self.opening()
        while True:
            command = self.read_command()
            if self.is_word(command, b"DATA"):
                self.message()
            elif not self.is_word(command, b"QUIT"):
                self.unknown_command(command)


@bug("quit-needs-message")
class QuitNeedsMessage(Server):
    """ignores QUIT before the first message"""

    def quit(self):
        if self.used == 0:
            while self.connection.recv(4096):
                pass


@bug("quit-resets")
class QuitResets(Server):
    """resets the connection after QUIT"""

    def quit(self):
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()


@bug("status-1-after-quit")
class Status1AfterQuit(Server):
    """ends with status 1 although all went well"""

    def serve_client(self):
        return super().serve_client() or 1


@bug("unknown-command-ignored")
class UnknownCommandIgnored(Server):
    """ignores unknown commands"""

    def unknown_command(self, command):
        pass


@bug("unknown-command-answered")
class UnknownCommandAnswered(Server):
    """answers unknown commands with an error, and closes"""

    def unknown_command(self, command):
        self.reply(b"500 What?")
        super().unknown_command(command)


@bug("no-hello-answered")
class NoHelloAnswered(Server):
    """answers a wrong opening with an error, and closes"""

    def no_hello(self, command):
        self.reply(b"500 HELLO first")
        super().no_hello(command)


@bug("no-hello-left-open")
class NoHelloLeftOpen(Server):
    """waits for another opening after a wrong one"""

    def no_hello(self, command):
        while command != b"HELLO":
            command = self.read_command()


@bug("violation-left-open")
class ViolationLeftOpen(Server):
    """does not close after a violation"""

    def complain(self, problem):
        super().complain(problem)
        while self.connection.recv(4096):
            pass


@bug("violation-resets")
class ViolationResets(Server):
    """closes with bytes unread, which resets the connection"""

    def complain(self, problem):
        super().complain(problem)
        self.connection.close()


@bug("violation-silent")
class ViolationSilent(Server):
    """says nothing about a violation"""

    def complain(self, problem):
        pass


@bug("violation-on-stdout")
class ViolationOnStdout(Server):
    """tells a violation on standard output"""

    def complain(self, problem):
        print("server: %s" % problem)


@bug("keys-begin-again")
class KeysBeginAgain(Server):
    """begins with the first key again when none is left"""

    def no_key_left(self):
        return self.keys[0]


@bug("last-key-goes-on")
class LastKeyGoesOn(Server):
    """goes on with an empty key when none is left"""

    def no_key_left(self):
        return b""


@bug("no-key-noticed-late")
class NoKeyNoticedLate(Server):
    """reads the text before it sees that there is no key left"""

    def no_key_left(self):
        self.read_text()
        return super().no_key_left()


@bug("pass-before-data")
class PassBeforeData(Server):
    """answers PASS and FAIL in any state"""

    def unknown_command(self, command):
        if command not in (b"PASS", b"FAIL"):
            super().unknown_command(command)
        self.reply(self.ok)


@bug("end-not-noticed")
class EndNotNoticed(Server):
    """takes the end of the stream for no data yet, and asks again for ever"""

    def receive(self):
        while True:
            data = self.connection.recv(65536)
            if data:
                return data


@bug("end-signs")
class EndSigns(Server):
    """takes the end of the stream for the end of the text"""

    def read_text(self):
        lines = []
        while True:
            try:
                line = self.take_line()
            except Violation:
                return lines
            if self.is_terminator(line):
                return lines
            lines.append(line)


@bug("end-completes-line")
class EndCompletesLine(Server):
    """takes the end of the stream for the end of a line"""

    def receive(self):
        data = self.connection.recv(65536)
        if not data and self.buffer:
            return b"\n"
        if not data:
            raise Violation("the connection ended before QUIT")
        return data

    def read_line(self):
        while b"\n" not in self.buffer:
            self.buffer += self.receive()
        line, _, self.buffer = self.buffer.partition(b"\n")
        return self.strip_line_end(line)


@bug("end-crashes")
class EndCrashes(Server):
    """aborts where the client is gone"""

    def receive(self):
        data = self.connection.recv(65536)
        if not data:
            os.abort()
        return data


class Serial(Server):
    """A correct server that serves one client after the other."""

    def serve_clients(self, listener):
        while True:
            self.connection, _ = listener.accept()
            self.serve_client()


bug.bugs["none-serial"] = Serial


@bug("keys-go-on")
class KeysGoOn(Serial):
    """goes on with the keys where the client before has stopped"""

    total = 0

    def serve_client(self):
        status = super().serve_client()
        self.total += self.used
        return status

    def key(self, index):
        return self.keys[(self.total + index) % len(self.keys)]


@bug("state-goes-on")
class StateGoesOn(Serial):
    """does not want HELLO from the second client, which it takes for the first"""

    opened = False

    def opening(self):
        if not self.opened:
            super().opening()
        self.opened = True


@bug("buffer-goes-on")
class BufferGoesOn(Serial):
    """keeps what the client before has sent too much"""

    left = b""

    def begin(self):
        self.buffer = self.left

    def finish(self):
        self.left = self.buffer
        super().finish()


@bug("second-client-refused")
class SecondClientRefused(Serial):
    """closes the second client's connection at once"""

    served = False

    def begin(self):
        if self.served:
            raise Violation("one client is enough")
        self.served = True


# ---- output


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


if __name__ == "__main__":
    sys.exit(bug.main(sys.argv[1:]))
