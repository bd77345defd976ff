"""A class in which some copied from others, for ci/alike: programs of several languages with mistakes that are made of the correct
implementations by replacing a few words of their sources."""

import ast
import random
import re

import bank

SOURCES = bank.HOUSE / "scenarios/implementations/correct"
FILES = {"python": "server.py", "python-asyncio": "server.py", "perl": "server.pl", "javascript": "server.js"}

# For each mistake what becomes of each program, as patterns and what stands in their places; in the order in which they are applied,
# where a program has several. Those of a hash change the text or the form of a signature: at most two of them can be told apart.
HASH = {
    "key-first": {
        "python": [(r"hashlib\.sha256\(\)", r"hashlib.sha256(key)"), (r" +digest\.update\(key\)\n", r"")],
        "python-asyncio": [(r"hashlib\.sha256\(\)", r"hashlib.sha256(key)"), (r" +digest\.update\(key\)\n", r"")],
        "perl": [(r" +\$sha->add\(\$key\);\n", r""), (r"new\(256\);", r"new(256);\n    $sha->add($key);")],
        "javascript": [(r" +this\.hash\.update\(this\.keys\[this\.used\]\);\n", r""),
                       (r"createHash\('sha256'\);", r"createHash('sha256').update(this.keys[this.used]);")]},
    "first-key-always": {
        "python": [(r"keys\[messages\]\)", r"keys[0])")],
        "python-asyncio": [(r"self\.signature\(key\)", r"self.signature(self.keys[0])")],
        "perl": [(r"\$keys\[\$used\+\+\]", r"$keys[0 * $used++]")],
        "javascript": [(r"this\.keys\[this\.used\]", r"this.keys[0]")]},
    "still-escaped": {
        "python": [(r'unescape\(line\) if b"\\\\" in line else line', r"line")],
        "python-asyncio": [(r'ESCAPED\.sub\(rb"\\1", line\)', r"line")],
        "perl": [(r" +\$line =~ s/\\\\.*\n", r"")],
        "javascript": [(r"this\.hash\.update\(unescape\(line\)\)", r"this.hash.update(line)")]},
    "only-dots-unescaped": {
        "python": [(r"\(\[\\\\\.\]\)", r"(\\.)")],
        "python-asyncio": [(r"\(\[\\\\\.\]\)", r"(\\.)")],
        "perl": [(r"\(\[\\\\\.\]\)", r"(\\.)")],
        "javascript": [(r"\(line\[i \+ 1\] === BACKSLASH \|\| line\[i \+ 1\] === DOT\)", r"line[i + 1] === DOT")]},
    "upper-case": {
        "python": [(r"digest\.hexdigest\(\)", r"digest.hexdigest().upper()")],
        "python-asyncio": [(r"digest\.hexdigest\(\)", r"digest.hexdigest().upper()")],
        "perl": [(r"return \$sha->hexdigest", r"return uc $sha->hexdigest")],
        "javascript": [(r"digest\('hex'\)", r"digest('hex').toUpperCase()")]},
    "blanks-dropped": {
        "python": [(r"(            return digest\.hexdigest\(\).*\n)", r'\1        line = line.rstrip(b" \\t")\n')],
        "python-asyncio": [(r'(!= b"\.":\n)', r'\1            line = line.rstrip(b" \\t")\n')],
        "perl": [(r"( +)(\$sha->add\(\$line)", r"\1$line =~ s/[ \\t]+\\z//;\n\1\2")],
        "javascript": [(r"this\.hash\.update\((unescape\(line\)|line)\)",
                        r"this.hash.update(Buffer.from(\1.toString('latin1').replace(/[ \\t]+$/, ''), 'latin1'))")]},
    "line-ends-too": {
        "python": [(r"\n\n\ndef serve\(", r'\n        digest.update(b"\\n")\n\n\ndef serve(')],
        "python-asyncio": [(r"        digest = (.*\n.*\n.*\n)", r'        digest = \1            digest.update(b"\\n")\n')],
        "perl": [(r"\$sha->add\(\$line\)", r'$sha->add("$line\\n")')],
        "javascript": [(r"    \}\n  \}\n\n  awaitVerdict", r"      this.hash.update('\\n');\n    }\n  }\n\n  awaitVerdict")]},
}
def answered_quit(words):
    """What becomes of each program that answers QUIT with these words."""
    return {
        "python": [(r"\n\n\ndef close\(", rf'\n    connection.sendall(b"{words}\\n")\n\n\ndef close(')],
        "python-asyncio": [(r"\n\n\nasync def drop_the_rest", rf'\n        await self.reply(b"{words}")\n\n\nasync def drop_the_rest')],
        "perl": [(r"(        reply\('260 OK'\);\n    \}\n)", rf"\1    reply('{words}');\n")],
        "javascript": [(r"this\.end\(null\);(?=\n    \} else)", rf"this.socket.write('{words}\\n');\n      this.end(null);")]}


