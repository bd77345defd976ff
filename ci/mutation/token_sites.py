"""The sites of a source in a language of which there is no syntax tree to be had: from its tokens, as Pygments has them, and from how brackets
nest. What this takes for a statement or a condition and is none makes a mutant that does not compile, which counts for nothing."""

import dataclasses
import re

from pygments import lexers
from pygments.token import Comment, Keyword, Name, Number, Operator, Punctuation, String, Text

from . import operators
from .operators import Site

_LEXERS = {".js": "javascript", ".java": "java", ".pl": "perl", ".rb": "ruby", ".go": "go", ".rs": "rust"}
_END_AT_LINE = (".rb", ".go")  # of a statement; elsewhere it is a semicolon
_BORROWED = {".rb": "&|", ".rs": "&|"}  # operators that in these programs are of references and blocks, and never of numbers
_WITH_CHARACTERS = (".java", ".go", ".rs")  # where '…' is one of these and not a string
_OPERATOR = re.compile(r"===|!==|\.\.\.?|==|!=|<=|>=|&&|\|\||\+\+|--|[-+]=|<<|>>|=~|!~|=>|->|::|<-|:=|.")
_QUOTED = re.compile(r"(?:[a-z]{0,2}#*)?(?P<quote>[\"'`/])(?P<text>.*)(?P=quote)\w*#*", re.DOTALL)
_PAIRS = {"(": ")", "[": "]", "{": "}"}
_CONDITIONAL = {"if", "unless", "elsif", "while", "until"}
_NO_STATEMENT = _CONDITIONAL | {  # by which begins what is no simple statement, or what would take its name away from what follows
    "class", "const", "def", "else", "end", "ensure", "enum", "fn", "for", "func", "function", "import", "let", "module", "my", "our", "package",
    "private", "public", "require", "rescue", "static", "struct", "sub", "type", "use", "var", "begin", "case", "when", "default", "try", "catch",
    "finally", "impl", "final", "}", ")", "]"}


@dataclasses.dataclass
class Token:
    kind: object
    begin: int
    text: str

    @property
    def end(self):
        return self.begin + len(self.text)


def _tokens(source, lexer):
    """Without blanks and comments; the pieces of a string, and of neighbouring operators, are put together before they are told apart."""
    joined = []
    for begin, kind, text in lexers.get_lexer_by_name(lexer).get_tokens_unprocessed(source):
        group = next((group for group in (Comment, String, Number, Operator, Punctuation, Keyword, Name) if kind in group), Text)
        if kind in Operator.Word:
            group = Keyword
        if group is Punctuation:
            group = Operator
        together = group in (String, Operator) and kind not in String.Interpol
        if joined and together and joined[-1].kind is group and joined[-1].end == begin and not (group is String and _QUOTED.fullmatch(joined[-1].text)):
            joined[-1].text += text
        else:
            joined.append(Token(group, begin, text))
    for token in joined:
        if token.kind is Operator:
            yield from (Token(Operator, token.begin + one.start(), one.group()) for one in _OPERATOR.finditer(token.text))
        elif token.kind is not Comment and token.text.strip():
            blanks = len(token.text) - len(token.text.lstrip())
            yield Token(token.kind, token.begin + blanks, token.text.strip())


def _simple_sites(tokens, characters, borrowed):
    for token in tokens:
        if token.kind is Number:
            yield Site("number", token.begin, token.end)
        elif token.kind is String:
            quoted = _QUOTED.fullmatch(token.text)
            if quoted:
                kind = "character" if characters and quoted["quote"] == "'" else "string"
                yield Site(kind, token.begin + quoted.start("text"), token.begin + quoted.end("text"))
        elif operators.is_replaced(token.text) and token.text not in borrowed:
            yield Site("token", token.begin, token.end)


