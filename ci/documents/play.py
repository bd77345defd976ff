"""Runs the commands of a page in order, as its reader would: in one shell, as it were, in a folder that is empty to begin with."""

import dataclasses
import os
import pathlib
import shutil
import subprocess

from documents.blocks import PageError
from documents.output import difference

SECONDS = 300  # that a block may take

# A block starts where the one before it ended: in its folder, and with what it exported.
SHELL = """\
set -eu
[ ! -e "$PLAY_STATE" ] || . "$PLAY_STATE"
trap 'status=$?; { export -p | grep -v "declare -x PLAY_STATE="; echo "cd $(printf %q "$PWD")"; } >"$PLAY_STATE"; exit $status' EXIT
"""


@dataclasses.dataclass
class Played:
    blocks: int = 0
    left_out: list[str] = dataclasses.field(default_factory=list)  # the reasons


def play_page(page, source, programs, scratch):
    """Plays a page in a folder of its own below `scratch`, with `programs` on the path, the sources beside it as `chatspec`."""
    folder = scratch / "folder"
    folder.mkdir()
    (folder / "chatspec").symlink_to(source)
    environment = {
        "PATH": f"{programs}:/usr/bin:{os.environ['PATH']}", "HOME": str(scratch), "LANG": "C.UTF-8", "NO_COLOR": "1",
        "PLAY_STATE": str(scratch / "state"),
    }
    played = Played()
    printed = None  # by the block of commands before, if it was run
    for block in page.blocks:
        place = f"{page.name}:{block.line}"
        for given in block.marks.get("given", []):
            _give(source, folder, given)
        if block.mark("file"):
            _write(folder / block.mark("file"), block.text)
        elif block.language == "sh":
            if reason := block.mark("not played"):
                played.left_out.append(reason)
                printed = None
            else:
                printed = _run(place, block, folder, environment)
                played.blocks += 1
        elif block.language == "output" and printed is not None and (told := difference(block.text, printed)):
            raise PageError(f"{place}: {told}")
    return played


def _give(source, folder, given):
    path, _, original = given.partition(" = ")
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    original = source / original
    if original.is_dir():
        shutil.copytree(original, target, dirs_exist_ok=True)
    else:
        shutil.copy(original, target)


def _write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def _run(place, block, folder, environment):
    wanted = int(block.mark("status") or 0)
    try:
        done = subprocess.run(["bash", "-c", SHELL + block.text], cwd=folder, env=environment, text=True, errors="backslashreplace", timeout=SECONDS,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
    except subprocess.TimeoutExpired:
        raise PageError(f"{place}: not done after {SECONDS} s:\n{block.text}") from None
    if done.returncode != wanted:
        raise PageError(f"{place}: status {done.returncode} in place of {wanted}:\n{block.text}\nprinted was:\n{done.stdout}")
    return done.stdout


def source_folder():
    return pathlib.Path(__file__).resolve().parents[2]
