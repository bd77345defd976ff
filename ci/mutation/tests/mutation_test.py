#!/usr/bin/env python3
"""What mutants are made of a source, in each language, and how what became of them is kept and held against the list. Nothing is played."""

import pathlib
import sys
import tempfile
import types
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from mutation import operators, playing, programs, python_sites, results, trial, unseen

try:
    from mutation import clang_sites
except ImportError:
    clang_sites = None
try:
    from mutation import token_sites
except ImportError:
    token_sites = None


def told(front_end, name, source):
    """Each mutation of the source in one line."""
    path = pathlib.Path(name)
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / name
        path.write_text(source)
        words = programs.LANGUAGES[path.suffix].words
        return [one.told(source) for one in operators.mutations(source, front_end.sites(source, path), words)]


class Sites(unittest.TestCase):
    def expect(self, front_end, name, table):
        for source, expected in table:
            with self.subTest(source):
                self.assertEqual(sorted(told(front_end, name, source)), sorted(expected))

    def test_python(self):
        self.expect(python_sites, "one.py", [
            ("if a < 1:\n    f()\n",
             ["condition: a < 1 -> not (a < 1)", "condition: a < 1 -> True", "condition: a < 1 -> False", "boundary: < -> <=", "comparison: < -> >=",
              "number: 1 -> 2", "number: 1 -> 0", "deletion: f() -> pass"]),
            ("f(a, g(b), *c, d=e)\n", ["deletion: f(a, g(b), *c, d=e) -> pass", "arguments: a, g(b) -> g(b), a", "arithmetic: * -> /"]),
            ("x = 0 < a < b\n", ["deletion: x = 0 < a < b -> pass", "number: 0 -> 1", "boundary: < -> <=", "comparison: < -> >=",
                                 "boundary: < -> <= #2", "comparison: < -> >= #2"]),
            ("f()\nf()\n", ["deletion: f() -> pass", "deletion: f() -> pass #2"]),
            ("x = a is not b\n", ["deletion: x = a is not b -> pass", "comparison: is not -> is"]),
            ("def f():\n    'A docstring.'\n    return a\n", ["deletion: return a -> pass", "return: a -> None"]),
            ("while True:\n    break\n", ["boolean: True -> False", "condition: True -> not (True)", "jump: break -> continue",
                                         "deletion: break -> pass"]),
            ("g = b'\\n.'\n", ["deletion: g = b'\\n.' -> pass", "string: \\n. -> nothing", "string: \\n. -> \\n.x", "escape: \\n. -> ."]),
            ("# nothing in a comment: 1 < 2\nimport sys\n", []),
        ])

    @unittest.skipUnless(clang_sites, "python3-clang-19 is not here")
    def test_c(self):
        self.expect(clang_sites, "one.c", [
            ("#include <missing-1.h>\nint f(int a) { return a; }\n", ["return: a -> 0", "return: a -> 1", "deletion: return a; -> ;"]),
            ("int f(int a) { if (a == 'x') a--; return 1; }\n",
             ["condition: a == 'x' -> !(a == 'x')", "condition: a == 'x' -> 1", "condition: a == 'x' -> 0", "comparison: == -> !=",
              "string: x -> y", "arithmetic: -- -> ++", "deletion: a--; -> ;", "number: 1 -> 2", "number: 1 -> 0", "deletion: return 1; -> ;"]),
            ("int g(int, int); void f(void) { g(2, 3); }\n",
             ["deletion: g(2, 3); -> ;", "arguments: 2, 3 -> 3, 2", "number: 2 -> 3", "number: 2 -> 1", "number: 2 -> 0", "number: 3 -> 4",
              "number: 3 -> 2", "number: 3 -> 0"]),
            ("#define LIMIT 4\nint f(int a) { for (;;) if (a) break; }\n",
             ["number: 4 -> 5", "number: 4 -> 3", "number: 4 -> 0", "condition: a -> !(a)", "condition: a -> 1", "condition: a -> 0",
              "jump: break -> continue", "deletion: break; -> ;"]),
        ])

    @unittest.skipUnless(token_sites, "python3-pygments is not here")
    def test_tokens(self):
        self.expect(token_sites, "one.js", [
            ("if (a && f(b, c)) { g(); }\n",
             ["condition: a && f(b, c) -> !(a && f(b, c))", "condition: a && f(b, c) -> true", "condition: a && f(b, c) -> false",
              "logic: && -> ||", "arguments: b, c -> c, b", "deletion: g(); -> ;"]),
            ("const x = a === 'y'; // 1 < 2\n", ["comparison: === -> !==", "string: y -> nothing", "string: y -> yx"]),
        ])
        self.expect(token_sites, "one.pl", [
            ("return undef unless $a eq 'b';\n",
             ["condition: $a eq 'b' -> !($a eq 'b')", "condition: $a eq 'b' -> 1", "condition: $a eq 'b' -> 0", "comparison: eq -> ne",
              "string: b -> nothing", "string: b -> bx", "deletion: return undef unless $a eq 'b'; -> ;"]),
        ])
        self.expect(token_sites, "one.rb", [
            ("def f\n  g a\n  return b if c\nend\n",
             ["deletion: g a -> nil", "deletion: return b if c -> nil", "return: b -> nil", "condition: c -> !(c)", "condition: c -> true",
              "condition: c -> false"]),
        ])
        self.expect(token_sites, "one.rs", [("let f = |a: &str| g(a);\n", [])])
        self.expect(token_sites, "one.go", [
            ("func f() {\n\tif a := g(); a {\n\t\th('x')\n\t}\n}\n",
             ["condition: a -> !(a)", "condition: a -> true", "condition: a -> false", "deletion: h('x') -> nothing", "string: x -> y"]),
        ])


