"""Bugs of a server: escaping."""

import os
import re
import signal

from bugs import bug
from chat_server import Server


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
