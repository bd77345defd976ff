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


def command_of(role, bug, python="python3 -E -S"):
    """BUG may be several with + between them."""
    return f"{python} {BANK / role}.py {bug} {ARGUMENTS[role]}"


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


class Truth:
    """The causes that are true of a bug, or of several at once."""

    def __init__(self, exact, helpful):
        self.exact = exact
        self.helpful = helpful

    def joined(self, other):
        return Truth(self.exact | other.exact, self.helpful | other.helpful)

    def kind_of(self, finding):
        cause = finding.get("cause")
        if not cause:
            return "exact" if "-" in self.exact else "none"
        if cause["id"] in ("earlier-fault", "reported-fault"):  # the program's own words, which are true in any case
            return "exact" if cause["id"] in self.exact else "helpful"
        # Several mistakes may explain the same bytes; each of those that are named may be several at once.
        named = [{cause["id"]}]
        named += [set(one.split("+")) for one in cause.get("parameters", {}).get("mistakes", "").split()]
        for kind, words in (("exact", self.exact), ("helpful", self.exact | self.helpful)):
            if any(mistakes <= words for mistakes in named):
                return kind
        return "wrong"


def truths(role):
    """For each bug what scenarios/bank/causes.txt says of it."""
    found = {}
    for words in lines_of(BANK / "causes.txt"):
        if words[0] == role:
            causes = words[2:]
            split = causes.index("also") if "also" in causes else len(causes)
            found[words[1]] = Truth(set(causes[:split]), set(causes[split + 1:]))
    return found


def findings_of(record):
    """What a case's record says was wrong."""
    return [finding for finding in (record.get("failure"), *record.get("deviations", [])) if finding]


def play(role, bug, log, *options, chatspec=CHATSPEC, suite=HOUSE / "scenarios"):
    """Plays a bug with these options, and leaves the log there. The records of the log."""
    run = subprocess.run(
        [chatspec, "run", "-q", "--seed", "1", "--deadline", "5", "--suite", suite, "--log", log,
         f"--{role}", command_of(role, bug), *options],
        capture_output=True, text=True)
    if run.returncode not in (0, 1, 5):
        raise SystemExit(f"{pathlib.Path(sys.argv[0]).name}: {role} {bug}: {run.stdout}{run.stderr}")
    return [json.loads(line) for line in pathlib.Path(log).read_text().splitlines()]
