#!/usr/bin/env python3
"""Counts the tests in a report of CTest's (--output-junit FILE), and prints how many ran, failed and skipped themselves.

A test of CTest's that is a whole program of GoogleTest's counts as many as that says in its last lines, where it ran to its end;
else as one. Those that skipped themselves (an implementation whose tools are not installed) are named on standard error.
"""

import re
import sys
import xml.etree.ElementTree as tree


def told(output, word):
    """The number in a line such as "[  PASSED  ] 130 tests."; 0 where there is none."""
    found = re.search(r"^\[ +" + word + r" +\] (\d+) tests?\b", output, re.MULTILINE)
    return int(found.group(1)) if found else 0


def count(suite):
    ran = failed = skipped = 0
    for case in suite.iter("testcase"):
        output = case.findtext("system-out") or ""
        passed, bad, left_out = (told(output, word) for word in ("PASSED", "FAILED", "SKIPPED"))
        is_bad = case.find("failure") is not None or case.get("status") == "fail"
        is_skipped = case.find("skipped") is not None or case.get("status") in ("notrun", "disabled")
        if passed + bad + left_out > 1:
            ran += passed + bad + left_out
            skipped += left_out
            failed += max(bad, 1) if is_bad else bad
            if left_out:
                print(f"skipped: {left_out} of {case.get('name')}", file=sys.stderr)
            continue
        ran += 1
        failed += is_bad
        skipped += is_skipped and not is_bad
        if is_skipped:
            print("skipped: " + case.get("name"), file=sys.stderr)
    return ran, failed, skipped


def main():
    try:
        print(*count(tree.parse(sys.argv[1]).getroot()))
    except (tree.ParseError, OSError) as failure:
        print(failure, file=sys.stderr)
        print(0, 1, 0)


main()
