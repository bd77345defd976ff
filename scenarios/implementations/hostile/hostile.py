#!/usr/bin/env python3
"""Servers and clients that mean harm, or are as bad as if they did: hostile.py NAME …

    hostile.py NAME PORT KEYFILE                            a server
    hostile.py NAME HOST PORT MESSAGEFILE SIGNATUREFILE     a client
    hostile.py --list                                       the names

A server misbehaves where its first key is `hostile`, and a client where its first message is; otherwise they are good ones, so that
a scenario beside the hostile one has a program to be unharmed in. Those that harm whoever does not confine them look first whether
they are confined, and refuse to go on if they are not.
"""

import ctypes
import hashlib
import mmap
import os
import pathlib
import re
import resource
import signal
import socket
import struct
import sys
import time

MARK = b"hostile"
REFUSED = 99  # exit status of one that is not confined as it has to be
PR_SET_PDEATHSIG = 1  # prctl(2)
LOOT_FOUND = 77  # of one that got where it should not

servers, clients = {}, {}


def hostile(table, name, *needs):
    """Enters a function into the table. `needs` are checks of what has to confine it."""

    def enter(function):
        table[name] = (function, needs)
        return function

    return enter


# What confines.


def own_processes():
    """The first process of this namespace keeps a cell: whatever is killed here is ours."""
    try:
        return pathlib.Path("/proc/1/comm").read_text().strip() == "chatspec"
    except OSError:
        return False


def limited():
    """Processes and files have an end, as they have where memory is watched, and we are nobody."""
    wanted = (resource.RLIMIT_NPROC, resource.RLIMIT_FSIZE, resource.RLIMIT_CPU)
    return own_processes() and all(resource.getrlimit(one)[1] != resource.RLIM_INFINITY for one in wanted)


def own_disk():
    """The folder is a file system of its own, which has an end."""
    return own_processes() and os.stat(".").st_dev != os.stat("/").st_dev


# The good ones.


class Lines:
    def __init__(self, connection):
        self.connection = connection
        self.buffer = b""

    def read(self):
        while b"\n" not in self.buffer:
            received = self.connection.recv(65536)
            if not received:
                raise SystemExit(1)
            self.buffer += received
        line, self.buffer = self.buffer.split(b"\n", 1)
        print(line.decode("latin-1"), flush=True)
        return line


def listen(port, address="127.0.0.1", family=socket.AF_INET):
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((address, port))
    listener.listen()
    return listener


def accept(port):
    return listen(port).accept()[0]


def serve(connection, keys, lines=None):
    lines = lines or Lines(connection)
    if lines.read() != b"HELLO":
        raise SystemExit(1)
    connection.sendall(b"260 OK\n")
    keys = iter(keys)
    while lines.read() == b"DATA":
        digest = hashlib.sha256()
        while (line := lines.read()) != b".":
            digest.update(re.sub(rb"\\([\\.])", rb"\1", line))
        digest.update(next(keys))
        connection.sendall(b"270 SIG\n%s\n" % digest.hexdigest().encode())
        lines.read()
        connection.sendall(b"260 OK\n")
    connection.close()


def serve_one(port, keys):
    serve(accept(port), keys)


def hear_hello(port):
    """A connection on which HELLO has been read, and nothing been answered."""
    connection = accept(port)
    Lines(connection).read()
    return connection


def talk(host, port, message, signature):
    connection = socket.create_connection((host, port))
    lines = Lines(connection)

    def expect(unit):
        if lines.read() != unit:
            raise SystemExit(1)

    connection.sendall(b"HELLO\n")
    expect(b"260 OK")
    connection.sendall(b"DATA\n")
    connection.sendall(re.sub(rb"([\\.])", rb"\\\1", message) + b"\n.\n")
    expect(b"270 SIG")
    connection.sendall(b"PASS\n" if lines.read() == signature else b"FAIL\n")
    expect(b"260 OK")
    connection.sendall(b"QUIT\n")
    connection.close()


# Servers that do not start as they should.


@hostile(servers, "never-listens")
def never_listens(port, keys):
    signal.pause()


@hostile(servers, "listens-late")
def listens_late(port, keys):
    time.sleep(0.7)
    serve_one(port, keys)


@hostile(servers, "wrong-port")
def wrong_port(port, keys):
    serve(accept(port + 1), keys)


@hostile(servers, "other-family")
def other_family(port, keys):
    serve(listen(port, "::1", socket.AF_INET6).accept()[0], keys)


