"""How an input makes a parser fail, read from what the oracle or a sanitizer says: text -> Failure."""

import dataclasses
import pathlib
import re

SHOWN_FRAMES = 3


@dataclasses.dataclass
class Failure:
    """One input that fails, and how. Those with the same `kind` are one finding."""
    path: pathlib.Path
    kind: tuple
    told: str  # in a line
    details: list


def unit_class(unit):
    if unit is None:
        return "nothing"
    return "a signature" if re.fullmatch(r"[0-9a-f]{64}", unit) else f'"{unit[:40]}"'


def first_difference(one, other):
    """Of two quoted texts of lines, what stands where they begin to differ, such as two signatures, or a reply and nothing."""
    ours, theirs = (text.strip('"').split("\\n") for text in (one, other))
    for index in range(max(len(ours), len(theirs))):
        here = [lines[index] if index < len(lines) and lines[index] else None for lines in (ours, theirs)]
        if here[0] != here[1]:
            return tuple(unit_class(unit) for unit in here)
    return ()


def broken_property(path, output):
    told = re.search(r"^PROPERTY BROKEN: (.*)$", output, re.MULTILINE)
    if not told:
        return None
    sides = re.findall(r"^  (?:your parser|PROTOCOL\.md): .*$", output, re.MULTILINE)
    came_due = first_difference(*(side.split(":", 1)[1].strip() for side in sides)) if len(sides) == 2 else ()
    at = f": {came_due[1]} is due, {came_due[0]} comes" if came_due and came_due[0] != came_due[1] else ""
    if came_due and came_due[0] == came_due[1]:
        at = f": {came_due[0]}, but another one"
    return Failure(path, (told[1], came_due), told[1] + at, [side.strip() for side in sides])


def frames_of(output, sources):
    """Where in the user's files it was, innermost first: "take_line server.c:41:7"."""
    names = {path.name for path in sources}
    frames = []
    for function, place in re.findall(r"^\s+#\d+ 0x[0-9a-f]+ in (.+?) (\S+:\d+(?::\d+)?)$", output, re.MULTILINE):
        name = pathlib.Path(place.split(":")[0]).name
        if name in names:
            frames.append(f"{function.split('(')[0]} {name}:{place.split(':', 1)[1]}")
    return frames


def sanitizer_report(path, output, sources):
    """In the sanitizer's own words: what it was, of how many bytes, and where the memory is."""
    runtime = re.search(r"^(\S+?):(\d+:\d+): runtime error: (.*)$", output, re.MULTILINE)
    if runtime:
        place = f"{pathlib.Path(runtime[1]).name}:{runtime[2]}"
        return Failure(path, ("runtime error", place), f"{runtime[3]} ({place})", [])
    error = re.search(r"ERROR: (?:Address|Leak|Undefined\w*)Sanitizer: (.*?)(?: on (?:unknown )?address .*)?$", output, re.MULTILINE)
    if not error:
        return None
    what = error[1].split(" (")[0]
    details = [line.strip().split(" at 0x")[0] for line in re.findall(r"^(?:READ|WRITE) of size \d+.*$", output, re.MULTILINE)[:1]]
    details += [re.sub(r"0x[0-9a-f]+ is located", "it lies", region) for region in re.findall(r"^0x[0-9a-f]+ is located .*(?= \[)", output, re.MULTILINE)]
    frames = frames_of(output, sources)
    return Failure(path, (what, tuple(frames[:1])), f"{what}{f' in {frames[0]}' if frames else ''}",
                   details + [f"called from {frame}" for frame in frames[1:SHOWN_FRAMES]])


def read_failure(path, output, sources):
    """What the program said of an input that it ended with."""
    found = broken_property(path, output) or sanitizer_report(path, output, sources)
    if not found and "libFuzzer: timeout" in output:
        found = Failure(path, ("timeout",), "it does not end in time", [])
    return found
