"""What mkdocs calls as it makes the site (docs/mkdocs.yml): lays the pages out, and looks at every link of what came out."""

import logging
import os
import pathlib
import sys

from mkdocs.exceptions import BuildError

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from documents import links, staging
from documents.play import source_folder

LOG = logging.getLogger("mkdocs.chatspec")
SUITE_TITLE = "The suite"  # the place in the navigation that has a page for each of its chapters


def on_config(config):
    source = source_folder()
    chatspec = os.environ.get("CHATSPEC") or source / "build" / "bin" / "chatspec"
    chapters = staging.stage(source, [*_names(config["nav"]), *config["extra_css"]], chatspec, pathlib.Path(config["docs_dir"]))
    _place_of_the_suite(config["nav"])[SUITE_TITLE] = [{pathlib.PurePosixPath(name).stem: name} for name in chapters]
    return config


def on_post_build(config):
    broken = list(links.broken_links(pathlib.Path(config["site_dir"])))
    if broken and config["strict"]:
        raise BuildError("\n".join(broken))
    for told in broken:
        LOG.warning(told)


def _names(nav):
    for entry in nav:
        for title, value in entry.items():
            if isinstance(value, list):
                yield from _names(value)
            elif title != SUITE_TITLE:
                yield value


def _place_of_the_suite(nav):
    for entry in nav:
        for title, value in entry.items():
            if title == SUITE_TITLE:
                return entry
            if isinstance(value, list) and (found := _place_of_the_suite(value)) is not None:
                return found
    return None
