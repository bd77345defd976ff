"""ci/fuzz --parser: fuzzes a user's parser, and tells what it does otherwise than PROTOCOL.md says. It goes on past what it finds; what fails in
the same way is one finding."""

import collections
import dataclasses
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

import fuzzing
from fuzzing.parser_build import Trouble, build, chatspec, say
from fuzzing.parser_failures import Failure, read_failure

MINIMISE_SECONDS = 10
MOST_FAILING = 300  # inputs that are looked at: the smallest


def profile_of(arguments):
    return {"CHATSPEC_FUZZ_PROFILE": arguments.profile} if arguments.profile else {}


def look_at(program, path, arguments):
    """How an input fails; None where it does not."""
    run = fuzzing.run(program, [path], fuzzing.options("linked"), profile_of(arguments))
    if run.status == 0:
        return None
    return read_failure(path, run.output, arguments.parser) or Failure(path, (run.found,), run.found, [])


@dataclasses.dataclass
class Ran:
    executions: int
    edges: int


def check_profile(program, arguments):
    """The program itself reads it, and refuses one in which it cannot fuzz."""
    refused = re.search(r"^CHATSPEC_FUZZ_PROFILE: (.*)", fuzzing.run(program, [], {"runs": 1}, profile_of(arguments)).output, re.MULTILINE)
    if refused:
        raise Trouble(f"--profile: {refused[1]}")


