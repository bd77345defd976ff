#include "harness/report/reproduction/python_reproduction_player.h"

namespace chatspec {

const std::string_view kPythonPlayer = R"py(

class Wrong(Exception):
    """What came is not what should have come."""

    def __init__(self, expected, received):
        super().__init__(f"expected  {expected}\nreceived  {received}")


class CannotTell(Exception):
    """Whether it is right cannot be told here."""


def show(data):
    """Bytes for people: of many, the beginning."""
    if len(data) <= 300:
        return repr(data)
    return f"{data[:300]!r} and {len(data) - 300} bytes more"


def show_any(alternatives):
    return "\n       or ".join(show(data) for data in alternatives)


class Stream:
    """One connection, and what came on it that nobody has asked for yet."""

    def __init__(self, connection):
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket = connection
        self.unread = b""
        self.ending = None  # or how the other side ended it
        self.is_writable = True

    def read_more(self, until):
        """Waits for more; False where the time is over. An end shows in `ending`."""
        self.socket.settimeout(max(0.001, until - time.monotonic()))
        try:
            data = self.socket.recv(65536)
        except TimeoutError:
            return False
        except socket.timeout:  # before Python 3.10
            return False
        except OSError:
            self.ending = "the connection was reset"
            return True
        self.unread += data
        if not data:
            self.ending = "the connection was closed"
        return True


class Program:
    """The program that is tried, as seen from the other end of its connections."""

    def __init__(self, options):
        self.options = options
        self.streams = {}
        self.process = None
        self.listener = None
        self.port = options.port
        if ROLE == "client":
            self.listener = socket.create_server((options.host, options.port))
            self.port = self.listener.getsockname()[1]
            print(f"listening on {options.host} port {self.port}: start the client now")
        elif options.command and self.port == 0:
            with socket.create_server((options.host, 0)) as free:  # which the program can have then
                self.port = free.getsockname()[1]
        self.start()

