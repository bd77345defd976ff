"""The table of operators: what a mutant may write in place of what stands in a source.

A front end (python_sites.py, clang_sites.py, token_sites.py) finds *sites*: places of a kind that every language has, such as a number or a
condition. For each kind a row of KINDS tells what may stand there instead. All positions are of characters in a text that was decoded as
Latin-1, so that they are those of bytes, too.
"""

import collections
import dataclasses
import re


@dataclasses.dataclass(frozen=True)
class Words:
    """How a language says what an operator writes."""

    negated: str  # with {} for the condition
    true: str
    false: str
    nothing: str  # the statement that does nothing
    values: tuple  # what a function may return in place of what it does


WORDS = {
    "python": Words("not ({})", "True", "False", "pass", ("None",)),
    "c": Words("!({})", "1", "0", ";", ("0", "1")),
    "cpp": Words("!({})", "true", "false", ";", ("{}",)),
    "javascript": Words("!({})", "true", "false", ";", ("undefined",)),
    "java": Words("!({})", "true", "false", ";", ("null", "0")),
    "perl": Words("!({})", "1", "0", ";", ("undef",)),
    "ruby": Words("!({})", "true", "false", "nil", ("nil",)),
    "go": Words("!({})", "true", "false", "", ("nil",)),
    "rust": Words("!({})", "true", "false", ";", ("Default::default()",)),
}


@dataclasses.dataclass(frozen=True)
class Site:
    """A place in a source: the characters from begin to end; of arguments that may change places also where the first ends and the second begins."""

    kind: str
    begin: int
    end: int
    between: tuple = ()


@dataclasses.dataclass(frozen=True)
class Mutation:
    """One change of a source."""

    operator: str
    begin: int
    end: int
    replacement: str
    number: int = 1  # which of those that do the same to a line of the same text

    def applied(self, source):
        # What comes after keeps its line number, so that nothing but the change makes compiled code another.
        lost = source.count("\n", self.begin, self.end) - self.replacement.count("\n")
        return source[: self.begin] + self.replacement + "\n" * lost + source[self.end :]

    def line(self, source):
        """The line of the source in which it begins, without the blanks around it."""
        begin = source.rfind("\n", 0, self.begin) + 1
        return source[begin : (source + "\n").index("\n", self.begin)].strip()

    def told(self, source):
        """What it does, in one line; with #2 where a line of this text has the same a second time, and so on."""
        change = f"{self.operator}: {_short(source[self.begin : self.end])} -> {_short(self.replacement)}"
        return change + (f" #{self.number}" if self.number > 1 else "")


def _short(text):
    return " ".join(text.split()) or "nothing"


# What an operator, a word or a name becomes, and by which operator of mutation.
_REPLACED = {
    "comparison": {"==": ["!="], "!=": ["=="], "===": ["!=="], "!==": ["==="], "<": [">="], "<=": [">"], ">": ["<="], ">=": ["<"],
                   "is": ["is not"], "is not": ["is"], "in": ["not in"], "not in": ["in"],
                   "eq": ["ne"], "ne": ["eq"], "=~": ["!~"], "!~": ["=~"]},
    "boundary": {"<": ["<="], "<=": ["<"], ">": [">="], ">=": [">"]},
    "logic": {"and": ["or"], "or": ["and"], "&&": ["||"], "||": ["&&"], "not": [""], "!": [""]},
    "arithmetic": {"+": ["-"], "-": ["+"], "*": ["/"], "/": ["*"], "%": ["*"], "+=": ["-="], "-=": ["+="], "++": ["--"], "--": ["++"],
                   "<<": [">>"], ">>": ["<<"], "&": ["|"], "|": ["&"], "^": ["&"]},
    "boolean": {"True": ["False"], "False": ["True"], "true": ["false"], "false": ["true"]},
    "jump": {"break": ["continue"], "continue": ["break"], "last": ["next"], "next": ["last"]},
    "name": {"startswith": ["endswith"], "endswith": ["startswith"], "startsWith": ["endsWith"], "endsWith": ["startsWith"],
             "starts_with": ["ends_with"], "ends_with": ["starts_with"], "lower": ["upper"], "any": ["all"], "all": ["any"],
             "find": ["rfind"], "rstrip": ["strip", "lstrip"], "min": ["max"], "max": ["min"], "lstrip": ["rstrip"],
             "toLowerCase": ["toUpperCase"], "indexOf": ["lastIndexOf"], "tolower": ["toupper"], "strchr": ["strrchr"], "lc": ["uc"],
             "memcmp": ["memcpy"], "downcase": ["upcase"], "any?": ["all?"], "all?": ["any?"]},
}
_BY_TEXT = {}
for _operator, _rows in _REPLACED.items():
    for _text, _others in _rows.items():
        _BY_TEXT.setdefault(_text, []).extend((_operator, other) for other in _others)


