#!/usr/bin/env python3
"""That the files for platforms of CI, others' and our own, can be read, and that ours run scripts of ci/ and nothing else."""

import os
import pathlib
import re
import unittest

import yaml

SOURCES = pathlib.Path(__file__).resolve().parents[2]
WORKFLOWS = sorted((SOURCES / ".github" / "workflows").glob("*.yml"))
TEMPLATES = sorted(path for path in (SOURCES / "ci" / "templates").rglob("*.yml"))


def read(path):
    return yaml.safe_load(path.read_text())


def steps_of(file):
    jobs = file.get("jobs", {}).values()
    return [step for job in jobs for step in job["steps"]] + file.get("runs", {}).get("steps", [])


class Files(unittest.TestCase):
    def test_are_there(self):
        self.assertGreaterEqual(len(WORKFLOWS), 2)
        self.assertGreaterEqual(len(TEMPLATES), 4)

    def test_take_actions_of_a_named_version(self):
        for path in WORKFLOWS + TEMPLATES:
            with self.subTest(path):
                for step in steps_of(read(path)):
                    self.assertRegex(step.get("uses", "an/action@v1"), r"^[\w./-]+@[\w.]+$")
                    self.assertEqual(len(step.keys() & {"uses", "run"}), 1, step)

    def test_of_our_own_run_scripts_and_nothing_else(self):
        for path in WORKFLOWS:
            for step in steps_of(read(path)):
                with self.subTest(f"{path}: {step}"):
                    words = step.get("run", "ci/test").split()
                    self.assertTrue(all(re.fullmatch(r"[\w/-]+", word) for word in words))
                    self.assertTrue(words[0].startswith("ci/") and os.access(SOURCES / words[0], os.X_OK))

    def test_of_composite_actions_use_no_input_that_there_is_not(self):
        for path in TEMPLATES:
            action = read(path)
            if "runs" not in action:
                continue
            used = set(re.findall(r"\binputs\.(\w+)", path.read_text()))
            self.assertEqual(used, action["inputs"].keys())
            for step in steps_of(action):
                self.assertNotIn("${{", step.get("run", ""), "what an input says must not become a command")


if __name__ == "__main__":
    unittest.main()
