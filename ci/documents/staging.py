"""Lays out in a folder what the site is made of: the pages that mkdocs.yml names, where the tree has them, whatever they lead to, and the
pages that are made from the tree (generated.py). Since each stands where it stands in the tree, a link that is right there is right here."""

import pathlib
import re
import shutil

from documents import generated

LINK = re.compile(r"\]\(([^)#\s:]+)(?:#[^)\s]*)?\)")


def stage(source, names, chatspec, folder):
    """Makes `folder` have the pages of these names and no others; files that stay the same are not touched. Gives the names of what was made
    of the suite."""
    made = generated.pages(source, chatspec)
    wanted = {pathlib.PurePosixPath(name): text.encode() for name, text in made.items()}
    waiting = [pathlib.PurePosixPath(name) for name in names if name not in made]
    while waiting:
        name = waiting.pop()
        if name in wanted:
            continue
        wanted[name] = (source / name).read_bytes()
        if name.suffix == ".md":
            waiting += files_that_it_leads_to(source, name, wanted[name].decode())
    for name, content in wanted.items():
        _write_if_other(folder / name, content)
    for path in list(folder.rglob("*")):
        if path.is_file() and path.relative_to(folder) not in wanted:
            path.unlink()
    return sorted(name for name in made if name.startswith(generated.SUITE))


def files_that_it_leads_to(source, name, text):
    for link in LINK.findall(text):
        path = (source / name.parent / link).resolve()
        if path.is_file() and path.is_relative_to(source):
            yield pathlib.PurePosixPath(path.relative_to(source))


def _write_if_other(path, content):
    if path.is_file() and path.read_bytes() == content:
        return
    if path.is_dir():
        shutil.rmtree(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