class Mutations(unittest.TestCase):
    def test_a_mutation_keeps_the_numbers_of_the_lines_behind_it(self):
        mutation = operators.Mutation("deletion", 0, 7, "pass")
        self.assertEqual(mutation.applied("f(\n  a)\ng()\n"), "pass\n\ng()\n")

    def test_of_two_that_write_the_same_there_is_one(self):
        self.assertEqual(told(python_sites, "one.py", "x = ''\n").count("string: nothing -> x"), 1)

    def test_code_that_differs_in_places_only_is_the_same(self):
        essence = lambda source: programs.Program("", "", "", "", "", "", "", "one.py").essence(source, None)
        self.assertEqual(essence("def f():\n    while 1: pass\n"), essence("def f():\n\n    while  True:  pass\n"))
        self.assertNotEqual(essence("x = 1\n"), essence("x = 2\n"))


class Together(unittest.TestCase):
    """Mutants that meet the whole suite several at a time, in one program that has all their changes."""

    SOURCE = "a = 1\nb = 2\nc = 3\nd = 4\n"

    def mutations(self):
        return operators.mutations(self.SOURCE, python_sites.sites(self.SOURCE, None), "python")

    def test_in_a_group_no_two_change_the_same_place(self):
        groups = operators.apart(self.mutations(), 3)
        self.assertEqual(sorted(one.told(self.SOURCE) for group in groups for one in group), sorted(one.told(self.SOURCE) for one in self.mutations()))
        for group in groups:
            self.assertLessEqual(len(group), 3)
            self.assertTrue(all(one.end <= other.begin for one, other in zip(group, group[1:])), group)

    def test_neighbours_are_in_different_groups_where_that_can_be(self):
        numbers = [one for one in self.mutations() if one.operator == "number" and one.replacement == "0"]
        groups = operators.apart(numbers, 2)
        self.assertEqual([[one.line(self.SOURCE) for one in group] for group in groups], [["a = 1", "c = 3"], ["b = 2", "d = 4"]])

    def test_the_changes_of_a_group_are_all_in_its_program(self):
        numbers = [one for one in self.mutations() if one.replacement == "0"]
        insertion, change = operators.Mutation("string", 4, 4, "x"), operators.Mutation("number", 4, 5, "9")
        self.assertEqual(operators.applied_together(self.SOURCE, numbers), "a = 0\nb = 0\nc = 0\nd = 0\n")
        self.assertEqual(operators.applied_together(self.SOURCE, [insertion, change]), "a = x9\nb = 2\nc = 3\nd = 4\n")

    def outcomes(self, first_seen, makes=lambda source: True, slow=lambda source: False):
        """What becomes of the mutants that put a 0 into a line, by that line's variable: the case that kills, or "slow"; and which cases were
        played. `first_seen` says which case fails with a source; the suite is a, late, x, y, z."""
        plays = []

        def look(program, source, folder, cases):
            names = ["a", "late", "x", "y", "z"] if cases is None else cases
            ends = [first_seen(source)] + ["late"] * slow(source)
            last = next((name for name in names if name in ends), names[-1])
            played, left = names[: names.index(last) + 1], names[names.index(last) + 1 :]
            plays.append("".join(name[0] for name in played))
            finding = {"case": last, "code": "hang"} if last == first_seen(source) else None
            is_late = slow(source) and last == "late"
            return playing.Seen(finding, not is_late or not left, "late", 2.0 if is_late else 0.1, tuple(left))

        program = types.SimpleNamespace(name="p", build="", run="", role="server", source=self.SOURCE,
                                        made=lambda source, folder: source if makes(source) else None)
        player = types.SimpleNamespace(look=look, look_at_slow=lambda *_: playing.Seen(None, False))
        suite = types.SimpleNamespace(files={}, digest="", file_digest=lambda case: case, changed_since=lambda files: [])
        with tempfile.TemporaryDirectory() as folder:
            one = trial.Trial(program, player, playing.Killers(), results.Results(pathlib.Path(folder) / "results", suite))
            found = one.whole_suite([one for one in self.mutations() if one.replacement == "0"])
        told = {mutation.line(self.SOURCE)[0]: record.get("case") or ("slow" if record.get("slow") else None) for mutation, record in found}
        return told, plays

    def test_all_survive_with_one_play(self):
        self.assertEqual(self.outcomes(lambda source: None), (dict.fromkeys("abcd"), ["alxyz"]))

    def test_the_case_that_fails_tells_whom_it_kills_and_the_others_go_on_from_there(self):
        outcomes, plays = self.outcomes(lambda source: "x" if "b = 0" in source else "y" if "d = 0" in source else None)
        self.assertEqual(outcomes, {"a": None, "b": "x", "c": None, "d": "y"})
        self.assertEqual(plays, ["alx", *"xxxx", "xy", *"yyyy", "yz", "alxyz"])

    def test_what_another_hid_is_seen_when_that_is_gone(self):
        hiding = lambda source: "y" if "b = 0" in source else "x" if "a = 0" in source else None
        self.assertEqual(self.outcomes(hiding)[0], {"a": "x", "b": "y", "c": None, "d": None})

    def test_what_fails_only_together_survives(self):
        both = lambda source: "x" if "a = 0" in source and "d = 0" in source else None
        self.assertEqual(self.outcomes(both)[0], dict.fromkeys("abcd"))

    def test_what_takes_too_long_is_a_survivor_and_keeps_nobody_else_from_the_suite(self):
        outcomes, _ = self.outcomes(lambda source: "x" if "c = 0" in source else None, slow=lambda source: "a = 0" in source)
        self.assertEqual(outcomes, {"a": "slow", "b": None, "c": "x", "d": None})

    def test_what_cannot_be_built_together_is_played_apart(self):
        outcomes, _ = self.outcomes(lambda source: "x" if "c = 0" in source else None, makes=lambda source: source.count(" 0") < 3)
        self.assertEqual(outcomes, {"a": None, "b": None, "c": "x", "d": None})


