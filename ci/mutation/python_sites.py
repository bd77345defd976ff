"""The sites of a Python source: of tokens from `tokenize`, of conditions, statements and arguments from `ast`. Docstrings are none."""

import ast
import io
import re
import tokenize

from . import operators
from .operators import Site

_DELETED = (ast.Assign, ast.AugAssign, ast.Expr, ast.Raise, ast.Return, ast.Delete, ast.Break, ast.Continue)
_OPENING = re.compile(r"[A-Za-z]*('''|\"\"\"|'|\")")


class _Places:
    """From lines and columns, as Python counts them, to positions. A column of `ast` is one of UTF-8, and so of the Latin-1 text."""

    def __init__(self, source):
        self.begins = [0]
        for line in source.splitlines(keepends=True):
            self.begins.append(self.begins[-1] + len(line))

    def of(self, line, column):
        return self.begins[line - 1] + column

    def span(self, node):
        return self.of(node.lineno, node.col_offset), self.of(node.end_lineno, node.end_col_offset)


def _docstrings(tree, places):
    return {places.span(node.value)[0] for node in ast.walk(tree)
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)}


def _string_site(text, begin):
    opening = _OPENING.match(text)
    return Site("string", begin + opening.end(), begin + len(text) - len(opening.group(1)))


def _token_sites(source, places, docstrings):
    tokens = list(tokenize.generate_tokens(io.StringIO(source).readline))
    second_of_two = False
    for token, following in zip(tokens, tokens[1:] + tokens[-1:]):
        begin, end = places.of(*token.start), places.of(*token.end)
        if second_of_two:
            second_of_two = False
        elif f"{token.string} {following.string}" in ("is not", "not in"):
            second_of_two = True
            yield Site("token", begin, places.of(*following.end))
        elif token.type == tokenize.NUMBER:
            yield Site("number", begin, end)
        elif token.type == tokenize.STRING and begin not in docstrings:
            yield _string_site(token.string, begin)
        elif token.type in (tokenize.OP, tokenize.NAME) and operators.is_replaced(token.string):
            yield Site("token", begin, end)


def _arguments(node, places):
    """Neighbours among the arguments of a call that have no names."""
    plain = [places.span(argument) for argument in node.args if not isinstance(argument, ast.Starred)]
    for (begin, first_end), (second_begin, end) in zip(plain, plain[1:]):
        yield Site("arguments", begin, end, (first_end, second_begin))


def _tree_sites(tree, places, docstrings):
    for node in ast.walk(tree):
        if isinstance(node, (ast.If, ast.While, ast.IfExp)):
            yield Site("condition", *places.span(node.test))
        if isinstance(node, ast.comprehension):
            yield from (Site("condition", *places.span(test)) for test in node.ifs)
        if isinstance(node, ast.Call):
            yield from _arguments(node, places)
        if isinstance(node, ast.Return) and node.value:
            yield Site("value", *places.span(node.value))
        if isinstance(node, _DELETED) and places.span(node)[0] not in docstrings:
            yield Site("statement", *places.span(node))


def sites(source, path):
    """`path` is where the source lies, for front ends that need it."""
    places, tree = _Places(source), ast.parse(source.encode("latin-1"))
    docstrings = _docstrings(tree, places)
    return [*_token_sites(source, places, docstrings), *_tree_sites(tree, places, docstrings)]
