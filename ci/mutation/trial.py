"""One program and what becomes of its mutants. Most are dead after a case or two, each by itself. What is left meets the whole suite several at a
time, in one program that has all their changes: nearly all of them survive, and where one does not, the case that failed tells which."""

import pathlib
import tempfile

from . import results
from .operators import applied_together
from .playing import Trouble


class Trial:
    def __init__(self, program, player, killers, kept):
        self.program = program
        self.source = program.source
        self._player = player
        self._kept = kept
        self._killers = killers
        self._essence = None

    def prepare(self):
        """The original must build, and pass."""
        key = self._key(self.source)
        with tempfile.TemporaryDirectory(prefix="mutant-") as scratch:
            folder = pathlib.Path(scratch)
            command = self.program.made(self.source, folder)
            if command is None:
                raise Trouble(f"{self.program.name} does not build")
            self._essence = self.program.essence(self.source, folder)
            if self._kept.of(key):
                return
            found = self._player.first_seen(self.program, command, folder, None)
            if found:
                raise Trouble(f"{self.program.name} itself does not pass {found['case']}: {found['code']}")
        self._kept.add(key, results.SURVIVED, original=True)

    def known(self, mutation):
        """What became of it in an earlier run, or nothing."""
        return self._learnt(mutation, self._kept.of(self._key(mutation.applied(self.source))))

    def quick_look(self, mutation, is_listed):
        """What becomes of it where that is soon seen, or nothing. A mutant that the list tells of meets no case yet: it is not expected to die."""
        changed = mutation.applied(self.source)
        key = self._key(changed)
        with tempfile.TemporaryDirectory(prefix="mutant-") as scratch:
            folder = pathlib.Path(scratch)
            command = self.program.made(changed, folder)
            if command is None:
                return self._kept.add(key, results.STILLBORN)
            if self._essence is not None and self.program.essence(changed, folder) == self._essence:
                return self._kept.add(key, results.EQUIVALENT)
            before = self._kept.survived_before(key)
            if before:
                return self._judged(mutation, self._player.first_seen(self.program, command, folder, self._kept.not_seen(before)))
            if is_listed:
                return None
            found = self._player.soon_seen(self.program, command, folder, self._killers, mutation.begin)
            if found is None and self._killers.have_learnt():
                return None
            return self._judged(mutation, found or self._player.first_seen(self.program, command, folder, None))

    def whole_suite(self, mutations):
        """What becomes of these, of which no two change the same place: for each mutation its result."""
        found, built = self._first_seen(mutations, None)
        if built and not found:
            return [(mutation, self._judged(mutation, None, together=len(mutations))) for mutation in mutations]
        if built and len(mutations) == 1:
            return [(mutations[0], self._judged(mutations[0], found))]
        dead = [(mutation, seen) for mutation in mutations if built for seen in [self._first_seen([mutation], [found["case"]])[0]] if seen]
        if dead:
            killed = [(mutation, self._judged(mutation, seen)) for mutation, seen in dead]
            left = [mutation for mutation in mutations if mutation not in [one for one, _ in dead]]
            return killed + (self.whole_suite(left) if left else [])
        # They are no program together, or fail only together.
        if len(mutations) == 1:
            raise Trouble(f"{mutations[0].told(self.source)}: it was built, and then it was not")
        half = len(mutations) // 2
        return self.whole_suite(mutations[:half]) + self.whole_suite(mutations[half:])

    def _first_seen(self, mutations, cases):
        """What the first case that does not pass says of a program with all of these, or nothing; and whether there is such a program."""
        with tempfile.TemporaryDirectory(prefix="mutant-") as scratch:
            folder = pathlib.Path(scratch)
            command = self.program.made(applied_together(self.source, mutations), folder)
            return (self._player.first_seen(self.program, command, folder, cases), True) if command else (None, False)

    def _key(self, source):
        return results.key_of(self.program, source)

    def _judged(self, mutation, found, **more):
        key = self._key(mutation.applied(self.source))
        if found is None:
            return self._kept.add(key, results.SURVIVED, **more)
        return self._learnt(mutation, self._kept.add(key, results.KILLED, case=found["case"], code=found["code"]))

    def _learnt(self, mutation, record):
        """The record; what killed this mutant may kill its neighbours."""
        if record and record["outcome"] == results.KILLED:
            self._killers.add(self.program, mutation.begin, record["case"])
        return record
