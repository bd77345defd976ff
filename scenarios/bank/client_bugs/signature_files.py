"""Bugs of a client: signature files."""

from bugs import bug
from chat_client import Client


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
