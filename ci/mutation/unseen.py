"""The list of mutants that the suite does not kill, each with the reason why. ci/mutation/README.md says how to read it.

    KIND  REASON
      FILE | WHAT | LINE

FILE is a source below scenarios/implementations/correct/. WHAT is an operator with what it does, as ci/mutants prints it; `*` in it is anything,
and ` or ` stands between several. LINE is the source's line, without the blanks around it, wherever in the file it stands.
"""

import dataclasses
import re

KINDS = {
    "same": "does the same",  # equivalent, though no compiler sees it
    "free": "differs in what the protocol leaves free",
    "missed": "ought to be seen",  # counted as a survivor
}


@dataclasses.dataclass
class Entry:
    kind: str
    reason: str
    path: str
    what: str
    line: str
    place: str  # in the list
    matched: bool = False

    def is_of(self, path, told, line):
        return path == self.path and line == self.line and any(_describes(what, told) for what in self.what.split(" or "))


def _describes(pattern, told):
    return re.fullmatch(".*".join(re.escape(part) for part in pattern.split("*")), told) is not None


class ListError(Exception):
    pass


def read(path):
    entries, kind, reason = [], None, None
    for number, line in enumerate(path.read_text().splitlines(), 1):
        place = f"{path.name}:{number}"
        if not line.strip() or line.startswith("#"):
            continue
        if not line.startswith(" "):
            kind, _, reason = line.partition(" ")
            if kind not in KINDS or not reason.strip():
                raise ListError(f"{place}: expected one of {', '.join(KINDS)} and a reason, found {line!r}")
            continue
        fields = [field.strip() for field in line.split(" | ", 2)]
        if len(fields) != 3 or kind is None:
            raise ListError(f"{place}: expected FILE | WHAT | LINE below a reason, found {line.strip()!r}")
        entries.append(Entry(kind, reason.strip(), *fields, place))
    return entries


def entry_of(entries, path, told, line):
    """The entry that tells of this mutant, or nothing."""
    return next((entry for entry in entries if entry.is_of(path, told, line)), None)
