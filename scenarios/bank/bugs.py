"""What the two halves of the bank share: a bug is a class that overrides a little of a correct program, under a name.

  server.py BUG PORT KEYFILE
  client.py BUG HOST PORT MESSAGEFILE SIGNATUREFILE
  server.py --list     the bugs, each with a sentence

BUG is MODULE/NAME, for `server_bugs/MODULE.py` or `client_bugs/MODULE.py`, or `none`; BUG+BUG has both at once.
"""

import importlib
import os
import sys

_HERE = os.path.dirname(os.path.abspath(__file__))

_registered = {}


def bug(name):
    """Registers a class under MODULE/name; its documentation says in a sentence what the student did."""

    def register(cls):
        path = cls.__module__.rpartition(".")[2] + "/" + name
        assert path not in _registered and cls.__doc__, path
        _registered[path] = cls
        return cls

    return register


def _load(folder, name):
    module, _, rest = name.partition("/")
    if not rest or not os.path.exists(os.path.join(_HERE, folder, module + ".py")):
        raise KeyError(name)
    importlib.import_module(folder + "." + module)
    return _registered[name]


def _list(folder):
    for name in sorted(os.listdir(os.path.join(_HERE, folder))):
        if name.endswith(".py"):
            importlib.import_module(folder + "." + name.removesuffix(".py"))
    for name, cls in _registered.items():
        print("%-40s %s" % (name, cls.__doc__.strip()))


def main(program, folder, arguments):
    """Runs `program`, spoilt by the bug that the first argument names."""
    if arguments == ["--list"]:
        _list(folder)
        return 0
    try:
        names = [name for name in arguments[0].split("+") if name != "none"]
        classes = [_load(folder, name) for name in names] or [program]
    except (IndexError, KeyError):
        print(__doc__, file=sys.stderr)
        return 2
    spoilt = classes[0] if len(classes) == 1 else type("Several", tuple(classes), {})
    return spoilt().main(arguments[1:])