@hostile(servers, "wrong-address")
def wrong_address(port, keys):
    """In the file system instead of on the network."""
    listener = socket.socket(socket.AF_UNIX)
    listener.bind("socket")
    listener.listen()
    listener.accept()


@hostile(servers, "exits-at-once")
def exits_at_once(port, keys):
    raise SystemExit(0)


@hostile(servers, "daemonises")
def daemonises(port, keys):
    """Leaves its parent, its session and its group behind, and serves; then it stays for ever."""
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            serve_one(port, keys)
            signal.pause()
        os._exit(0)
    raise SystemExit(0)


# Servers that die.


@hostile(servers, "crashes-by-signal")
def crashes_by_signal(port, keys):
    hear_hello(port).sendall(b"260")
    os.kill(os.getpid(), signal.SIGSEGV)


@hostile(servers, "crashes-by-exception")
def crashes_by_exception(port, keys):
    hear_hello(port).sendall(b"260")
    raise ValueError("\x1b[31m<script>alert(1)</script>\x00")


@hostile(servers, "exits-as-if-killed")
def exits_as_if_killed(port, keys):
    """Though all is well: a shell would say so of a program that SIGSEGV killed."""
    serve_one(port, keys)
    raise SystemExit(128 + signal.SIGSEGV)


@hostile(servers, "resets")
def resets(port, keys):
    connection = hear_hello(port)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


# Servers without measure.


@hostile(servers, "floods-the-socket")
def floods_the_socket(port, keys):
    connection = hear_hello(port)
    while True:
        connection.sendall(b"2" * 65536)


@hostile(servers, "floods-standard-output")
def floods_standard_output(port, keys):
    connection = hear_hello(port)
    while True:
        os.write(1, b"\x1b]0;owned\x07" * 8192)


@hostile(servers, "floods-standard-error")
def floods_standard_error(port, keys):
    connection = hear_hello(port)
    while True:
        os.write(2, b"E" * 65536)


@hostile(servers, "steers-the-terminal")
def steers_the_terminal(port, keys):
    connection = hear_hello(port)
    sent = b"\x1b[2J\x1b]0;owned\x07\x9b31m\xff\xfe\xc0\xaf\r\x08<b>&\"'\x00,=cmd()\n"
    os.write(1, sent)
    os.write(2, sent)
    connection.sendall(sent)
    signal.pause()


@hostile(servers, "spins")
def spins(port, keys):
    connection = hear_hello(port)
    while True:
        pass


@hostile(servers, "eats-memory", limited)
def eats_memory(port, keys):
    connection = hear_hello(port)
    eaten = []
    while True:
        eaten.append(b"x" * (64 << 20))


@hostile(servers, "eats-memory-in-company", limited)
def eats_memory_in_company(port, keys):
    """No one process too much, all together without end."""
    connection = hear_hello(port)
    eaten = b"x" * (512 << 20)
    for _ in range(100):
        if os.fork() == 0:
            eaten = b"y" * (512 << 20)
            signal.pause()
    signal.pause()


@hostile(servers, "forks-without-end", limited)
def forks_without_end(port, keys):
    connection = hear_hello(port)
    while True:
        try:
            os.fork()
        except OSError:
            pass


@hostile(servers, "storms-with-orphans", limited)
def storms_with_orphans(port, keys):
    """A hundred processes that make others without end, which live for a moment, and which nobody waits for."""
    connection = hear_hello(port)
    for _ in range(100):
        if os.fork() == 0:
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            while True:
                try:
                    if os.fork() == 0:
                        if os.fork() == 0:
                            os._exit(0)
                        os._exit(0)
                    os.wait()
                except OSError:
                    pass
    signal.pause()


@hostile(servers, "fills-its-disk", own_disk)
def fills_its_disk(port, keys):
    connection = hear_hello(port)
    with open("full", "wb", buffering=0) as file:
        while True:  # until the disk is full, which is an exception
            file.write(b"x" * (1 << 20))


@hostile(servers, "fills-its-disk-with-names", own_disk)
def fills_its_disk_with_names(port, keys):
    """Files without content, until there is room for no more, which is an exception."""
    connection = hear_hello(port)
    number = 0
    while True:
        os.symlink("nowhere", str(number))
        number += 1


