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


@bug("signature-as-number")
class SignatureAsNumber(Client):
    """reads signatures as numbers, so that 0x may stand in front of them"""

    def read_signature(self, line):
        return super().read_signature(line.removeprefix(b"0x"))


@bug("signature-first-word")
class SignatureFirstWord(Client):
    """reads the first word of each line, as cin >> signature does"""

    def read_signature(self, line):
        return super().read_signature(line.split(b" ")[0])


@bug("signature-first-64")
class SignatureFirst64(Client):
    """reads the first 64 digits of a line"""

    def is_signature(self, text):
        return super().is_signature(text[:64])

    def read_signature(self, line):
        return super().read_signature(line)[:64]


@bug("signature-blanks-dropped")
class SignatureBlanksDropped(Client):
    """takes away blanks wherever they stand in a signature"""

    def read_signature(self, line):
        return super().read_signature(line.replace(b" ", b""))


@bug("signature-empty-lines-skipped")
class SignatureEmptyLinesSkipped(Client):
    """skips empty lines of the signature file"""

    def signature_lines(self, content):
        return [line for line in super().signature_lines(content) if line.strip()]


@bug("signature-length-unchecked")
class SignatureLengthUnchecked(Client):
    """takes any number of digits for a signature"""

    def read_signature(self, line):
        signature = line.rstrip(b" \t\r")
        return signature if signature and not signature.strip(b"0123456789abcdef") else super().read_signature(line)


@bug("first-signature-checked-only")
class FirstSignatureCheckedOnly(Client):
    """looks at the first signature of the file only"""

    seen = False

    def read_signature(self, line):
        if self.seen:
            return line.rstrip(b" \t\r")
        self.seen = True
        return super().read_signature(line)


@bug("signatures-of-empty-file")
class SignaturesOfEmptyFile(Client):
    """answers FAIL to everything where the signature file is empty"""

    def compare_counts(self):
        if not self.signatures:
            self.signatures = [b"none"] * len(self.messages)
        super().compare_counts()


@bug("last-line-stripped-short")
class LastLineStrippedShort(Client):
    """cuts a last line without line end to 64 bytes from its end"""

    def signature_lines(self, content):
        lines = super().signature_lines(content)
        return lines if content.endswith(b"\n") or not lines else lines[:-1] + [lines[-1][-64:]]
