#!/usr/bin/env python3
"""Plays the tests of servers that `chatspec export-vectors FOLDER` has written. It needs Python alone.

  play.py FOLDER -- python3 server.py {port} {keys}   starts the server for each test, with the test's keys
  play.py FOLDER --connect HOST:PORT                  one that runs already: export with --keys FILE

Says of each test pass, deviates, fail or skipped, and why; exits with 1 where one fails. It cannot see
that a program has read something or will say no more, as chatspec does: it pauses, and waits."""

import argparse, contextlib, hashlib, json, os, pathlib, random, re, signal, socket, struct, subprocess, sys, tempfile, time

SEEN = {"reading", "silence", "exit"}  # what a test may ask to be observed; the first two are guessed by time


class Failed(Exception):
    """What came is not what should have come."""


class Skipped(Exception):
    """Nothing can be said of it."""


def to_bytes(value):
    if isinstance(value, str):
        return value.encode("ascii")
    if isinstance(value, list):
        return b"".join(map(to_bytes, value))
    return bytes.fromhex(value["hex"]) if "hex" in value else to_bytes(value["repeat"]) * value["times"]


def to_pattern(part):
    if part["is"] == "bytes":
        return re.escape(to_bytes(part["bytes"]))
    if part["is"] == "any-signature":
        return b"[%s]{%d}" % (part["digits"].encode("ascii"), part["count"]) + re.escape(to_bytes(part["end"]))
    return b"[^\n]*".join(re.escape(to_bytes(piece)) for piece in part["pieces"]) + re.escape(to_bytes(part["end"]))


def match(part, data, state):
    """How many bytes the part takes, and the requirements that are not met so; None: no match yet; False: none."""
    if part["is"] in ("close", "reset", "silence"):
        if data or state == "open":
            return False if data else None
        if state == "reset" and part["is"] == "close":
            return 0, [part["reset_instead"]]
        return (0, []) if state == part["is"] else False
    if exact := re.match(to_pattern(part), data):
        return exact.end(), []
    if "other_case" in part and (other := re.match(to_pattern(part), data, re.IGNORECASE)):
        return other.end(), [part["other_case"]]
    is_begin = b"\n" not in data or part["is"] == "bytes" and to_bytes(part["bytes"]).startswith(data)
    return None if state == "open" and is_begin else False


def match_way(way, data, state):
    taken, unmet = 0, [way["deviates"]] if "deviates" in way else []
    for part in way["parts"]:
        result = match(part, data[taken:], state)
        if not result:
            return result
        taken, unmet = taken + result[0], unmet + result[1]
    return taken, unmet


class Connection:
    def __init__(self, address, options):
        self.socket, self.options = socket.create_connection(address, options.deadline), options
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.state, self.unread, self.is_unanswered = "open", b"", False
        self.sent, self.came = 0, []  # before each segment: how much was sent, and how much had come

    def read(self, seconds):
        """Whether anything came in time: bytes, or an end, which shows in `state`."""
        self.socket.settimeout(max(seconds, 0.001))
        try:
            data = self.socket.recv(65536)
            self.state = "open" if data else "close"
            self.unread += data
        except socket.timeout:
            return False
        except OSError:
            self.state = "reset"
        return True

    def send(self, step):
        data, cuts = to_bytes(step["bytes"]), step.get("cuts", [])
        for begin, end in zip([0] + cuts, cuts + [len(data)]):
            if self.is_unanswered and self.state == "open":
                self.read(self.options.pause)
            self.came.append((self.sent, len(self.unread)))
            self.socket.settimeout(self.options.deadline)
            try:
                self.socket.sendall(data[begin:end])
            except socket.timeout:
                raise Failed("it does not read what is sent")
            except OSError:
                pass  # it is gone: how, the next thing that is expected tells
            self.sent, self.is_unanswered = self.sent + end - begin, True

    def expect(self, step):
        """Gives the requirements that are not met."""
        early = max([came for sent, came in self.came if sent < step.get("not_before", 0)], default=0)
        if b"\n" in self.unread[:early]:
            raise Failed(f"line {step['line']}: it answers too early: {self.unread[:200]}")
        silent = all(way["parts"][0]["is"] == "silence" for way in step["ways"])
        until = time.monotonic() + (self.options.silence if silent else self.options.deadline)
        while True:
            results = [match_way(way, self.unread, self.state) for way in step["ways"]]
            result = next((one for one in results if one is not False), False)  # the first that may fit
            if result is False:
                raise Failed(f"line {step['line']}: {step['shown']} should come; it was {self.unread[:200]}, {self.state}")
            if result:
                self.unread, self.came, self.is_unanswered = self.unread[result[0]:], [], False
                self.state = "open" if self.state == "silence" else self.state
                return result[1]
            if not self.read(until - time.monotonic()):
                self.state = "silence"

    def end(self, how):
        if how == "reset":
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        if how != "half-close":
            self.socket.close()
        elif self.state == "open":
            self.socket.shutdown(socket.SHUT_WR)


