"""The code blocks of a page in Markdown, with what the comments in front of them say to whoever plays it.

A comment `<!-- KEY: VALUE -->` in front of a block, with nothing but blank lines and other such comments between, is about that block:

  not played: REASON    the commands of this block are not run, for this reason
  status: N             its last command ends with this status, and the ones before it with 0
  file: PATH            not commands but a file, which is written before the page goes on
  given: PATH = SOURCE  before this block, a file or folder of chatspec's sources is copied to PATH; may be repeated

Of a whole page, in its first lines, `<!-- played: at length -->` says that its commands take more than a moment, and `<!-- needs: TIER -->`
that it cannot be played where there is no `sandbox`, say.
"""

import dataclasses
import re

COMMENT = re.compile(r"<!-- ([a-z ]+): (.+) -->")
FENCE = re.compile(r"```(\S*)")
COMMAND = re.compile(r" {0,4}(\$ )?(build/bin/chat|chatspec [a-z-]|ci/[a-z-]+( |$))")
KEYS = {"not played", "status", "file", "given"}


class PageError(Exception):
    """What is wrong with a page, with its place."""


@dataclasses.dataclass
class Block:
    line: int  # of the page, of the fence
    language: str
    text: str
    marks: dict[str, list[str]]

    def mark(self, key):
        """What the comment of this key says, or None."""
        return self.marks.get(key, [None])[0]


@dataclasses.dataclass
class Page:
    name: str
    at_length: bool = False
    tier: str = "plain"  # that it needs
    blocks: list[Block] = dataclasses.field(default_factory=list)

    def commands(self):
        """How many blocks of commands it has."""
        return sum(block.language == "sh" for block in self.blocks)


def read_page(name, text):
    page = Page(name)
    lines = iter(enumerate(text.splitlines(), 1))
    marks = {}
    for number, line in lines:
        if comment := COMMENT.fullmatch(line):
            if comment.groups() == ("played", "at length"):
                page.at_length = True
            elif comment[1] == "needs":
                page.tier = comment[2]
            elif comment[1] in KEYS:
                marks.setdefault(comment[1], []).append(comment[2])
            else:
                raise PageError(f"{name}:{number}: there is no mark \"{comment[1]}\"")
        elif fence := FENCE.fullmatch(line):
            page.blocks.append(Block(number, fence[1], _read_to_fence(name, number, lines), marks))
            _check(name, page.blocks)
            marks = {}
        elif line.startswith("```"):
            raise PageError(f"{name}:{number}: after the fence of a block stands one word, its language")
        elif line.strip():
            if marks:
                raise PageError(f"{name}:{number}: a mark stands in front of no block: {', '.join(marks)}")
            if line.startswith("    ") and COMMAND.match(line):
                raise PageError(f"{name}:{number}: a command stands outside of a block of the language `sh`")
    return page


def _read_to_fence(name, begin, lines):
    text = []
    for _, line in lines:
        if line == "```":
            return "".join(line + "\n" for line in text)
        text.append(line)
    raise PageError(f"{name}:{begin}: the block does not end")


def _check(name, blocks):
    block = blocks[-1]
    place = f"{name}:{block.line}"
    if block.language == "output" and (len(blocks) < 2 or blocks[-2].language != "sh"):
        raise PageError(f"{place}: an output without commands in front of it")
    if block.language in ("", "text") and not block.mark("file") and COMMAND.match(block.text):
        raise PageError(f"{place}: a command stands outside of a block of the language `sh`")
