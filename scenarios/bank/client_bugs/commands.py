"""Bugs of a client: the opening and the form of commands."""

from bugs import bug
from chat_client import Client


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