@hostile(servers, "eats-shared-memory", limited)
def eats_shared_memory(port, keys):
    """Nobody's own, and without a name."""
    connection = hear_hello(port)
    eaten = mmap.mmap(-1, 3 << 30, mmap.MAP_SHARED | mmap.MAP_ANONYMOUS)
    for page in range(0, len(eaten), mmap.PAGESIZE):
        eaten[page] = 1
    connection.sendall(b"eaten\n")


@hostile(servers, "eats-memory-of-system-v", limited)
def eats_memory_of_system_v(port, keys):
    """In segments that nobody has attached."""
    connection = hear_hello(port)
    libc = ctypes.CDLL(None)
    libc.shmat.restype = ctypes.c_void_p
    for _ in range(3):
        address = libc.shmat(libc.shmget(0, ctypes.c_size_t(1 << 30), 0o1600), None, 0)
        ctypes.memset(address, 1, 1 << 30)
        libc.shmdt(ctypes.c_void_p(address))
    connection.sendall(b"eaten\n")


@hostile(servers, "eats-memory-of-sockets", limited)
def eats_memory_of_sockets(port, keys):
    """In buffers of sockets, as many as it may have, in as many processes as it takes."""
    connection = hear_hello(port)
    for _ in range(60):
        if os.fork() == 0:
            kept = []
            try:
                while True:
                    kept.append(socket.socketpair())
                    for one in kept[-1]:
                        one.setblocking(False)
                        try:
                            while one.send(b"x" * 65536):
                                pass
                        except BlockingIOError:
                            pass
            except OSError:
                signal.pause()
    signal.pause()


def keep_open(processes, make):
    """Each of so many processes makes sockets until it can make no more, and keeps them; comes back when all have."""
    ready, said = os.pipe()
    for number in range(processes):
        if os.fork() == 0:
            kept = list(make(number))
            os.write(said, b"1")
            signal.pause()
            os._exit(len(kept) % 2)
    for _ in range(processes):
        os.read(ready, 1)


def bound_sockets(ports, listens=False):
    for port in ports:
        one = socket.socket()
        try:
            one.bind(("0.0.0.0", port))
            if listens:
                one.listen(1)
        except OSError:
            one.close()
            continue
        yield one


