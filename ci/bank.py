"""What the scripts that measure with the bank of bugs share: its bugs, what must catch each, and how one is played."""

import json
import pathlib
import subprocess
import sys

HOUSE = pathlib.Path(__file__).resolve().parent.parent
BANK = HOUSE / "scenarios/bank"
CHATSPEC = HOUSE / "build/bin/chatspec"
ROLES = ("server", "client")
ARGUMENTS = {"server": "{port} {keys}", "client": "{host} {port} {messages} {signatures}"}


def bugs_of(role):
    """Each bug's name and the sentence that tells it."""
    listed = subprocess.run([sys.executable, BANK / f"{role}.py", "--list"], check=True, capture_output=True, text=True)
    named = dict(line.split(maxsplit=1) for line in listed.stdout.splitlines())
    return {name: sentence for name, sentence in named.items() if not name.endswith("/none-serial")}  # the base of others


def command_of(role, bug):
    """BUG may be several with + between them."""
    return f"python3 -E -S {BANK / role}.py {bug} {ARGUMENTS[role]}"


def chosen(role, words, every=1):
    """The bugs whose ROLE/NAME holds one of these words, of them each EVERY-th."""
    return [bug for bug in bugs_of(role) if not words or any(word in f"{role}/{bug}" for word in words)][::every]


def lines_of(path):
    """The words of each line that is no comment."""
    lines = (line.split("#", 1)[0].split() for line in path.read_text().splitlines())
    return [words for words in lines if words]


def scenarios_by_bug(role):
    """For each bug the cases that expected.txt names, and those that every bug meets."""
    lines = lines_of(BANK / "expected.txt")
    watched = [name for words in lines if words[:2] == ["watch", role] for name in words[2:]]
    named = {}
    for words in lines:
        if words[0] == role:
            named[words[1]] = [name for name in (word.split("=")[0] for word in words[2:]) if name not in ("also", "*")]
    return {bug: sorted({*names, *watched}) for bug, names in named.items()}


def play(role, bug, log, *options, chatspec=CHATSPEC):
    """Plays a bug with these options, and leaves the log there. The records of the log."""
    run = subprocess.run(
        [chatspec, "run", "-q", "--seed", "1", "--deadline", "5", "--log", log, f"--{role}", command_of(role, bug), *options],
        capture_output=True, text=True)
    if run.returncode not in (0, 1, 5):
        raise SystemExit(f"{pathlib.Path(sys.argv[0]).name}: {role} {bug}: {run.stdout}{run.stderr}")
    return [json.loads(line) for line in pathlib.Path(log).read_text().splitlines()]
