#!/usr/bin/env python3
"""That the example parser's mistakes are found one after the other: stages_test.py FUZZERS SCRATCH, where FUZZERS holds a program for
each stage, in which one mistake more is mended. What is found at a stage must be gone at the next, and at the last nothing may be found."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[3] / "ci"))
import fuzzing  # noqa: E402

RUNS = 20_000


def main():
    fuzzers, scratch = map(pathlib.Path, sys.argv[1:])
    stages = sorted(fuzzers.glob("fuzz_student_*"))
    finding = scratch / "student-finding"
    assert len(stages) > 1, f"no stages in {fuzzers}"
    for stage, program in enumerate(stages):
        flags = fuzzing.options("linked") | {"runs": RUNS, "seed": 1, "exact_artifact_path": finding}
        if stage > 0:
            again = fuzzing.run(program, [finding], {}, fuzzing.WITHOUT_SYMBOLS)
            assert not again.found, f"stage {stage} still has what was found before it: {again.found}"
            finding.unlink()
        run = fuzzing.run(program, [fuzzing.FUZZ / "linked"], flags, fuzzing.WITHOUT_SYMBOLS)
        print(f"stage {stage}: {run.found or 'nothing found'} ({run.cpu_seconds:.1f} s)")
        assert finding.exists() == (program != stages[-1]), run.output[-2000:]


if __name__ == "__main__":
    main()
