"""Bugs of a server: quit, violations and the end."""

import array
import fcntl
import os
import socket
import struct
import sys
import termios
import time

from bugs import bug
from chat_server import Server, Violation


def unacknowledged_bytes(connection):
    count = array.array("i", [0])
    fcntl.ioctl(connection, termios.TIOCOUTQ, count)
    return count[0]


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
        # What the kernel has not sent by then is lost in a reset; which must not be left to chance.
        while unacknowledged_bytes(self.connection):
            time.sleep(0.001)
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


@bug("greets-and-says-nothing")
class GreetsAndSaysNothing(ViolationSilent):
    """greets on standard error, and says nothing about a violation"""

    def listen(self, port):
        print("server: waiting on port %d" % port, file=sys.stderr)
        return super().listen(port)

    def begin(self):
        print("server: a client came", file=sys.stderr)


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


@bug("none-serial")
class Serial(Server):
    """none: serves one client after the other"""

    def serve_clients(self, listener):
        while True:
            self.connection, _ = listener.accept()
            self.serve_client()


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
    """does not forget, for the second client, that the first one has said HELLO"""

    opened = False

    def opening(self):
        super().opening()
        self.opened = True

    def no_hello(self, command):
        if not self.opened or command != b"DATA":
            super().no_hello(command)
        self.message()


@bug("buffer-goes-on")
class BufferGoesOn(Serial):
    """keeps what the client before has sent too much"""

    left = b""

    def begin(self):
        self.buffer = self.left

    def finish(self):
        self.left = self.buffer
        super().finish()


@bug("end-after-signature-awaited")
class EndAfterSignatureAwaited(Server):
    """asks again for a verdict for ever where the client has left after its signature"""

    def verdict(self):
        while True:
            try:
                return super().verdict()
            except Violation:
                if self.connection.recv(1):
                    raise


@bug("end-after-message-awaited")
class EndAfterMessageAwaited(Server):
    """asks again for a command for ever where the client has left after a message"""

    def read_command(self):
        while True:
            try:
                return super().read_command()
            except Violation:
                if self.used == 0:
                    raise


@bug("end-in-line-is-a-line")
class EndInLineIsALine(Server):
    """signs what it has where the client leaves within a line"""

    def read_text(self):
        lines = []
        while True:
            try:
                line = self.take_line()
            except Violation:
                if not self.half:
                    raise
                return lines + [self.half]
            if self.is_terminator(line):
                return lines
            lines.append(line)

    half = b""

    def receive(self):
        self.half = self.buffer
        return super().receive()


@bug("reset-crashes")
class ResetCrashes(Server):
    """aborts where the client resets the connection"""

    def receive(self):
        try:
            return super().receive()
        except ConnectionResetError:
            os.abort()


@bug("closes-with-bytes-unread")
class ClosesWithBytesUnread(Server):
    """closes at once after QUIT, with what came behind it unread"""

    def receive(self):
        data = self.connection.recv(5)
        if not data:
            raise Violation("the connection ended before QUIT")
        return data

    def quit(self):
        self.connection.close()


@bug("quit-after-pass-only")
class QuitAfterPassOnly(Server):
    """takes QUIT after PASS, but not after FAIL"""

    failed = False

    def after_pass(self):
        self.failed = False
        super().after_pass()

    def after_fail(self):
        self.failed = True
        super().after_fail()

    def quit(self):
        if self.failed:
            self.reply(b"500 No")


@bug("quit-needs-all-messages")
class QuitNeedsAllMessages(Server):
    """takes QUIT for a mistake where keys are left"""

    def quit(self):
        if 0 < self.used < len(self.keys):
            self.reply(b"500 There is more")


@bug("quit-needs-keys")
class QuitNeedsKeys(Server):
    """awaits a DATA for the last key, whatever comes"""

    def quit(self):
        if self.used == len(self.keys) > 1:
            self.connection.recv(4096)


@bug("unknown-command-ignored-later")
class UnknownCommandIgnoredLater(Server):
    """ignores unknown commands behind the first message"""

    def unknown_command(self, command):
        if self.used == 0:
            super().unknown_command(command)


@bug("wrong-command-silent")
class WrongCommandSilent(Server):
    """says nothing about a wrong command"""

    def unknown_command(self, command):
        self.complain = lambda problem: None
        super().unknown_command(command)


@bug("wrong-verdict-silent")
class WrongVerdictSilent(Server):
    """says nothing about a wrong verdict"""

    def no_verdict(self, command):
        self.complain = lambda problem: None
        super().no_verdict(command)


@bug("missing-key-silent")
class MissingKeySilent(Server):
    """says nothing about a missing key"""

    def no_key_left(self):
        self.complain = lambda problem: None
        return super().no_key_left()


@bug("reset-in-text-crashes")
class ResetInTextCrashes(Server):
    """aborts where the client resets the connection within a text"""

    def read_text(self):
        try:
            return super().read_text()
        except ConnectionResetError:
            os.abort()


@bug("mistyped-quit-silent")
class MistypedQuitSilent(Server):
    """takes whatever begins like QUIT for it"""

    def unknown_command(self, command):
        if not command.startswith((b"QUI", b"qui")):
            super().unknown_command(command)
        raise Violation("")

    def complain(self, problem):
        if str(problem):
            super().complain(problem)


@bug("violation-crashes")
class ViolationCrashes(Server):
    """aborts on a violation"""

    def complain(self, problem):
        if "expected" in str(problem) or "no key" in str(problem):
            os.abort()
        super().complain(problem)
