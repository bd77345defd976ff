#!/usr/bin/env python3
"""That each planted bug still fits the source that it was made of: sources change, and what no longer fits is noticed here, not months
later by whoever builds the fuzz targets. Those find out whether it still is a bug."""

import pathlib
import re
import subprocess
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[3]
PATCHES = sorted((ROOT / "fuzz/planted").glob("*.patch"))


class PlantedBugs(unittest.TestCase):
    def test_are_there(self):
        self.assertGreater(len(PATCHES), 20)

    def test_say_what_they_are_and_who_finds_them(self):
        for patch in PATCHES:
            with self.subTest(patch.name):
                title, target = re.match(r"(.+)\nTarget: (\w+)\n\n--- a/", patch.read_text()).groups()
                self.assertTrue(title.endswith("."))
                self.assertTrue((ROOT / f"fuzz/{target}.cc").is_file(), target)

    def test_fit_the_source_as_it_is(self):
        for patch in PATCHES:
            with self.subTest(patch.name):
                (source,) = re.findall(r"^\+\+\+ b/(reference/\S+)$", patch.read_text(), re.MULTILINE)
                done = subprocess.run(["patch", "--fuzz=0", "--output=-", ROOT / source, patch], capture_output=True, text=True)
                self.assertEqual(done.returncode, 0, done.stdout[-400:] + done.stderr)


if __name__ == "__main__":
    unittest.main()
