"""Bugs of a server: the opening and the form of replies."""

from bugs import bug
from chat_server import Server


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


@bug("commands-end-at-nul")
class CommandsEndAtNul(Server):
    """compares commands up to a NUL, as strcmp() does"""

    def is_word(self, command, word):
        return command.split(b"\0")[0] == word


@bug("commands-as-utf-16")
class CommandsAsUtf16(Server):
    """takes commands in UTF-16 as well"""

    def is_word(self, command, word):
        return word in (command, command.decode("utf-16-le", "replace").encode())


@bug("commands-contain")
class CommandsContain(Server):
    """looks for DATA and QUIT anywhere in a command"""

    def is_word(self, command, word):
        return word in command if word in (b"DATA", b"QUIT") else command == word
