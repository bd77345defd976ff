#!/usr/bin/env python3
"""That each of the example parser's mistakes is found: stages_test.py FUZZERS, where FUZZERS holds a program for each stage, in which one
mistake more is mended. At each stage something is found that is gone at the next, and at the last nothing is."""

import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[3] / "ci"))
import fuzzing

RUNS = 20_000
SEEDS = 20  # each takes the corpus in another order, and finds another of the mistakes that are left


def fuzz(program, seed, scratch):
    """One run, and what it found."""
    finding = scratch / f"{program.name}-{seed}"
    flags = fuzzing.options("linked") | {"runs": RUNS, "seed": seed, "prefer_small": 0, "exact_artifact_path": finding}
    work = scratch / "work"
    work.mkdir(exist_ok=True)
    return fuzzing.run(program, [work, fuzzing.FUZZ / "linked"], flags, fuzzing.WITHOUT_SYMBOLS), finding


def main():
    stages = sorted(pathlib.Path(sys.argv[1]).glob("fuzz_student_*"))
    assert len(stages) > 1, f"no stages in {sys.argv[1]}"
    with tempfile.TemporaryDirectory() as scratch:
        for program, mended in zip(stages, stages[1:]):
            for seed in range(1, SEEDS + 1):
                run, finding = fuzz(program, seed, pathlib.Path(scratch))
                assert finding.exists(), f"{program.name} finds nothing\n{run.output[-2000:]}"
                if not fuzzing.run(mended, [finding], {}, fuzzing.WITHOUT_SYMBOLS).found:
                    break
            else:
                raise AssertionError(f"what {program.name} finds is not what is mended next: {run.found}")
            print(f"{program.name}: {run.found} (after {run.cpu_seconds:.1f} s)")
        run, _ = fuzz(stages[-1], 1, pathlib.Path(scratch))
        assert run.status == 0, run.output[-2000:]
        print(f"{stages[-1].name}: nothing in {run.executions} executions")


if __name__ == "__main__":
    main()
