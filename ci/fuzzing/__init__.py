"""What ci/fuzz, ci/planted-bugs and ci/minimise-corpora share: the targets, their options, and one run of an engine."""

import configparser
import dataclasses
import os
import pathlib
import re
import resource
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
FUZZ = ROOT / "fuzz"
TARGETS = sorted(path.stem for path in FUZZ.glob("*.options") if path.stem != "canary")
# Those whose inputs are a client's bytes, so that `chatspec import-bytes` makes scenarios of them.
STREAMS = {"data", "import", "limits", "linked", "model", "session"}


def options(target):
    """The flags that TARGET.options asks libFuzzer for."""
    parser = configparser.ConfigParser()
    parser.read(FUZZ / f"{target}.options")
    flags = dict(parser["libfuzzer"]) if parser.has_section("libfuzzer") else {}
    if "dict" in flags:
        flags["dict"] = str(FUZZ / flags["dict"])
    return flags


@dataclasses.dataclass
class Run:
    status: int
    output: str
    executions: int
    cpu_seconds: float
    coverage: int  # edges
    features: int
    new_units: int
    early_mb: int  # resident, after a quarter of the executions
    late_mb: int  # at the end

    @property
    def found(self):
        """What was found, in a line; empty where nothing was."""
        if self.status == 0:
            return ""
        for pattern in (r"^PROPERTY BROKEN: .*", r"^SUMMARY: .*", r"^.*(?:runtime error|ERROR): .*"):
            if match := re.search(pattern, self.output, re.MULTILINE):
                return match.group(0)[:200]
        return f"ended with status {self.status}"


# For runs that are expected to find something: turning addresses into names takes longer than finding it.
WITHOUT_SYMBOLS = {"ASAN_OPTIONS": "quarantine_size_mb=16:symbolize=0"}


def run(program, corpora, flags, environment=None):
    """Runs a libFuzzer program to its end. Its output is text, whatever the bytes."""
    settings = {**os.environ, **(environment or {})}
    # A small quarantine: otherwise AddressSanitizer's grows for minutes and hides whether memory is flat.
    settings.setdefault("ASAN_OPTIONS", "quarantine_size_mb=16")
    settings["PATH"] += ":/usr/lib/llvm-19/bin"  # where the symbolizer is
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [str(program), "-print_final_stats=1", *(f"-{name}={value}" for name, value in flags.items())]
    done = subprocess.run(command + [str(folder) for folder in corpora], env=settings, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    output = done.stdout.decode("utf-8", "replace")

    def last(pattern):
        numbers = re.findall(pattern, output)
        return int(numbers[-1]) if numbers else 0

    executions = last(r"stat::number_of_executed_units:\s*(\d+)")
    # Lines such as `#65536 pulse … rss: 45Mb`, in order.
    resident = [(int(count), int(megabytes)) for count, megabytes in re.findall(r"^#(\d+)\t.* rss: (\d+)Mb", output, re.MULTILINE)]
    return Run(status=done.returncode, output=output, executions=executions,
               early_mb=max([megabytes for count, megabytes in resident if count <= executions / 4], default=0),
               late_mb=last(r"stat::peak_rss_mb:\s*(\d+)"),
               cpu_seconds=after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
               coverage=last(r" cov: (\d+)"), features=last(r" ft: (\d+)"),
               new_units=last(r"stat::new_units_added:\s*(\d+)"))


def mutates_lines(folder, target):
    """Whether a target was linked with the mutator that knows lines."""
    return b"CHATSPEC_FUZZ_MUTATOR" in (folder / "fuzzers" / f"fuzz_{target}").read_bytes()


def build(preset, *targets):
    """Configures and builds; raises where that fails."""
    subprocess.run(["cmake", "--preset", preset], cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    chosen = ["--target", *targets] if targets else []
    subprocess.run(["cmake", "--build", "--preset", preset, *chosen, "--", "--quiet"], cwd=ROOT, check=True)
