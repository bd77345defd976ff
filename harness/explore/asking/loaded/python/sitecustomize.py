"""What chatspec has Python import before a program that it searches; Python does so by this name, if the folder is in PYTHONPATH.

With CHATSPEC_REACHED, the program tells which of its lines it reaches: each once, as FILE:LINE, in the file of that name. From Python
3.12 on, a line that was reached is watched no longer, so that it costs nothing more; before, every line of the program costs some time
whenever it runs. Lines of Python's own library are not told.

With CHATSPEC_FORKS, a child of the program ends without tearing down what it shares with its parent, which would have all of it copied.
What it wrote is written, what is registered to run at its end has run, and its status is that of success.
"""

import atexit
import os
import sys


def open_file():
    try:
        return os.open(os.environ["CHATSPEC_REACHED"], os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o644)
    except (KeyError, OSError):
        return None


def watch(file):
    libraries = tuple({os.path.join(os.path.realpath(prefix), "lib") + os.sep for prefix in (sys.prefix, sys.base_prefix)})
    own = {__file__: False}  # whether the lines of a file are told, by its name
    write = os.write

    def is_own(name):
        if name not in own:
            path = os.path.realpath(name)
            own[name] = not (name.startswith("<") or path.startswith(libraries) or "-packages" + os.sep in path)
        return own[name]

    def tell(name, line):
        try:
            write(file, f"{os.path.basename(name)}:{line}\n".encode("utf-8", "replace"))
        except OSError:
            pass

    if hasattr(sys, "monitoring"):
        watch_each_once(is_own, tell)
    else:
        watch_each_time(is_own, tell)


def watch_each_once(is_own, tell):
    monitoring = sys.monitoring
    tool = monitoring.COVERAGE_ID
    done = monitoring.DISABLE

    def reach(code, line):
        if is_own(code.co_filename):
            tell(code.co_filename, line)
        return done

    try:
        monitoring.use_tool_id(tool, "chatspec")
    except ValueError:
        return  # somebody else watches it
    monitoring.register_callback(tool, monitoring.events.LINE, reach)
    monitoring.set_events(tool, monitoring.events.LINE)


def watch_each_time(is_own, tell):
    import threading

    reached = set()

    def reach(frame, event, _):
        if event == "line":
            place = (frame.f_code.co_filename, frame.f_lineno)
            if place not in reached:
                reached.add(place)
                tell(*place)
        return reach

    def enter(frame, *_):
        return reach if is_own(frame.f_code.co_filename) else None

    threading.settrace(enter)
    sys.settrace(enter)


def end_children_at_once():
    parent = os.getpid()

    def end():
        if os.getpid() == parent:
            return
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except (AttributeError, OSError, ValueError):
                pass  # closed, or nobody reads it
        os._exit(0)

    atexit.register(end)  # what is registered later runs before


def import_the_hidden_one():
    """The module of this name that would have been imported without this one."""
    own = os.path.dirname(os.path.abspath(__file__))
    sys.path[:] = [path for path in sys.path if os.path.abspath(path) != own]
    finder = sys.meta_path[-1]
    found = finder.find_spec("sitecustomize", sys.path)
    if found is None or found.loader is None:
        return
    sys.modules.pop("sitecustomize", None)
    __import__("sitecustomize")


# That this module itself is not kept compiled beside its source is all that it was set for.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
if "CHATSPEC_FORKS" in os.environ:
    end_children_at_once()
file = open_file()
try:
    import_the_hidden_one()
finally:
    if file is not None:
        watch(file)
