"""Builds a user's parser, and says in words what is missing where it does not build."""

import os
import re
import shlex
import subprocess
import sys

import fuzzing

PROGRAM = "fuzz_foreign"
FUNCTIONS = ("chat_parser_open", "chat_parser_receive", "chat_parser_close")  # of fuzz/parser/chat_parser.h


class Trouble(Exception):
    """Why there is nothing to fuzz: text for people."""


def say(text):
    print(f"ci/fuzz: {text}", flush=True)


def explain_failure(output):
    """What the user is to do, of what compiler and linker say; their own words where they say it better."""
    undefined = dict.fromkeys(re.findall(r"undefined (?:reference to [`']|symbol: )([^'\n]+)", output))
    lacking = [name for name in FUNCTIONS if name in undefined]
    if lacking:
        return f"your files do not define {', '.join(lacking)}: fuzz/parser/chat_parser.h says what each is to do"
    if undefined:
        return (f"your files use {', '.join(undefined)}, which none of them defines: name its source after --parser too, or its library, "
                "--libraries='-lNAME'")
    if re.search(r"(?:multiple definition of [`']|duplicate symbol: )main\b", output):
        return "your files define main(), which the fuzzer has: leave it out, such as by #ifndef FUZZING and --flags=-DFUZZING"
    return "your parser does not build; the compiler says above why"


def run_steps(command, environment):
    """Runs a build and shows how far it is; gives its status and what it printed besides."""
    shown = ""
    said = []
    with subprocess.Popen(command, cwd=fuzzing.ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          errors="backslashreplace") as building:
        for line in building.stdout:
            step = re.match(r"\[(\d+)/(\d+)\] ", line)
            if not step:
                said.append(line)
            elif sys.stdout.isatty():
                shown = f"ci/fuzz: building your parser and the reference: {step[1]} of {step[2]}"
                print(f"\r{shown}", end="", flush=True)
    if shown:
        print()
    return building.returncode, "".join(said)


def build(arguments):
    if not sys.stdout.isatty():
        say("building your parser and the reference, with the sanitizers")
    environment = os.environ | {"CHATSPEC_PARSER": ";".join(str(path.resolve()) for path in arguments.parser),
                                "CHATSPEC_PARSER_FLAGS": ";".join(shlex.split(arguments.flags)),
                                "CHATSPEC_PARSER_LIBRARIES": ";".join(shlex.split(arguments.libraries))}
    for command in (["cmake", "--preset", "fuzz"], ["cmake", "--build", "--preset", "fuzz", "--target", PROGRAM]):
        status, output = run_steps(command, environment)
        if status != 0:
            explained = explain_failure(output)
            if explained.endswith("above why"):
                print(output, end="")
            raise Trouble(explained)
    return fuzzing.ROOT / "build/fuzz/fuzzers" / PROGRAM


def chatspec():
    """The program, which makes scenarios and seeds."""
    program = fuzzing.ROOT / "build/bin/chatspec"
    if not program.exists():
        say("chatspec itself is needed, too, and is built once")
        subprocess.run([fuzzing.ROOT / "ci/build"], check=True)
    return program
