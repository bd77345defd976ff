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
            seen = self._player.look(self.program, command, folder, None)
            if seen.finding:
                raise Trouble(f"{self.program.name} itself does not pass {seen.finding['case']}: {seen.finding['code']}")
            if not seen.was_played:
                raise Trouble(f"{self.program.name}: the suite takes too long")
        self._kept.add(key, results.SURVIVED, original=True)

    def known(self, mutation):
        """What became of it in an earlier run, or nothing."""
        return self._learnt(mutation, self._kept.of(self._key(mutation.applied(self.source))))

    def quick_look(self, mutation, is_listed):
        """What becomes of it where that is soon seen, or nothing. A mutant that the list tells of meets no case yet: it is not expected to die.
        One that is so slow that the likely cases take too long counts as a survivor."""
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
                return self._judged(mutation, self._player.look(self.program, command, folder, self._kept.not_seen(before)).finding)
            if is_listed:
                return None
            seen = self._player.look_soon(self.program, command, folder, self._killers, mutation.begin)
            if not seen.finding and seen.was_played and not self._killers.have_learnt():
                seen = self._player.look(self.program, command, folder, None)
                # One that is slow waits until it is known which cases are likely to kill it.
                return self._judged(mutation, seen.finding) if seen.finding or seen.was_played else None
            if not seen.finding and not seen.was_played:
                seen = self._player.look_at_slow(self.program, command, folder, self._killers, mutation.begin)
                return self._judged(mutation, seen.finding, slow=True)
            return self._judged(mutation, seen.finding) if seen.finding else None

    def whole_suite(self, mutations, cases=None):
        """What becomes of these, of which no two change the same place: for each mutation its result. `cases` are those of the suite that are left
        to be played with them; all, if not given."""
        seen = self._look_at(mutations, cases)
        if seen and not seen.finding and seen.was_played:
            if cases is not None:  # of those before them, what was killed since may have hidden something
                return self.whole_suite(mutations)
            return [(mutation, self._judged(mutation, None, together=len(mutations))) for mutation in mutations]
        if len(mutations) == 1:
            if not seen:
                raise Trouble(f"{mutations[0].told(self.source)}: it was built, and then it was not")
            finding = seen.finding or self._look_at_slow(mutations[0]).finding
            return [(mutations[0], self._judged(mutations[0], finding, slow=True))]
        case = (seen.finding["case"] if seen.finding else seen.slowest) if seen else None
        guilty = self._guilty(mutations, case, bool(seen.finding)) if seen else []
        if guilty:
            left = [mutation for mutation in mutations if mutation not in [one for one, _ in guilty]]
            return guilty + (self.whole_suite(left, [case, *seen.left]) if left else [])
        # They are no program together, or fail only together.
        half = len(mutations) // 2
        return self.whole_suite(mutations[:half], cases) + self.whole_suite(mutations[half:], cases)

    def _guilty(self, mutations, case, has_failed):
        """Those by which this case does not pass, or by which it is slow where it was not that it failed."""
        found = []
        middle = len(mutations) // 2
        for half in (mutations[:middle], mutations[middle:]):
            seen = self._look_at(half, [case])
            if not seen or not (seen.finding or (seen.is_slow and not has_failed)):
                continue
            if len(half) == 1:
                found.append((half[0], self._judged(half[0], seen.finding, slow=True)))
            else:
                found += self._guilty(half, case, has_failed)
        return found

    def _look_at_slow(self, mutation):
        look = lambda command, folder: self._player.look_at_slow(self.program, command, folder, self._killers, mutation.begin)
        return self._with_program_of([mutation], look)

    def _look_at(self, mutations, cases):
        return self._with_program_of(mutations, lambda command, folder: self._player.look(self.program, command, folder, cases))

    def _with_program_of(self, mutations, look):
        """What is seen of a program with all of these; nothing where that is no program."""
        with tempfile.TemporaryDirectory(prefix="mutant-") as scratch:
            folder = pathlib.Path(scratch)
            command = self.program.made(applied_together(self.source, mutations), folder)
            return look(command, folder) if command else None

    def _key(self, source):
        return results.key_of(self.program, source)

    def _judged(self, mutation, found, **more):
        """Keeps it. `more` is said of a survivor: slow, where the suite was not played to its end with it."""
        key = self._key(mutation.applied(self.source))
        if found is None:
            return self._kept.add(key, results.SURVIVED, **more)
        return self._learnt(mutation, self._kept.add(key, results.KILLED, case=found["case"], code=found["code"]))

    def _learnt(self, mutation, record):
        """The record; what killed this mutant may kill its neighbours."""
        if record and record["outcome"] == results.KILLED:
            self._killers.add(self.program, mutation.begin, record["case"])
        return record
