"""Whether commands printed what a page shows of it.

A line `…` stands for any lines, `…` within a line for anything. How long something took, as `0.52 s`, may be another time.
"""

import re

TIME = re.compile(r"\d+(?:\.\d+)? (?=s\b|ms\b|min\b)")


def difference(shown, printed):
    """Where they differ, in words; None where they do not."""
    shown, printed = shown.splitlines(), [line.rstrip() for line in printed.splitlines()]
    if _matches(shown, printed):
        return None
    reached = max(count for count in range(len(shown) + 1) if _matches([*shown[:count], "…"], printed))
    missing = f"shown, but not printed:\n  {shown[reached]}" if reached < len(shown) else "printed more than is shown"
    return missing + "\nprinted was:\n" + "".join(f"  {line}\n" for line in printed)


def _matches(shown, printed):
    pattern = "".join("(?:.*\n)*?" if line.strip() == "…" else _line_pattern(line.rstrip()) + "\n" for line in shown)
    return re.fullmatch(pattern, "".join(line + "\n" for line in printed)) is not None


def _line_pattern(line):
    return ".*".join(r"\d+(?:\.\d+)? ".join(re.escape(part) for part in TIME.split(piece)) for piece in line.split("…"))
