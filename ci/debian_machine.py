"""A Debian whose files are in a folder, to try things on: it is made anew, or somebody's own is used (--root)."""

import os
import pathlib
import shutil
import subprocess


class Machine:
    """A Debian whose files are in a folder, and in which words are run as root."""

    def __init__(self, root):
        self.root = root

    def put(self, path, content):
        target = self.root / path.lstrip("/")
        target.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, pathlib.Path):
            shutil.copy(content, target)
        else:
            target.write_text(content)

    def get(self, path):
        return (self.root / path.lstrip("/")).read_text()

    def clear(self, *paths):
        for path in paths:
            shutil.rmtree(self.root / path.lstrip("/"), ignore_errors=True)

    def run(self, script, folder="/root", network=False, **variables):
        words = ["bwrap", "--bind", self.root, "/", "--dev", "/dev", "--proc", "/proc", "--ro-bind", "/sys", "/sys", "--perms", "1777", "--tmpfs", "/tmp", "--unshare-pid", "--cap-add", "ALL",
                 "--die-with-parent", "--clearenv", "--chdir", folder]
        if network:
            words += ["--ro-bind", os.path.realpath("/etc/resolv.conf"), "/etc/resolv.conf"]
        else:
            words += ["--unshare-net"]
        environment = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", "DEBIAN_FRONTEND": "noninteractive"}
        for name, value in (environment | variables).items():
            words += ["--setenv", name, value]
        return subprocess.run([*words, "bash", "-c", script], text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)


def make_debian(folder):
    """A fresh Debian 12 in a folder that is not there yet."""
    subprocess.run(["mmdebstrap", "--quiet", "--variant=minbase", "bookworm", folder], check=True)


def expect(what, outcome):
    if not outcome:
        raise AssertionError(what)


def run_well(machine, script, *statuses, **options):
    """What the script printed; its status must be one of those named, or 0."""
    done = machine.run(script, **options)
    expect(f"{script}: status {done.returncode}\n{done.stdout}", done.returncode in (statuses or (0,)))
    return done.stdout
