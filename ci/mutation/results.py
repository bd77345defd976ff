"""What became of each mutant: a file of JSON lines, from which the next run goes on, and the tables that are made of it."""

import collections
import hashlib
import json
import threading


STILLBORN, EQUIVALENT, KILLED, SURVIVED = "stillborn", "equivalent", "killed", "survived"


def key_of(program, source):
    return hashlib.sha256(f"{program.name}\0{program.build}\0{program.run}\0{source}".encode()).hexdigest()[:24]


class Results:
    """A result of one mutant is a dictionary: key, outcome, and of a killed one its case and code. Later lines of a key replace earlier ones."""

    def __init__(self, path, suite):
        self._path = path
        self._suite = suite
        self._lock = threading.Lock()
        self._found = {}
        self._suites = {}
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            for line in path.read_text().splitlines():
                self._take(line)
        if suite.digest not in self._suites:
            self._write({"suite": suite.digest, "files": suite.files})

    def _take(self, line):
        try:
            record = json.loads(line)
        except ValueError:
            return  # the last line of a run that was killed
        if "files" in record:
            self._suites[record["suite"]] = record["files"]
        else:
            self._found[record["key"]] = record

    def _write(self, record):
        with self._lock, open(self._path, "a") as file:
            file.write(json.dumps(record) + "\n")

    def add(self, key, outcome, **more):
        record = {"key": key, "outcome": outcome, "suite": self._suite.digest, **more}
        if outcome == KILLED:
            record["scenario"] = self._suite.file_digest(more["case"])
        with self._lock:
            self._found[key] = record
        self._write(record)
        return record

    def of(self, key):
        """What is known, if it still holds: of a killed mutant, as long as the scenario that killed it is the same."""
        record = self._found.get(key)
        if record and record["outcome"] == KILLED and self._suite.file_digest(record["case"]) != record["scenario"]:
            return None
        if record and record["outcome"] == SURVIVED and self.not_seen(record):
            return None
        return record

    def not_seen(self, record):
        """The scenarios that a survivor has not met as they are now."""
        return self._suite.changed_since(self._suites.get(record["suite"], {}))

    def survived_before(self, key):
        record = self._found.get(key)
        return record if record and record["outcome"] == SURVIVED else None


COLUMNS = ("mutants", STILLBORN, EQUIVALENT, "free", KILLED, SURVIVED, "score")


class Table:
    """Counts of mutants, in rows: `same` ones of the list count as equivalent, `missed` ones as survivors."""

    def __init__(self, heading):
        self.heading = heading
        self.rows = collections.defaultdict(collections.Counter)

    def add(self, row, outcome, listed):
        counted = {"same": EQUIVALENT, "free": "free"}.get(listed, SURVIVED) if outcome == SURVIVED else outcome
        self.rows[row].update([counted, "mutants"])

    def markdown(self, order=None):
        lines = [f"| {' | '.join((self.heading, *COLUMNS))} |", "|---" + "|---:" * len(COLUMNS) + "|"]
        rows = [(row, self.rows[row]) for row in order or self.rows if row in self.rows]
        total = sum((counts for _, counts in rows), collections.Counter())
        for row, counts in [*rows, *([("all", total)] if len(rows) > 1 else [])]:
            cells = [str(counts[column]) for column in COLUMNS[:-1]]
            lines.append(f"| {' | '.join((row, *cells, score(counts)))} |")
        return "\n".join(lines)


def score(counts):
    """How many of those that a suite could kill it kills; rounded down, so that 100 % means all."""
    played = counts[KILLED] + counts[SURVIVED]
    return f"{int(1000 * counts[KILLED] / played) / 10:.1f} %" if played else "-"
