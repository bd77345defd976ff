"""Bugs of a client: verdict."""

import os
import signal

from bugs import bug
from chat_client import Client, Violation


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


@bug("signatures-by-text")
class SignaturesByText(Client):
    """keeps signatures by their text, so that a text that comes twice has the later one"""

    def matches(self, number, signature):
        last = max(index for index, text in enumerate(self.messages) if text == self.messages[number])
        return super().matches(last, signature)


@bug("all-upper-or-all-lower")
class AllUpperOrAllLower(Client):
    """takes a signature in upper case or in lower case, but not in both"""

    def matches(self, number, signature):
        wanted = self.signatures[number].lower()
        return signature in (wanted, wanted.upper())


@bug("gives-up-after-two-fails")
class GivesUpAfterTwoFails(Client):
    """gives up when two signatures in a row are wrong"""

    row = 0

    def matches(self, number, signature):
        matches = super().matches(number, signature)
        self.row = 0 if matches else self.row + 1
        return matches

    def message(self, number, text):
        if self.row == 2:
            raise Violation("two signatures were wrong")
        super().message(number, text)


@bug("next-signature-too")
class NextSignatureToo(Client):
    """takes the signature of the next message as well"""

    def matches(self, number, signature):
        return any(super(NextSignatureToo, self).matches(at, signature) for at in range(number, min(number + 2, len(self.messages))))


@bug("upper-case-counts")
class UpperCaseCounts(Client):
    """takes a signature for right where it has only upper-case letters"""

    def matches(self, number, signature):
        return super().matches(number, signature) or (signature.isupper() and signature != signature.lower())


@bug("long-reply-crashes")
class LongReplyCrashes(Client):
    """writes a long reply behind the end of its buffer"""

    def read_reply(self):
        line = super().read_reply()
        if len(line) > 4096:
            os.kill(os.getpid(), signal.SIGSEGV)
        return line