    def start(self):
        if not self.options.command:
            return
        here = os.path.dirname(os.path.abspath(__file__))
        meant = {
            "{host}": self.options.host,
            "{port}": str(self.port),
            "{keys}": os.path.join(here, "keys.txt"),
            "{messages}": os.path.join(here, "messages.txt"),
            "{signatures}": os.path.join(here, "signatures.txt"),
        }
        words = []
        for word in self.options.command:
            for name, value in meant.items():
                word = word.replace(name, value)
            words.append(word)
        try:
            self.process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=sys.stderr)
        except OSError as reason:
            raise CannotTell(f"cannot start {words[0]}: {reason.strerror}")

    def stop(self):
        for stream in self.streams.values():
            if isinstance(stream, Stream):
                stream.socket.close()
        self.streams = {}
        if self.process:
            self.process.kill()
            self.process.wait()

    def restart(self):
        if not self.process:
            raise CannotTell("here the server is ended and started again at once: "
                             "give its command line after --")
        self.stop()
        print("the server is started again")
        self.start()

    def has_ended(self):
        return self.process is not None and self.process.poll() is not None

    def ends_within(self, seconds):
        """Waits for the end of the program, where it was started here."""
        if not self.process:
            return False
        try:
            self.process.wait(max(0, seconds))
        except subprocess.TimeoutExpired:
            return False
        return True

    def describe_end(self):
        status = self.process.returncode
        return f"it was killed by signal {-status}" if status < 0 else f"it ended with status {status}"

    # What is done to it.

    def connect(self, number):
        """Of a client, only notes that it is to connect, which is awaited where it matters."""
        if ROLE == "client":
            self.streams[number] = None
        else:
            self.streams[number] = Stream(self.reach_server())
            print(f"connected to {self.options.host} port {self.port}")

    def reach_server(self):
        until = time.monotonic() + self.options.limit
        while True:
            try:
                return socket.create_connection((self.options.host, self.port), self.options.limit)
            except OSError as reason:
                if not self.process:
                    raise CannotTell(f"cannot connect to {self.options.host} port {self.port} "
                                     f"({reason.strerror}): is the server started?")
                # Nothing tells when it listens; its end tells that it never will.
                if self.ends_within(0.02) or time.monotonic() > until:
                    end = self.describe_end() if self.has_ended() else "no connection is accepted"
                    raise Wrong("a server that accepts a connection", end)

    def accept(self, limit):
        """The client's next connection, or None."""
        until = time.monotonic() + limit
        while time.monotonic() < until:
            # One that has ended may have connected before.
            had_ended = self.has_ended()
            self.listener.settimeout(0.05)
            try:
                connection, _ = self.listener.accept()
            except (TimeoutError, socket.timeout):
                if had_ended:
                    return None
                continue
            print("the client has connected")
            return Stream(connection)
        return None

    def stream(self, number):
        if self.streams.get(number) is None:
            self.streams[number] = self.accept(self.options.limit)
            if self.streams[number] is None:
                end = self.describe_end() if self.has_ended() else "none"
                raise Wrong("a connection", end)
        return self.streams[number]

    def send(self, number, data):
        stream = self.stream(number)
        if not stream.is_writable:
            return
        print(f"sent      {show(data)}")
        stream.socket.settimeout(self.options.limit)
        try:
            stream.socket.sendall(data)
        except (TimeoutError, socket.timeout):
            raise Wrong("that it reads what is sent", "nothing: it reads no more")
        except OSError:
            stream.is_writable = False  # why, the next thing that is expected tells

    def await_reading(self, number):
        """Nothing shows when it has read what was sent, unless it answers or goes: else a pause."""
        stream = self.stream(number)
        if not stream.ending:
            stream.read_more(time.monotonic() + self.options.pause)

    def end(self, number):
        """Sends no more; still reads."""
        print("end of what is sent")
        try:
            self.stream(number).socket.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # it has closed already

    def close(self, number):
        print("close the connection")
        self.stream(number).socket.close()

    def reset(self, number):
        print("reset the connection")
        stream = self.stream(number)
        linger = struct.pack("ii", 1, 0)
        stream.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        stream.socket.close()

    # What should come of it.

    def expect(self, number, *alternatives):
        """Any one of these, at once or in pieces."""
        stream = self.stream(number)
        until = time.monotonic() + self.options.limit
        while True:
            for wanted in sorted(alternatives, key=len, reverse=True):
                if stream.unread.startswith(wanted):
                    print(f"received  {show(wanted)}")
                    stream.unread = stream.unread[len(wanted):]
                    return
            got = stream.unread
            may_come = any(wanted.startswith(got) for wanted in alternatives)
            if not may_come:
                # All that comes with it helps to see why.
                stream.read_more(time.monotonic() + self.options.pause)
                raise Wrong(show_any(alternatives), show(stream.unread))
            so_far = f"{show(got)}, then " if got else ""
            if stream.ending:
                raise Wrong(show_any(alternatives), so_far + stream.ending)
            if not stream.read_more(until):
                raise Wrong(show_any(alternatives),
                            f"{so_far}nothing within {self.options.limit} s")

    def expect_nothing(self, number):
        if self.streams.get(number) is None and ROLE == "client":
            # A client with wrong files may end without a connection.
            self.streams[number] = self.accept(self.options.limit)
            if self.streams[number] is None:
                print("received  nothing, as it should be")
                return
        stream = self.stream(number)
        until = time.monotonic() + self.options.silence
        while not stream.unread and not stream.ending and stream.read_more(until):
            pass
        if stream.unread:
            raise Wrong("nothing", show(stream.unread))
        if ROLE == "server" and stream.ending:
            raise Wrong("nothing, and an open connection", stream.ending)
        print("received  nothing, as it should be")

    def expect_close(self, number, may_reset=False):
        stream = self.stream(number)
        until = time.monotonic() + self.options.limit
        while not stream.unread and not stream.ending:
            if not stream.read_more(until):
                raise Wrong("that it closes the connection",
                            f"nothing within {self.options.limit} s: it leaves it open")
        if stream.unread:
            raise Wrong("that it closes the connection, and sends nothing", show(stream.unread))
        if stream.ending != "the connection was closed" and not may_reset:
            raise Wrong("that it closes the connection", stream.ending)
        print(f"received  end: {stream.ending}")

    def expect_refusal(self):
        until = time.monotonic() + self.options.limit
        while self.process and not self.has_ended() and time.monotonic() < until:
            try:
                socket.create_connection((self.options.host, self.port), 1).close()
            except OSError:
                self.ends_within(0.02)
                continue
            raise Wrong("a program that ends, since its file is wrong", "it accepts a connection")
        if not self.process:
            raise CannotTell("the server should end at once, with a status other than 0, "
                             "since its file is wrong: start it and see, "
                             "or give its command line after --")
        if not self.has_ended():
            raise Wrong("a program that ends, since its file is wrong", "it goes on")
        print(f"received  {self.describe_end()}")

    def expect_no_kill(self):
        if not self.process:
            raise CannotTell("it was killed by a signal here: see how it ends, "
                             "or give its command line after --")
        ended = self.ends_within(self.options.silence)
        if ended and (self.process.returncode < 0 or self.process.returncode > 128):
            raise Wrong("a program that no signal ends", self.describe_end())

    def look(self):
        if self.ends_within(self.options.silence):
            print(f"received  {self.describe_end()}")
        raise CannotTell("what was wrong cannot be seen by its bytes alone: "
                         "README.txt says what to look for")


def parse_arguments():
    parser = argparse.ArgumentParser(
        description=f"Plays one conversation with a {ROLE} and says what should have come.",
        epilog="Exit status: 0 what should come came, 1 it did not, 2 it cannot be told.")
    if ROLE == "server":
        parser.add_argument("host", metavar="HOST", help="where the server listens")
        parser.add_argument("port", metavar="PORT", type=int,
                            help="its port; 0 is a free one for a command after --")
    else:
        parser.add_argument("--host", default="127.0.0.1", help="the address to listen on")
        parser.add_argument("--port", type=int, default=0, help="the port; any free one if not given")
    parser.add_argument("--limit", type=float, default=10 if ROLE == "server" else 30,
                        help="how long to wait for what should come, in seconds")
    parser.add_argument("--silence", type=float, default=1,
                        help="how long to wait where nothing should come, in seconds")
    parser.add_argument("--pause", type=float, default=0.2,
                        help="between two units that it should read one by one, in seconds")
    parser.add_argument("command", metavar="-- COMMAND", nargs="*",
                        help="starts the program; {host}, {port}, {keys}, {messages} and "
                             "{signatures} are replaced")
    words = sys.argv[1:]
    at = words.index("--") if "--" in words else len(words)
    options = parser.parse_args(words[:at])
    options.command = words[at + 1:]
    return options


def main():
    options = parse_arguments()
    sys.stdout.reconfigure(line_buffering=True)  # in order with what the program prints
    program = None
    try:
        program = Program(options)
        conversation(program)
    except Wrong as difference:
        print(f"{difference}\nThis is not as it should be.")
        return 1
    except CannotTell as reason:
        print(f"It cannot be told here: {reason}.")
        return 2
    except OSError as reason:
        print(f"It cannot be told here: {reason}.")
        return 2
    finally:
        if program:
            program.stop()
    print("What should come came.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
)py";

}  // namespace chatspec
