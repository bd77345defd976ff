"""Plays the suite with mutants. Most are dead after one case, if it is the right one: the cases that killed its neighbours in the source come
first, then those that killed most of the others."""

import collections
import dataclasses
import hashlib
import json
import re
import subprocess
import threading

from .programs import HOUSE

SUITE = HOUSE / "scenarios"
DEADLINE_SECONDS = 3
NEIGHBOURS = 4  # cases that killed what stands next to it
BEST = 100  # cases that killed most of all; a hundred, a fifth of the suite, kill nearly all that can be killed
SOON_SECONDS = 30  # that a few cases may take; those of most mutants take one
WHOLE_SECONDS = 120  # that the whole suite may take
SLOW_SECONDS = 1  # that one case takes with a mutant that closes too late, say: with hundreds of cases that is too long
SLOW_AT_A_TIME = 8  # cases of such a mutant, most of which wait
LEARNT = 100  # kills, after which these are likely to be the right ones


class Suite:
    """The scenario files of a role as they are now: what was seen with one of them holds as long as it stays as it is."""

    def __init__(self, role):
        self.files = {str(path.relative_to(SUITE).with_suffix("")): hashlib.sha256(path.read_bytes()).hexdigest()[:12]
                      for path in sorted(SUITE.rglob("*.chat")) if _is_of(path.read_text(encoding="latin-1"), role)}
        self.digest = hashlib.sha256(json.dumps(self.files).encode()).hexdigest()[:12]

    def file_digest(self, case):
        return self.files.get(case.split("[")[0])

    def changed_since(self, files):
        """The scenarios that are new, or others, beside those that `files` tells of."""
        return [name for name, digest in self.files.items() if files.get(name) != digest]


def _is_of(scenario, role):
    said = re.search(r"^role\s+(.*)$", scenario, re.MULTILINE)
    return said is None or said[1].strip() in (role, "both")


class Trouble(Exception):
    """chatspec could not play, or says that the trouble is its own."""


class Killers:
    """Which case killed which mutants of the programs of one role; several threads ask and tell."""

    def __init__(self):
        self._lock = threading.Lock()
        self._by_place = collections.defaultdict(list)
        self._counted = collections.Counter()

    def add(self, program, place, case):
        with self._lock:
            self._by_place[program.name].append((place, case))
            self._counted[case] += 1

    def have_learnt(self):
        with self._lock:
            return self._counted.total() >= LEARNT

    def likely(self, program, place):
        """The cases that killed what stands next to this place in the program's source, then those that killed most, in whatever language."""
        with self._lock:
            nearest = sorted(self._by_place[program.name], key=lambda one: abs(one[0] - place))
            best = [case for case, _ in self._counted.most_common(BEST)]
        near = list(dict.fromkeys(case for _, case in nearest))[:NEIGHBOURS]
        return near + [case for case in best if case not in near]


@dataclasses.dataclass(frozen=True)
class Seen:
    """What came of some cases: the finding of the first that did not pass, if there is one; whether there was time for all of them; the one that
    took longest; and those that were left when it ended."""

    finding: dict | None
    was_played: bool
    slowest: str = ""
    slowest_seconds: float = 0
    left: tuple = ()

    @property
    def is_slow(self):
        return self.slowest_seconds >= SLOW_SECONDS


class Player:
    def __init__(self, chatspec, isolation, seed):
        self.chatspec = chatspec
        self.isolation = isolation
        self.seed = seed

    def look_soon(self, program, command, folder, killers, place):
        """At the cases that killed its neighbours, or most of the others."""
        likely = killers.likely(program, place)
        seen = Seen(None, True)
        for cases in filter(None, (likely[:NEIGHBOURS], likely[NEIGHBOURS:])):
            seen = self.look(program, command, folder, cases, SOON_SECONDS)
            if seen.finding or not seen.was_played:
                break
        return seen

    def look_at_slow(self, program, command, folder, killers, place):
        """At the same cases of a mutant with which each takes long."""
        likely = killers.likely(program, place)
        return self.look(program, command, folder, likely, jobs=SLOW_AT_A_TIME) if likely else Seen(None, False)

    def look(self, program, command, folder, cases, seconds=WHOLE_SECONDS, jobs=1):
        """At these cases, or at the whole suite, up to the first that does not pass."""
        try:
            seen = self._play(program, command, folder, cases, seconds, jobs)
        except Trouble:
            seen = self._play(program, command, folder, cases, seconds, jobs)
        if seen.finding is None or seen.finding["play_us"] < DEADLINE_SECONDS * 1_000_000:
            return seen
        # It may rest on a deadline, which a busy machine can miss: once more, alone. What was left behind it is left still.
        again = self._play(program, command, folder, [seen.finding["case"]], seconds, 1)
        if again.finding:
            return dataclasses.replace(again, left=seen.left)
        return self.look(program, command, folder, list(seen.left), seconds, jobs) if seen.left else again

    def _play(self, program, command, folder, cases, seconds, jobs):
        log = folder / "log.jsonl"
        run = subprocess.run(
            [self.chatspec, "run", "-q", "--fail-fast", "--jobs", str(jobs), "--seed", str(self.seed), "--suite", SUITE, "--isolation", self.isolation,
             "--profile", program.profile, "--deadline", str(DEADLINE_SECONDS), "--log", log, "--time-limit", str(seconds),
             f"--{program.role}", command, "--play-on", *(cases or [])],
            stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", check=False)
        records = [json.loads(line) for line in log.read_text().splitlines()] if run.returncode in (0, 1, 2, 5) and log.exists() else []
        was_played = bool(records) and records[-1].get("stopped") != "time-limit"
        if not records or (run.returncode == 2 and was_played):
            raise Trouble((run.stdout + run.stderr).strip()[-500:])
        return _judged([record for record in records if record["record"] == "case"], was_played)


def _judged(cases, was_played):
    taken = {record["id"]: record["duration"].get("play_us", 0) for record in cases if record["verdict"] != "skipped"}
    slowest = max(taken, key=taken.get, default="")
    finding = None
    for record in cases:
        if record["verdict"] == "error":
            raise Trouble(f"{record['id']}: {record.get('error') or 'error'}")
        if record["verdict"] not in ("pass", "skipped"):
            found = record.get("failure") or record["deviations"][0]
            finding = {"case": record["id"], "code": found["code"], "play_us": taken[record["id"]]}
            break
    left = tuple(record["id"] for record in cases if record.get("skipped", {}).get("kind") in ("fail-fast", "time-limit"))
    return Seen(finding, was_played, slowest, taken.get(slowest, 0) / 1_000_000, left)