def is_replaced(text):
    """Whether the table has another token for this one."""
    return text in _BY_TEXT


def _token(text, words):
    return _BY_TEXT.get(text, [])


def _number(text, words):
    digits = text.rstrip("uUlLn").replace("_", "")
    try:
        value = int(digits, 0) if digits != "0" and not re.fullmatch(r"0\d+", digits) else int(digits, 8)
    except ValueError:
        return []  # a fraction, which no program of these has
    return [("number", str(other)) for other in dict.fromkeys((value + 1, value - 1, 0)) if other >= 0 and other != value]


def _string(text, words):
    """`text` is what stands between the quotes."""
    changed = [("string", text + "x"), *([("string", "")] if text else [])]
    escapes = re.finditer(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|[0-7]{1,3}|.)", text)
    return changed + [("escape", text[: one.start()] + text[one.end() :]) for one in escapes if one.group() != text]


def _character(text, words):
    return [("string", "x" if text != "x" else "y")]


def _condition(text, words):
    return [("condition", words.negated.format(text)), ("condition", words.true), ("condition", words.false)]


def _statement(text, words):
    return [("deletion", words.nothing)]


def _value(text, words):
    return [("return", value) for value in words.values if value != text.strip()]


KINDS = {
    "token": _token,
    "number": _number,
    "string": _string,
    "character": _character,
    "condition": _condition,
    "statement": _statement,
    "value": _value,
}

OPERATORS = ("condition", "comparison", "boundary", "logic", "arithmetic", "number", "boolean", "string", "escape", "name", "arguments", "return",
             "jump", "deletion")  # as a table has them


def _swapped(source, site):
    first_end, second_begin = site.between
    first, second = source[site.begin : first_end], source[second_begin : site.end]
    return [] if first == second else [("arguments", second + source[first_end:second_begin] + first)]


def mutations(source, sites, language):
    """Every mutation of these sites, in the order of the source, none twice."""
    found = {}
    for site in sites:
        text = source[site.begin : site.end]
        changes = _swapped(source, site) if site.kind == "arguments" else KINDS[site.kind](text, WORDS[language])
        for operator, replacement in changes:
            mutation = Mutation(operator, site.begin, site.end, replacement)
            if replacement != text:
                found.setdefault(mutation.applied(source), mutation)
    ordered = sorted(found.values(), key=lambda one: (one.begin, one.end, one.operator, one.replacement))
    return list(_numbered(source, ordered))


def _numbered(source, ordered):
    seen = collections.Counter()
    for one in ordered:
        place = one.told(source), one.line(source)
        seen[place] += 1
        yield dataclasses.replace(one, number=seen[place])


def applied_together(source, mutations):
    """The source with all of these changes, of which no two are of the same place."""
    for mutation in sorted(mutations, key=lambda one: (one.begin, one.end), reverse=True):
        source = mutation.applied(source)
    return source


def apart(mutations, size):
    """Groups of at most `size` of these, of which no two change the same place; neighbours in the source are in different groups where that can be."""
    groups = [[] for _ in range(-(-len(mutations) // size))]
    for mutation in sorted(mutations, key=lambda one: (one.begin, one.end)):
        free = [group for group in groups if not group or (len(group) < size and group[-1].end <= mutation.begin)]
        if not free:
            groups.append([])
            free = groups[-1:]
        min(free, key=lambda group: group[-1].end if group else -1).append(mutation)
    return groups