class Looking(unittest.TestCase):
    """What a look at some cases tells, where chatspec plays what is set here: (case, whether it fails alone, too) each."""

    def look(self, *late):
        player = playing.Player("chatspec", "plain", 1)
        alone, plays = dict(late), []

        def play(program, command, folder, cases, seconds, jobs):
            plays.append("".join(cases))
            fails = next((case for case in cases if case in alone and (len(cases) > 1 or alone[case])), None)
            finding = {"case": fails, "code": "hang", "play_us": playing.DEADLINE_SECONDS * 1_000_000} if fails else None
            return playing.Seen(finding, True, left=tuple(cases[cases.index(fails) + 1 :]) if fails else ())

        player._play = play
        return player.look(None, None, None, list("abcd")), plays

    def test_what_rests_on_a_deadline_is_played_again_alone_and_leaves_what_it_left(self):
        seen, plays = self.look(("b", True))
        self.assertEqual((seen.finding["case"], seen.left, plays), ("b", ("c", "d"), ["abcd", "b"]))

    def test_what_passes_alone_keeps_nobody_from_the_cases_behind_it(self):
        seen, plays = self.look(("b", False), ("d", True))
        self.assertEqual((seen.finding["case"] if seen.finding else None, plays), ("d", ["abcd", "b", "cd", "d"]))
        seen, plays = self.look(("d", False))
        self.assertEqual((seen.finding, seen.was_played, plays), (None, True, ["abcd", "d"]))