OTHER = {
    "any-case": {
        "python": [(r"if line == command\.encode\(\)", r"if line.upper() == command.encode()")],
        "python-asyncio": [(r"        if line not in expected", r"        line = line.upper()\n        if line not in expected")],
        "perl": [(r"return \$line if grep \{ \$line eq", r"return uc $line if grep { uc $line eq")],
        "javascript": [(r"line\.toString\('latin1'\)", r"line.toString('latin1').toUpperCase()")]},
    "quit-is-answered": answered_quit("260 OK"),
    "quit-is-answered-bye": answered_quit("260 Bye"),
    "quit-is-answered-221": answered_quit("221 closing"),
    "fail-is-not-answered": {
        "python": [(r'        expect\(lines, "PASS", "FAIL"\)\n', r'        if expect(lines, "PASS", "FAIL") == "PASS":\n    ')],
        "python-asyncio": [(r'            await self\.command\(b"PASS", b"FAIL"\)\n',
                            r'            if await self.command(b"PASS", b"FAIL") == b"PASS":\n    ')],
        "perl": [(r"expect\('PASS', 'FAIL'\);\n +", r"expect('PASS', 'FAIL') eq 'PASS' and ")],
        "javascript": [(r"(    )(this\.socket\.write\('260 \w+\.?\\n'\);\n.*\n  \}\n\n  violation)", r"\1if (word === 'PASS') \2")]},
    "any-greeting": {
        "python": [(r'    expect\(lines, "HELLO"\)', r"    show(lines.read(MAX_COMMAND))")],
        "python-asyncio": [(r'self\.command\(b"HELLO"\)', r"self.line()")],
        "perl": [(r"expect\('HELLO'\)", r"read_line()")],
        "javascript": [(r" +if \(word !== 'HELLO'\).*\n", r"")]},
    "any-verdict": {
        "python": [(r'expect\(lines, "PASS", "FAIL"\)', r"show(lines.read(MAX_COMMAND))")],
        "python-asyncio": [(r'self\.command\(b"PASS", b"FAIL"\)', r"self.line()")],
        "perl": [(r"expect\('PASS', 'FAIL'\)", r"read_line()")],
        "javascript": [(r" +if \(word !== 'PASS' && word.*\n", r"")]},
    "one-message-only": {
        "python": [(r"while expect\(", r"if expect(")],
        "python-asyncio": [(r"while await self\.command", r"if await self.command")],
        "perl": [(r"while \(expect\(", r"if (expect(")],
        "javascript": [(r"    this\.state = this\.awaitData;(\n  \}\n\n  violation)", r"    this.end(null);\1")]},
    "keys-again": {
        "python": [(r"messages == len\(keys\)", r"False"), (r"keys\[messages\]", r"keys[messages % len(keys)]")],
        "python-asyncio": [(r"iter\(self\.keys\)", r"iter(self.keys * 1000)")],
        "perl": [(r" if \$used == @keys;", r" if 0;"), (r"\$keys\[\$used\+\+\]", r"$keys[$used++ % @keys]")],
        "javascript": [(r"this\.used === this\.keys\.length", r"false"), (r"this\.keys\[this\.used\]",
                                                                        r"this.keys[this.used % this.keys.length]")]},
    "nothing-shown": {
        "python": [(r"sys\.stdout\.buffer\.write\(\w+( \+ .*)?\)", r"pass")],
        "python-asyncio": [(r"sys\.stdout\.buffer\.write\(.*\)", r"pass")],
        "perl": [(r' +print "\$line\\n";\n', r"")],
        "javascript": [(r"process\.stdout\.write\(.*\);", r"this.output = [];")]},
}
MISTAKES = HASH | OTHER
# How many of a hundred make it.
COMMON = {"still-escaped": 40, "upper-case": 35, "line-ends-too": 30, "any-case": 35, "quit-is-answered": 30}
RARE = 10
EXCLUDE_EACH_OTHER = [{"quit-is-answered", "quit-is-answered-bye", "quit-is-answered-221"}, {"still-escaped", "only-dots-unescaped"}, {"first-key-always", "keys-again"},
                      {"any-verdict", "fail-is-not-answered"}]