def write_seeds(arguments, folder):
    """What the suite's scenarios send, in the profile."""
    if not arguments.profile:
        return [fuzzing.FUZZ / "linked"]
    done = subprocess.run([chatspec(), "export-bytes", "--profile", arguments.profile, folder], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Trouble(f"--profile: {done.stderr.strip()}")
    return [folder]


def fuzz(program, arguments, seeds, failing):
    """Runs for the time, whatever is found; inputs that fail go into a folder."""
    flags = fuzzing.options("linked") | {
        "fork": 2, "ignore_crashes": 1, "ignore_timeouts": 1, "ignore_ooms": 1, "seed": arguments.seed,
        "max_total_time": arguments.seconds, "artifact_prefix": f"{failing}/"}
    work = fuzzing.ROOT / "build/fuzz/work" / "foreign"
    work.mkdir(parents=True, exist_ok=True)
    environment = fuzzing.WITHOUT_SYMBOLS | profile_of(arguments)
    run = fuzzing.run(program, [work, *seeds], flags, environment)
    counts = re.findall(r"^#(\d+): cov: (\d+) ", run.output, re.MULTILINE)
    if run.status != 0 and not counts:
        raise Trouble(f"the fuzzer ended with status {run.status}:\n{run.output[-2000:]}")
    return Ran(*(int(number) for number in counts[-1])) if counts else Ran(run.executions, run.coverage)


def by_size(paths):
    return sorted(paths, key=lambda path: (path.stat().st_size, path.name))


def group(program, paths, arguments):
    """The failures of each kind, the smallest input first."""
    kinds = collections.defaultdict(list)
    for path in by_size(paths)[:MOST_FAILING]:
        if failure := look_at(program, path, arguments):
            kinds[failure.kind].append(failure)
    return list(kinds.values())


def minimise(program, failure, arguments):
    """The same failure of a smaller input, where libFuzzer finds one in a while."""
    small = failure.path.with_name(failure.path.name + ".min")
    flags = fuzzing.options("linked") | {"minimize_crash": 1, "max_total_time": MINIMISE_SECONDS, "exact_artifact_path": small}
    fuzzing.run(program, [failure.path], flags, fuzzing.WITHOUT_SYMBOLS | profile_of(arguments))
    again = look_at(program, small, arguments) if small.exists() else None
    return again if again and again.kind == failure.kind else failure


def keep(failure, folder, arguments):
    """Copies the input to where findings are kept, and makes a scenario of it; of another profile's bytes none can be made."""
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / f"parser-{failure.path.name.split('-')[-1].removesuffix('.min')[:12]}"
    kept.write_bytes(failure.path.read_bytes())
    if arguments.profile:
        return kept, None
    scenario = kept.with_suffix(".chat")
    scenario.write_bytes(subprocess.run([chatspec(), "import-bytes", kept], capture_output=True, check=True).stdout)
    return kept, scenario


def show_bytes(content):
    shown = "".join(chr(byte) if 0x20 <= byte < 0x7F and byte != 0x5C else {0x0A: "\\n", 0x0D: "\\r", 0x5C: "\\\\"}.get(byte, f"\\x{byte:02x}")
                    for byte in content[:200])
    return f'"{shown}"' + (f" and {len(content) - 200} bytes more" if len(content) > 200 else "")


def as_typed(path):
    """From the folder in which the user is."""
    near = os.path.relpath(path)
    return str(path) if near.startswith("..") else near


def tell(number, failure, inputs, kept, scenario, program, arguments):
    print(f"\n{number}. {failure.told}")
    print(f"   sent        {show_bytes(failure.path.read_bytes())}")
    for detail in failure.details:
        print(f"               {detail}")
    print(f"   seen with   {inputs} input{'s' if inputs > 1 else ''}; the smallest is {as_typed(kept)}")
    variables = "".join(f"{name}={shlex.quote(value)} " for name, value in profile_of(arguments).items())
    print(f"   run again   {variables}{as_typed(program)} {as_typed(kept)}")
    if scenario:
        print(f"   as a server {as_typed(chatspec())} run {as_typed(scenario)} --server …")


def known_kinds(program, arguments):
    """Of the findings that are known, how they fail today."""
    kinds = set()
    for place in arguments.known:
        files = [path for path in sorted(place.iterdir()) if path.is_file() and path.suffix != ".chat"] if place.is_dir() else [place]
        for path in files:
            failure = look_at(program, path, arguments)
            if failure:
                kinds.add(failure.kind)
            else:
                say(f"{path} does not fail any more")
    return kinds


def fuzz_parser(arguments):
    """All of it; gives the exit status."""
    subprocess.run([fuzzing.ROOT / "ci/setup"], check=True)
    try:
        program = build(arguments)
        check_profile(program, arguments)
        known = known_kinds(program, arguments)
        with tempfile.TemporaryDirectory() as scratch:
            failing = pathlib.Path(scratch) / "failing"
            failing.mkdir()
            seeds = write_seeds(arguments, pathlib.Path(scratch) / "seeds")
            count = sum(len(list(folder.iterdir())) for folder in seeds)
            say(f"fuzzing for {arguments.seconds} s, beginning with {count} conversations of the suite")
            ran = fuzz(program, arguments, seeds, failing)
            paths = list(failing.iterdir())
            found = group(program, paths, arguments)
            new = [failures for failures in found if failures[0].kind not in known]
            if new:
                say(f"looking at {len(paths)} inputs that fail, and making them smaller")
            for number, failures in enumerate(new, 1):
                smallest = minimise(program, failures[0], arguments)
                kept, scenario = keep(smallest, fuzzing.ROOT / "build/fuzz/findings", arguments)
                tell(number, smallest, len(failures), kept, scenario, program, arguments)
    except Trouble as trouble:
        print(f"ci/fuzz: {trouble}", file=sys.stderr)
        return 2
    except subprocess.CalledProcessError:
        print("ci/fuzz: chatspec does not build; the compiler says above why", file=sys.stderr)
        return 2
    known_too = f", and {len(found) - len(new)} that are known" if len(found) > len(new) else ""
    print(f"\n{ran.executions} inputs, {ran.executions // arguments.seconds} a second; {ran.edges} places of your parser reached\n"
          f"{len(new)} finding{'' if len(new) == 1 else 's'}{known_too}")
    return 1 if new else 0
