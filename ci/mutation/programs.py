"""The correct implementations as what mutants are made of: where their source is, how a changed one is built, and when it is no mutant at
all: because it does not compile (stillborn), or because what was compiled is the same (equivalent)."""

import ast
import dataclasses
import functools
import importlib
import json
import marshal
import pathlib
import re
import shutil
import subprocess
import tempfile
import types

HOUSE = pathlib.Path(__file__).resolve().parents[2]
SOURCE = HOUSE / "scenarios/implementations/correct"
DEFINITE = "-Werror=return-type -ftrivial-auto-var-init=zero"
BUILD_SECONDS = 120


@dataclasses.dataclass(frozen=True)
class Language:
    words: str  # of operators.WORDS
    front_end: str  # the module that finds sites
    package: str = ""  # a Debian package that the front end needs
    check: str = ""  # a command that fails where {file}, which nobody compiles, is no program


LANGUAGES = {
    ".py": Language("python", "python_sites"),
    ".c": Language("c", "clang_sites", "python3-clang-19"),
    ".cpp": Language("cpp", "clang_sites", "python3-clang-19"),
    ".js": Language("javascript", "token_sites", "python3-pygments", "node --check {file}"),
    ".java": Language("java", "token_sites", "python3-pygments"),
    ".pl": Language("perl", "token_sites", "python3-pygments", "perl -c {file}"),
    ".rb": Language("ruby", "token_sites", "python3-pygments", "ruby --disable-gems -c {file}"),
    ".go": Language("go", "token_sites", "python3-pygments"),
    ".rs": Language("rust", "token_sites", "python3-pygments"),
}


@dataclasses.dataclass(frozen=True)
class Program:
    """One implementation: what implementations.json says of it, and its source file's path below SOURCE."""

    name: str
    role: str
    profile: str
    build: str
    run: str
    needs: str
    packages: str
    path: str

    @property
    def language(self):
        return LANGUAGES[pathlib.Path(self.path).suffix]

    @functools.cached_property
    def source(self):
        return (SOURCE / self.path).read_text(encoding="latin-1")

    def missing(self):
        """The packages that it takes, if they are not all here; or nothing."""
        try:
            self._front_end()
        except ImportError:
            return self.language.package
        return "" if _succeeds(["sh", "-c", self.needs]) else self.packages

    def _front_end(self):
        return importlib.import_module(f"mutation.{self.language.front_end}")

    def sites(self):
        return self._front_end().sites(self.source, SOURCE / self.path)

    def made(self, source, folder):
        """Makes the program of this source, in a folder of its own. Its command line, or nothing if it does not compile."""
        source_folder, out = folder / "source", folder / "out"
        changed = source_folder / self.path
        shutil.copytree((SOURCE / self.path).parent, changed.parent)
        changed.write_text(source, encoding="latin-1")
        out.mkdir()
        fill = lambda command: command.replace("{source}", str(source_folder)).replace("{out}", str(out))
        command = fill(self._build_of_mutants()) or self.language.check.replace("{file}", str(changed))
        good = _succeeds(["sh", "-c", command]) if command else _parses(source)
        return fill(self.run) if good else None

    def _build_of_mutants(self):
        """Nothing depends on how fast a mutant is, and building it may be most of the work. What it does must not depend on what the stack or a
        register happens to hold."""
        build = re.sub(r"^(gcc|g\+\+) ", rf"\1 {DEFINITE} ", self.build).replace(" -O2 ", " -O0 ").replace(" -O ", " ")
        return build.replace(" {source}/", f" -include {self._headers.name}/headers.h {{source}}/") if build.startswith("g++ ") else build

    @functools.cached_property
    def _headers(self):
        """A folder with the standard headers that the program includes, compiled beforehand: they are half of the work of compiling it."""
        folder = tempfile.TemporaryDirectory(prefix="headers-")
        header = pathlib.Path(folder.name) / "headers.h"
        header.write_text("".join(re.findall(r"^#include <.*>\n", self.source, re.MULTILINE)))
        standard = re.search(r"-std=\S+", self.build)
        subprocess.run(["g++", *DEFINITE.split(), *([standard[0]] if standard else []), "-O0", "-x", "c++-header", header, "-o", f"{header}.gch"],
                       check=True)
        return folder

    def essence(self, source, folder):
        """What is the same of two sources only if they do the same: the compiled code. Nothing, where there is none."""
        if self.path.endswith(".py"):
            return marshal.dumps(_without_places(compile(source.encode("latin-1"), self.path, "exec")))
        out = folder / "out"
        files = sorted(path for path in out.rglob("*") if path.is_file())
        return b"".join(str(path.relative_to(out)).encode() + path.read_bytes() for path in files) or None


def _succeeds(command):
    try:
        return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=BUILD_SECONDS, check=False).returncode == 0
    except subprocess.TimeoutExpired:
        return False


def _parses(source):
    try:
        compile(ast.parse(source.encode("latin-1")), "mutant", "exec")
        return True
    except (SyntaxError, ValueError):
        return False


def _without_places(code):
    """The code without what tells where in the source it comes from."""
    constants = tuple(_without_places(one) if isinstance(one, types.CodeType) else one for one in code.co_consts)
    return code.replace(co_consts=constants, co_linetable=b"", co_firstlineno=1)


def known():
    """The implementations in a language that has a front end."""
    found = []
    for one in json.loads((SOURCE / "implementations.json").read_text()):
        words = (one["build"] + " " + one["run"]).split()
        path = next(word.removeprefix("{source}/") for word in words if word.startswith("{source}/"))
        if pathlib.Path(path).suffix in LANGUAGES and "only" not in one:
            found.append(Program(path=path, **{field: one[field] for field in ("name", "role", "profile", "build", "run", "needs", "packages")}))
    return found


def chosen(words):
    """Those in the folder, of the language or of the name that one of these words is; without words, those that are the first of their language."""
    programs = known()
    if not words:
        return [program for program in programs if pathlib.Path(program.path).parts[0] == program.language.words]
    picked = []
    for word in words:
        named = [program for program in programs if word in (program.name, pathlib.Path(program.path).parts[0])]
        if not named:
            raise SystemExit(f"ci/mutants: there is no implementation {word!r}; these have mutants: "
                             + " ".join(program.name for program in programs))
        picked += [program for program in named if program not in picked]
    return picked
