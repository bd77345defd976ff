#!/usr/bin/env bash
# PrairieLearn runs this in the question's container: this file and assignment.txt lie in the question's folder tests/, what was handed in
# in /grade/student. Without a results.json it says that grading failed, and gives no mark.
set -uo pipefail
mkdir -p /grade/results
chatspec grade /grade/tests/assignment.txt /grade/student --out /tmp/grading --prairielearn /grade/results/results.json
