"""Bugs of a server: signature."""

import hashlib

from bugs import bug
from chat_server import Server


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


@bug("padding-in-one-block")
class PaddingInOneBlock(Server):
    """has a SHA-256 of its own that forgets the second block where the length does not fit into the first"""

    def digest(self, data):
        if len(data) % 64 < 56:
            return super().digest(data)
        return super().digest(data[: len(data) - len(data) % 64])


@bug("key-unescaped")
class KeyUnescaped(Server):
    """unescapes the key together with the text"""

    def sign(self, lines, key):
        return super().sign(lines, self.unescape(key))


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


@bug("eight-keys")
class EightKeys(Server):
    """has an array for eight keys"""

    def read_keys(self, path):
        return super().read_keys(path)[:8]


@bug("sixteen-keys")
class SixteenKeys(Server):
    """has an array for sixteen keys"""

    def read_keys(self, path):
        return super().read_keys(path)[:16]


@bug("keys-in-a-table")
class KeysInATable(Server):
    """keeps its keys as the keys of a table, so that a key that comes again is lost"""

    def read_keys(self, path):
        keys = super().read_keys(path)
        return [key for number, key in enumerate(keys) if number == 0 or key == keys[number - 1] or key not in keys[:number]]


@bug("key-for-text-only")
class KeyForTextOnly(Server):
    """takes no key for an empty message"""

    def sign(self, lines, key):
        if not lines:
            self.used -= 1
        return super().sign(lines, key)