class _Nest:
    """The tokens, and how they nest: `partners` has for each opening bracket's index that of the closing one, `around` for each token the
    innermost bracket that is open there."""

    def __init__(self, source, tokens, ends_at_line):
        self.source = source
        self.tokens = tokens
        self.ends_at_line = ends_at_line
        self.partners, self.around, opened = {}, [], []
        for index, token in enumerate(tokens):
            if opened and token.text == _PAIRS[tokens[opened[-1]].text]:
                self.partners[opened.pop()] = index
            self.around.append(tokens[opened[-1]].text if opened else "")
            if token.kind is Operator and token.text in _PAIRS:
                opened.append(index)

    def stands(self, index, *texts):
        return 0 <= index < len(self.tokens) and self.tokens[index].text in texts

    def is_first_of_line(self, index):
        return index == 0 or "\n" in self.source[self.tokens[index - 1].end : self.tokens[index].begin]

    def span(self, begin, end):
        """Of the tokens from begin to before end."""
        return self.tokens[begin].begin, self.tokens[end - 1].end

    def until(self, begin, *stops):
        """The index behind what begins at this one and goes on to one of these words, or to the end of the statement or of what is around it."""
        index = begin
        while index < len(self.tokens):
            is_next_line = index > begin and self.ends_at_line and self.is_first_of_line(index)
            if is_next_line or self.stands(index, ";", "}", ")", "]", *stops):
                break
            index = self.partners.get(index, index) + 1
        return index

    def conditions(self):
        for index, token in enumerate(self.tokens[:-1]):
            if token.text not in _CONDITIONAL:
                continue
            begin, end = index + 1, self.until(index + 1, "{", "then")
            if self.ends_at_line and self.stands(end, ";"):  # Go has a statement before the condition
                begin, end = end + 1, self.until(end + 1, "{")
            elif self.stands(begin, "(") and begin in self.partners:
                begin, end = begin + 1, self.partners[begin]
            if begin < end and not self.stands(begin, "let"):
                yield Site("condition", *self.span(begin, end))

    def returns(self):
        for index, token in enumerate(self.tokens[:-1]):
            end = self.until(index + 1, "if", "unless")
            if token.text == "return" and end > index + 1 and not self.is_first_of_line(index + 1):
                yield Site("value", *self.span(index + 1, end))

    def arguments(self):
        """Neighbours within the parentheses that stand directly behind a name."""
        for opening, closing in self.partners.items():
            called = self.tokens[opening - 1]
            if not self.stands(opening, "(") or called.kind is not Name or called.end != self.tokens[opening].begin:
                continue
            commas = [index for index in range(opening + 1, closing) if self.stands(index, ",") and self.partner_around(index) == opening]
            parts = [self.span(begin + 1, end) for begin, end in zip([opening, *commas], [*commas, closing]) if end > begin + 1]
            for (first, first_end), (second, second_end) in zip(parts, parts[1:]):
                yield Site("arguments", first, second_end, (first_end, second))

    def partner_around(self, index):
        """The bracket that is open there."""
        return max((opening for opening, closing in self.partners.items() if opening < index < closing), default=None)

    def statements(self):
        for index, token in enumerate(self.tokens):
            begins = index == 0 or self.stands(index - 1, ";", "{", "}") or (self.ends_at_line and self.is_first_of_line(index))
            is_simple = token.text not in _NO_STATEMENT and (token.kind is not Operator or self.stands(index, "(", "++", "--"))
            if not begins or not is_simple or self.around[index] in ("(", "["):
                continue
            end = self.until(index, "{")
            if self.stands(end, ";"):
                yield Site("statement", *self.span(index, end + 1))
            elif self.ends_at_line and not self.stands(end, "{"):
                yield Site("statement", *self.span(index, end))


def sites(source, path):
    """`path` is where the source lies; its name tells the language."""
    tokens = list(_tokens(source, _LEXERS[path.suffix]))
    nest = _Nest(source, tokens, path.suffix in _END_AT_LINE)
    simple = _simple_sites(tokens, path.suffix in _WITH_CHARACTERS, _BORROWED.get(path.suffix, ()))
    return [*simple, *nest.conditions(), *nest.returns(), *nest.arguments(), *nest.statements()]