def find_free_address():
    """With a port below those that systems give away by themselves, so that nobody is given it meanwhile."""
    while True:
        address = "127.0.0.1", random.randrange(10000, 20000)
        with contextlib.suppress(OSError), socket.create_server(address):
            return address


class Server:
    """As one test meets it: started for it, unless it runs already."""

    def __init__(self, test, options, folder):
        self.options, self.address, self.process, self.connections = options, options.connect, None, {}
        if options.connect:
            return
        keys = pathlib.Path(folder, "keys.txt")
        keys.write_bytes(to_bytes(test["files"]["keys"]))
        self.address = find_free_address()
        self.process = subprocess.Popen(
            [word.replace("{port}", str(self.address[1])).replace("{keys}", str(keys)) for word in options.command],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)

    def connection(self, number):
        until = time.monotonic() + self.options.deadline
        while number not in self.connections:
            try:
                self.connections[number] = Connection(self.address, self.options)
            except OSError as reason:
                status = self.process and self.process.poll()
                if self.connections and status is not None and 0 <= status <= 128:
                    raise Skipped("it ended after its first client, as a server may")
                if not self.process or status is not None or time.monotonic() > until:
                    raise Failed(f"no connection: {reason}")
                time.sleep(0.02)
        return self.connections[number]

    def expect_exit(self, part):
        self.close()
        try:
            status = self.process.wait(self.options.silence if part["may_run_on"] else self.options.deadline)
        except subprocess.TimeoutExpired:
            status = "none"
        wanted = {"any": range(129), "nonzero": range(1, 129)}.get(part["status"], [part["status"]])
        if status not in wanted and not (status == "none" and part["may_run_on"]):
            raise Failed(f"its exit status is {status}")

    def close(self):
        for connection in self.connections.values():
            connection.socket.close()

    def stop(self):
        self.close()
        if self.process:
            with contextlib.suppress(ProcessLookupError):  # it and its children have ended
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def play(test, options):
    """Gives the requirements that are not met, or raises why it fails or cannot be played."""
    if unseen := [one for one in test["observe"] if one not in SEEN]:
        raise Skipped("not looked at here: " + ", ".join(unseen))
    if test["arguments"] or test["files"]["keys"] is None:
        raise Skipped("not started here with what is wrong")
    unmet = []
    with tempfile.TemporaryDirectory() as folder:
        server = Server(test, options, folder)
        try:
            for step in test["steps"]:
                first = step["ways"][0]["parts"][0] if step["do"] == "expect" else {}
                if first.get("is") == "exit":
                    server.expect_exit(first)
                elif step["do"] == "expect":
                    unmet += server.connection(step["on"]).expect(step)
                elif step["do"] == "send":
                    server.connection(step["on"]).send(step)
                else:
                    server.connection(step["on"]).end(step["do"])
        finally:
            server.stop()
    return unmet


def verdict_of(test, level, options):
    try:
        unmet = play(test, options)
        return ("deviates", "does not meet " + " ".join(unmet)) if unmet else ("pass", "")
    except Failed as reason:
        return {"must": "fail", "should": "deviates", "may": "skipped"}[level], str(reason)
    except Skipped as reason:
        return "skipped", str(reason)


def read_tests(folder):
    """Each test of a server, with its level."""
    index = json.loads(pathlib.Path(folder, "index.json").read_bytes())
    if index["format"] != "chatspec-vectors-1" or not index["profile"]["line_end"]:
        sys.exit("play.py: vectors of another format, or of a profile without line ends")
    for entry in index["files"]:
        content = pathlib.Path(folder, entry["file"]).read_bytes()
        if hashlib.sha256(content).hexdigest() != entry["sha256"]:
            sys.exit(f"play.py: {entry['file']} is not the file of the index")
        for group in json.loads(content)["groups"] if entry["role"] == "server" else []:
            for test in group["tests"]:
                yield test, group["level"], index["keys_given"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", metavar="FOLDER")
    parser.add_argument("--connect", type=lambda text: tuple(text.rsplit(":", 1)), metavar="HOST:PORT")
    parser.add_argument("--deadline", type=float, default=5, help="how long an answer may take, in seconds")
    parser.add_argument("--silence", type=float, default=0.3, help="how long nothing must come to be silence")
    parser.add_argument("--pause", type=float, default=0.05, help="between two segments that it should read one by one")
    words = sys.argv[1:] + ["--"]
    options = parser.parse_args(words[:words.index("--")])
    options.command = words[words.index("--") + 1:-1]
    counts = {}
    for test, level, keys_given in read_tests(options.folder):
        if bool(options.connect) != keys_given or bool(options.connect) == bool(options.command):
            parser.error("--connect is for vectors of `export-vectors --keys`, and -- COMMAND for all others")
        verdict, why = verdict_of(test, level, options)
        counts[verdict] = counts.get(verdict, 0) + 1
        print(f"{verdict:8} {test['id']}" + (f": {why}" if why else ""), flush=True)
    print(", ".join(f"{count} {verdict}" for verdict, count in sorted(counts.items())))
    return 1 if "fail" in counts else 0


if __name__ == "__main__":
    sys.exit(main())
