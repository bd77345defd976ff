"""The sites of a source in C or C++: of tokens as clang has them, of conditions, statements and arguments from its syntax tree."""

import re

from clang.cindex import CursorKind, Index, TokenKind

from . import operators
from .operators import Site

_OPTIONS = {".c": ["-std=gnu11"], ".cpp": ["-std=c++20"]}
_LITERAL = re.compile(r'(?P<opening>(?:u8|[uUL])?["\'])(?P<text>.*)["\'](?:\w*)', re.DOTALL)

# Where the condition is among what stands below such a statement.
_CONDITIONS = {CursorKind.IF_STMT: 0, CursorKind.WHILE_STMT: 0, CursorKind.DO_STMT: -1, CursorKind.CONDITIONAL_OPERATOR: 0}
_BODIES = {CursorKind.COMPOUND_STMT, CursorKind.IF_STMT, CursorKind.WHILE_STMT, CursorKind.DO_STMT, CursorKind.FOR_STMT,
           CursorKind.CXX_FOR_RANGE_STMT}
_KEPT = _BODIES | {CursorKind.DECL_STMT, CursorKind.NULL_STMT, CursorKind.SWITCH_STMT, CursorKind.CASE_STMT, CursorKind.DEFAULT_STMT,
                   CursorKind.LABEL_STMT, CursorKind.CXX_TRY_STMT, CursorKind.CXX_CATCH_STMT}  # what is not deleted as a whole


def _span(node):
    return node.extent.start.offset, node.extent.end.offset


def _token_site(token):
    begin, end = _span(token)
    if token.kind != TokenKind.LITERAL:
        return Site("token", begin, end) if operators.is_replaced(token.spelling) else None
    literal = _LITERAL.fullmatch(token.spelling)
    if not literal:
        return Site("number", begin, end)
    kind = "character" if literal["opening"].endswith("'") else "string"
    return Site(kind, begin + literal.start("text"), begin + literal.end("text"))


def _token_sites(unit, source):
    for token in unit.get_tokens(extent=unit.cursor.extent):
        line_begin = source.rfind("\n", 0, token.extent.start.offset) + 1
        if token.kind == TokenKind.COMMENT or source.startswith("#include", line_begin):
            continue
        site = _token_site(token)
        if site:
            yield site


def _condition(node, children):
    if node.kind == CursorKind.FOR_STMT:
        # Each part may lack, and clang does not say which one does: a condition is what compares.
        return next((child for child in children[:-1] if child.kind == CursorKind.BINARY_OPERATOR and child.type.spelling in ("bool", "int")), None)
    return children[_CONDITIONS[node.kind]] if node.kind in _CONDITIONS else None


def _arguments(node):
    spans = [_span(argument) for argument in node.get_arguments() if argument.extent.start.offset < argument.extent.end.offset]
    for (begin, first_end), (second_begin, end) in zip(spans, spans[1:]):
        yield Site("arguments", begin, end, (first_end, second_begin))


def _node_sites(node, parent, source):
    children = list(node.get_children())
    condition = _condition(node, children) if children else None
    if condition:
        yield Site("condition", *_span(condition))
    if node.kind == CursorKind.CALL_EXPR and not source[node.extent.start.offset :].startswith(("{", "=")):
        yield from _arguments(node)
    if node.kind == CursorKind.RETURN_STMT and children:
        yield Site("value", *_span(children[0]))
    is_statement = parent.kind in _BODIES and node.kind not in _KEPT and source.startswith(";", node.extent.end.offset)
    if is_statement:
        yield Site("statement", node.extent.start.offset, node.extent.end.offset + 1)


def _walk(node, path):
    for child in node.get_children():
        if child.location.file is None or child.location.file.name == path:
            yield child, node
            yield from _walk(child, path)


def sites(source, path):
    """`path` is where the source lies, whose includes clang reads."""
    unit = Index.create().parse(str(path), args=_OPTIONS[path.suffix])
    found = list(_token_sites(unit, source))
    for node, parent in _walk(unit.cursor, str(path)):
        found += [site for site in _node_sites(node, parent, source) if site.begin < site.end]
    return found
