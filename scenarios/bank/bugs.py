"""What the two halves of the bank share: a bug is a class that overrides a little of a correct program, under a name.

  server_bugs.py NAME PORT KEYFILE
  client_bugs.py NAME HOST PORT MESSAGEFILE SIGNATUREFILE
  server_bugs.py --list        the names, each with a sentence
  … NAME+NAME …                both bugs at once: one may hide the other
"""

import sys


class Bank:
    """The bugs of one program."""

    def __init__(self, program):
        self.program = program
        self.bugs = {"none": program}

    def __call__(self, name):
        """Registers a class under a name; its documentation says what the student did."""

        def register(bug):
            assert name not in self.bugs and bug.__doc__, name
            self.bugs[name] = bug
            return bug

        return register

    def find(self, names):
        parts = [self.bugs[name] for name in names.split("+")]
        return parts[0] if len(parts) == 1 else type("Several", tuple(parts), {"__doc__": names})

    def main(self, arguments):
        if arguments == ["--list"]:
            for name, bug in self.bugs.items():
                print("%-28s %s" % (name, bug.__doc__.strip().splitlines()[0]))
            return 0
        try:
            bug = self.find(arguments[0])
        except (IndexError, KeyError):
            print(__doc__, file=sys.stderr)
            return 2
        return bug().main(arguments[1:])