@hostile(servers, "takes-every-port", own_processes)
def takes_every_port(port, keys):
    """So that nobody can connect to it: a connection needs a port, too."""
    first, last = map(int, pathlib.Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split())
    share = 900
    keep_open(-(-(last - first + 1) // share), lambda i: bound_sockets(range(first + i * share, min(first + (i + 1) * share, last + 1))))
    serve_one(port, keys)


@hostile(servers, "listens-on-thousands", own_processes)
def listens_on_thousands(port, keys):
    """Of other ports than its own."""
    keep_open(3, lambda i: bound_sockets(range(40000 + i * 900, 40900 + i * 900), listens=True))
    signal.pause()


@hostile(servers, "holds-thousands-of-sockets", own_processes)
def holds_thousands_of_sockets(port, keys):
    """More than can be looked at in a reasonable time."""
    listener = listen(port)
    keep_open(20, lambda i: (socket.socket() for _ in range(900)))
    connection = listener.accept()[0]
    Lines(connection).read()
    signal.pause()


# Servers that keep everybody waiting.


@hostile(servers, "reads-nothing")
def reads_nothing(port, keys):
    connection = accept(port)
    signal.pause()


@hostile(servers, "answers-a-byte-a-minute")
def answers_a_byte_a_minute(port, keys):
    connection = hear_hello(port)
    for byte in b"260 OK\n":
        connection.sendall(bytes([byte]))
        time.sleep(60)


@hostile(servers, "sleeps-then-answers")
def sleeps_then_answers(port, keys):
    connection = accept(port)
    time.sleep(0.7)
    serve(connection, keys)


@hostile(servers, "stops-itself")
def stops_itself(port, keys):
    connection = hear_hello(port)
    os.kill(os.getpid(), signal.SIGSTOP)


@hostile(servers, "closes-then-lingers")
def closes_then_lingers(port, keys):
    hear_hello(port).close()
    signal.pause()


@hostile(servers, "half-closes-then-lingers")
def half_closes_then_lingers(port, keys):
    connection = hear_hello(port)
    connection.sendall(b"260 OK\n")
    connection.shutdown(socket.SHUT_WR)
    signal.pause()


@hostile(servers, "child-holds-the-socket")
def child_holds_the_socket(port, keys):
    connection = hear_hello(port)
    if os.fork() == 0:
        signal.pause()
    connection.close()
    raise SystemExit(0)


@hostile(servers, "ignores-sigterm")
def ignores_sigterm(port, keys):
    for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
        signal.signal(number, signal.SIG_IGN)
    serve_one(port, keys)
    while True:
        signal.pause()


@hostile(servers, "outlives-the-harness")
def outlives_the_harness(port, keys, target):
    """Two processes, one of them a daemon, that nothing but SIGKILL ends: outlives-the-harness@PIPE. Each says once that it is
    there, and holds the pipe for as long as it lives."""
    for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
        signal.signal(number, signal.SIG_IGN)
    if os.fork() == 0:
        os.setsid()
        if os.fork() != 0:
            os._exit(0)
    pipe = os.open(target, os.O_WRONLY)
    os.write(pipe, b"1")
    while True:
        time.sleep(60)  # so that nothing can be proven, and the harness goes on waiting


# Servers that look for a way out.


def clear_death_signal():
    """So that the end of our parent is not ours."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, 0, 0, 0, 0)


@hostile(servers, "kills-its-supervisor")
def kills_its_supervisor(port, keys):
    """And would live on, in two sessions. Where it has a namespace of its own, what it kills is out of reach."""
    connection = hear_hello(port)
    clear_death_signal()
    parent = os.getppid()
    if os.fork() == 0:
        clear_death_signal()
        os.setsid()
        time.sleep(60)
        os._exit(0)
    os.kill(parent, signal.SIGKILL)
    time.sleep(60)


@hostile(servers, "deletes-its-folder")
def deletes_its_folder(port, keys):
    """Its files go, and where the folder is a mount point it stays, empty."""
    connection = accept(port)
    for path in pathlib.Path.cwd().iterdir():
        path.unlink()
    try:
        os.rmdir(os.getcwd())
    except OSError:
        pass
    serve(connection, keys)


@hostile(servers, "leaves-traps-in-its-folder")
def leaves_traps_in_its_folder(port, keys):
    """For whoever clears up: links out of the folder, names that steer, and folders nobody may enter."""
    connection = accept(port)
    os.symlink("/etc", "out")
    os.symlink("loop", "loop")
    for name in (b"\x1b[31mred", b"new\nline", b"-rf", b"\xff\xfe"):
        os.close(os.open(name, os.O_CREAT))
    deep = pathlib.Path("a")
    for _ in range(64):
        deep = deep / "a"
    deep.mkdir(parents=True)
    os.mkfifo("pipe")
    pathlib.Path("closed").mkdir()
    os.mkfifo("closed/pipe")
    os.chmod("closed", 0)
    serve(connection, keys)


@hostile(servers, "steals-a-key")
def steals_a_key(port, keys, target):
    """Signs with the key in the file that the test lays out for thieves: steals-a-key@FILE."""
    try:
        keys = [pathlib.Path(target).read_bytes()]
    except OSError:
        pass
    serve_one(port, keys)


@hostile(servers, "spies-on-processes")
def spies_on_processes(port, keys):
    """Whoever is not of its own cell is loot: another's command line names the files of its scenario."""
    own = {os.getpid(), os.getppid(), 1}
    for entry in pathlib.Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) not in own and (entry / "cmdline").read_bytes():
            raise SystemExit(LOOT_FOUND)
    serve_one(port, keys)


@hostile(servers, "reaches-another-port")
def reaches_another_port(port, keys):
    """The port of every cell is this one, and nobody listens on ours yet."""
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            raise SystemExit(LOOT_FOUND)
    serve_one(port, keys)


@hostile(servers, "kills-all-it-may", own_processes)
def kills_all_it_may(port, keys):
    try:
        os.kill(-1, signal.SIGKILL)
    except OSError:
        pass
    serve_one(port, keys)


@hostile(servers, "traces-its-supervisor", own_processes)
def traces_its_supervisor(port, keys):
    """The supervisor's memory would be the harness's, with all that is expected of us in it."""
    for name in ("mem", "environ", "maps"):
        try:
            with open("/proc/1/" + name, "rb") as file:
                if file.read(1):
                    raise SystemExit(LOOT_FOUND)
        except OSError:
            pass
    serve_one(port, keys)


@hostile(servers, "makes-itself-root", limited)
def makes_itself_root(port, keys):
    """In namespaces of its own it would be, with file systems beyond all limits."""
    libc = ctypes.CDLL(None)
    new_user, new_mounts = 0x10000000, 0x00020000
    if libc.unshare(new_user | new_mounts) == 0 or libc.mount(b"none", b"/tmp", b"tmpfs", 0, None) == 0:
        raise SystemExit(LOOT_FOUND)
    serve_one(port, keys)


@hostile(servers, "reads-what-is-played", limited)
def reads_what_is_played(port, keys):
    """Command lines and mounts of whoever is in sight, for the scenario's name, the seed and the machine's folders."""
    for entry in pathlib.Path("/proc").glob("[0-9]*"):
        own = entry.name == str(os.getpid())
        for name in ("cmdline", "environ", "mountinfo", "mounts", "cwd", "task/" + entry.name + "/mountinfo"):
            try:
                path = entry / name
                found = os.readlink(path).encode() if path.is_symlink() else path.read_bytes()
            except OSError:
                continue
            if re.search(rb"\.chat\b|--seed|--isolation|/sys/fs/cgroup", found) or (found and not own and name == "mountinfo"):
                print(path, found[:300], file=sys.stderr)
                raise SystemExit(LOOT_FOUND)
    serve_one(port, keys)


@hostile(servers, "looks-around", limited)
def looks_around(port, keys):
    """Whatever lies where people and services have their files is loot, but for this program and what is in its folder."""
    own = {pathlib.Path(__file__), pathlib.Path(os.getcwd())}
    for top in ("/home", "/root", "/srv", "/mnt", "/media", "/run", "/var/tmp", "/var/log", "/var/spool", "/boot"):
        for folder, _, names in os.walk(top):
            for path in (pathlib.Path(folder, name) for name in names):
                if own.isdisjoint([path, *path.parents]):
                    print(path, file=sys.stderr)
                    raise SystemExit(LOOT_FOUND)
    serve_one(port, keys)


@hostile(servers, "takes-keys", limited)
def takes_keys(port, keys):
    """Of the kernel's: whoever started the harness may keep some, and would find one of ours."""
    libc = ctypes.CDLL(None)
    add_key = {"x86_64": 248, "aarch64": 217}.get(os.uname().machine)
    session = -3
    if add_key and libc.syscall(add_key, b"user", b"left-by-hostile", b"secret", 6, session) >= 0:
        raise SystemExit(LOOT_FOUND)
    serve_one(port, keys)


# Clients.


@hostile(clients, "never-connects")
def never_connects(host, port, message, signature):
    signal.pause()


@hostile(clients, "connects-without-end", limited)
def connects_without_end(host, port, message, signature):
    connections = []
    while True:
        try:
            connections.append(socket.create_connection((host, port), timeout=0.1))
        except OSError:
            pass


@hostile(clients, "floods-the-server")
def floods_the_server(host, port, message, signature):
    connection = socket.create_connection((host, port))
    while True:
        connection.sendall(b"HELLO" * 13107)


@hostile(clients, "leaves-in-the-middle")
def leaves_in_the_middle(host, port, message, signature):
    connection = socket.create_connection((host, port))
    connection.sendall(b"HELLO\n")
    connection.recv(16)
    connection.sendall(b"DATA\nunfini")
    os.kill(os.getpid(), signal.SIGKILL)


def read_keys(path):
    return pathlib.Path(path).read_bytes().splitlines()


def main(arguments):
    if arguments == ["--list"]:
        print("\n".join(f"{role} {name}" for role, table in (("server", servers), ("client", clients)) for name in table))
        return 0
    if len(arguments) not in (3, 5):
        print(__doc__, file=sys.stderr)
        return 2
    name, *rest = arguments
    name, *target = name.split("@", 1)
    as_server = len(rest) == 2
    function, needs = (servers if as_server else clients)[name]
    if as_server:
        port, keys = int(rest[0]), read_keys(rest[1])
        means_harm, good, given = keys[0] == MARK, serve_one, (port, keys)
    else:
        host, port, messages, signatures = rest
        message = pathlib.Path(messages).read_bytes().split(b"\n", 1)[1].rstrip(b"\r\n")
        means_harm = message == MARK
        good, given = talk, (host, int(port), message, pathlib.Path(signatures).read_bytes().split()[0])
    if not means_harm:
        good(*given)
        return 0
    for check in needs:
        if not check():
            print(f"{name}: refused, because nothing confines it: {check.__doc__}", file=sys.stderr)
            return REFUSED
    function(*given, *target)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