# What is called otherwise in a copy; none of these words stands in what a program says.
NAMES = {
    "perl": {"read_line": "next_line", "sign": "make_signature", "serve": "talk", "finish": "hang_up", "used": "count", "sha": "h",
             "good": "fine", "client": "peer", "reply": "answer", "listener": "door"},
    "javascript": {"pieces": "parts", "pending": "waiting", "Conversation": "Talk", "awaitHello": "state0", "awaitData": "state1",
                   "awaitText": "state2", "awaitVerdict": "state3", "chunk": "bytes", "used": "count", "unescape": "plain"},
}


def with_mistakes(language, mistakes):
    text = (SOURCES / language / FILES[language]).read_text()
    for name, replacements in MISTAKES.items():
        if name not in mistakes:
            continue
        for pattern, replacement in replacements[language]:
            text, count = re.subn(pattern, replacement, text)
            if count == 0:
                raise SystemExit(f"alike: {name} of {language}: {pattern} is nowhere in its source")
    return text


class Renamer(ast.NodeTransformer):
    """Calls all that a Python program defines otherwise, and drops what it says of itself."""

    def __init__(self, tree):
        self.names = {}
        for node in ast.walk(tree):
            own = getattr(node, "name", None) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) else None
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                own = node.id
            if own and not own.startswith("__"):
                self.names.setdefault(own, f"{own[:1].lower()}{len(self.names)}")

    def visit(self, node):
        body = getattr(node, "body", None)
        if isinstance(body, list) and len(body) > 1 and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
            del body[0]
        if isinstance(node, ast.Name):
            node.id = self.names.get(node.id, node.id)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            node.name = self.names.get(node.name, node.name)
        elif isinstance(node, ast.arg):
            node.arg = self.names.get(node.arg, node.arg)
        return self.generic_visit(node)


def disguised(language, text):
    """The same program, renamed and written in another form."""
    if language.startswith("python"):
        tree = ast.parse(text)
        # Methods of others, such as those of a socket, may be called as ours are.
        renamer = Renamer(tree)
        for taken in {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}:
            renamer.names.pop(taken, None)
        return ast.unparse(renamer.visit(tree)) + "\n"
    lines = [line for line in text.splitlines() if not re.match(r"\s*(//|/\*\*|# )", line)]
    text = "\n".join(re.sub(r"^ +", lambda blanks: "\t" * (len(blanks[0]) // 2), line) for line in lines if line.strip()) + "\n"
    for name, other in NAMES[language].items():
        text = re.sub(rf"\b{name}\b", other, text)
    return text


def draw(dice, pool, count, drawn=frozenset()):
    """So many of these mistakes besides those that were drawn, the common ones likelier, such that all can be told apart."""
    count += len(drawn)
    while len(drawn) < count:
        name = dice.choices(list(pool), [COMMON.get(one, RARE) for one in pool])[0]
        if not any(len((drawn | {name}) & group) > 1 for group in EXCLUDE_EACH_OTHER):
            drawn = drawn | {name}
    return drawn


def make_class(authors, copies, seed):
    """By the name of each submission, its author, the mistakes in it, the language and the program's text."""
    dice = random.Random(seed)
    made, seen = {}, []
    for number in range(authors):
        while True:
            mistakes = draw(dice, OTHER, dice.randint(1, 3), draw(dice, HASH, dice.randint(1, 2)))
            if mistakes not in seen:
                break
        seen.append(mistakes)
        language = list(FILES)[number % len(FILES)]
        text = with_mistakes(language, mistakes)
        made[f"a{number}-own"] = (number, mistakes, language, text)
        if number < 2 * copies and number % 2 == 0 or number < copies // 2:
            made[f"a{number}-renamed"] = (number, mistakes, language, disguised(language, text))
        if number < 2 * copies and number % 2 == 1 or number < copies // 2:
            other = dice.choice([one for one in FILES if one != language])
            made[f"a{number}-translated"] = (number, mistakes, other, with_mistakes(other, mistakes))
    return made