class TheList(unittest.TestCase):
    def read(self, text):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "list.txt"
            path.write_text(text)
            return unseen.read(path)

    def test_an_entry_is_of_the_mutants_with_its_line_and_what_its_pattern_describes(self):
        entries = self.read("# comment\n\nfree  The words are free.\n  a.py | string: * or boolean: * | say(\"a | b\")\n")
        self.assertEqual((entries[0].kind, entries[0].reason), ("free", "The words are free."))
        self.assertIs(unseen.entry_of(entries, "a.py", "string: a -> b", 'say("a | b")'), entries[0])
        for path, what, line in (("b.py", "string: a", 'say("a | b")'), ("a.py", "number: 1", 'say("a | b")'), ("a.py", "string: a", "say()")):
            self.assertIsNone(unseen.entry_of(entries, path, what, line))

    def test_mistakes_are_told_with_their_place(self):
        for text, place in (("good  why\n", ":1"), ("free\n", ":1"), ("free  why\n  a.py | x\n", ":2"), ("  a.py | x | y\n", ":1")):
            with self.subTest(text), self.assertRaisesRegex(unseen.ListError, "list.txt" + place):
                self.read(text)


class TheSuite(unittest.TestCase):
    def test_has_the_scenarios_of_a_role_and_of_both(self):
        server, client = playing.Suite("server").files, playing.Suite("client").files
        self.assertTrue("end/after-hello" in server and "end/after-hello" not in client)
        self.assertTrue("files/messages-absent" in client and "files/messages-absent" not in server)
        self.assertTrue("signature/one-line" in server and "signature/one-line" in client)


class Kept(unittest.TestCase):
    """What is known of a mutant holds as long as the scenarios that it comes from stay as they are."""

    @staticmethod
    def suite(**files):
        suite = types.SimpleNamespace(files=files, digest=str(sorted(files.items())), file_digest=lambda case: files.get(case.split("[")[0]))
        suite.changed_since = lambda before: [name for name, digest in files.items() if before.get(name) != digest]
        return suite

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = pathlib.Path(folder.name) / "results"
        before = results.Results(self.path, self.suite(a="1", b="1"))
        before.add("killed", results.KILLED, case="a[row]", code="hang")
        before.add("alive", results.SURVIVED)
        before.add("no-program", results.STILLBORN)

    def test_with_the_same_suite_everything_holds(self):
        kept = results.Results(self.path, self.suite(a="1", b="1"))
        self.assertEqual([kept.of(key)["outcome"] for key in ("killed", "alive", "no-program")],
                         [results.KILLED, results.SURVIVED, results.STILLBORN])

    def test_a_killed_one_is_played_again_where_its_scenario_changed_and_not_where_another_did(self):
        self.assertIsNone(results.Results(self.path, self.suite(a="2", b="1")).of("killed"))
        self.assertIsNotNone(results.Results(self.path, self.suite(a="1", b="2")).of("killed"))

    def test_a_survivor_meets_what_it_has_not_met(self):
        kept = results.Results(self.path, self.suite(a="1", b="2", c="1"))
        self.assertIsNone(kept.of("alive"))
        self.assertEqual(kept.not_seen(kept.survived_before("alive")), ["b", "c"])
        self.assertIsNotNone(kept.of("no-program"))

    def test_half_a_line_of_a_run_that_was_killed_is_ignored(self):
        with open(self.path, "a") as file:
            file.write('{"key": "ki')
        self.assertIsNotNone(results.Results(self.path, self.suite(a="1", b="1")).of("killed"))


class Tables(unittest.TestCase):
    def test_the_score_is_of_those_that_could_be_killed(self):
        table = results.Table("operator")
        for outcome, listed in ((results.KILLED, None), (results.KILLED, None), (results.SURVIVED, "missed"), (results.SURVIVED, "free"),
                                (results.SURVIVED, "same"), (results.STILLBORN, None), (results.EQUIVALENT, None)):
            table.add("number", outcome, listed)
        self.assertEqual(table.markdown().splitlines()[2], "| number | 7 | 1 | 2 | 1 | 2 | 1 | 66.6 % |")


if __name__ == "__main__":
    unittest.main()
