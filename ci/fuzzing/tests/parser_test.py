#!/usr/bin/env python3
"""That what compilers, the oracle and sanitizers say of a user's parser is told in words."""

import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from fuzzing.parser_build import explain_failure
from fuzzing.parser_failures import first_difference, read_failure

INPUT = pathlib.Path("crash-1")
SOURCES = [pathlib.Path("mine/server.c")]
SIGNATURE = "86e33f4a689d2f0107a5a535fdb62709de14962451ea05cb0d7259e85e5ce01c"


def read(output):
    return read_failure(INPUT, output, SOURCES)


class Builds(unittest.TestCase):
    def test_name_the_functions_that_are_missing(self):
        for linker in ("ld: linked.cc: undefined reference to `{}'", "ld.lld: error: undefined symbol: {}"):
            said = "\n".join(linker.format(name) for name in ("chat_parser_close", "chat_parser_open", "chat_parser_open"))
            self.assertIn("do not define chat_parser_open, chat_parser_close: ", explain_failure(said))

    def test_name_what_a_library_would_have(self):
        self.assertIn("use SHA256_Init, which none of them defines", explain_failure("x.c:1: undefined reference to `SHA256_Init'"))

    def test_say_that_main_is_one_too_many(self):
        self.assertIn("define main()", explain_failure("ld: b.o: in function `main': multiple definition of `main'; a.o: first defined here"))

    def test_leave_other_mistakes_to_the_compiler(self):
        self.assertIn("the compiler says above why", explain_failure("server.c:3:1: error: unknown type name 'strng'"))


class Failures(unittest.TestCase):
    def test_of_the_oracle_say_what_was_due_and_what_came(self):
        failure = read('  your parser: "260 OK\\n"\n  PROTOCOL.md: "260 OK\\n270 SIG\\n"\n  they differ from byte 7 on\n'
                       "PROPERTY BROKEN: it does not answer as PROTOCOL.md says, all in one receive\n")
        self.assertEqual(failure.told, 'it does not answer as PROTOCOL.md says, all in one receive: "270 SIG" is due, nothing comes')
        self.assertEqual(failure.details, ['your parser: "260 OK\\n"', 'PROTOCOL.md: "260 OK\\n270 SIG\\n"'])

    def test_with_other_signatures_are_of_one_kind(self):
        said = '  your parser: "{}\\n"\n  PROTOCOL.md: "{}\\n"\nPROPERTY BROKEN: it does not answer\n'
        one, other = read(said.format(SIGNATURE, SIGNATURE[::-1])), read(said.format(SIGNATURE[::-1], SIGNATURE))
        self.assertEqual(one.kind, other.kind)
        self.assertEqual(one.told, "it does not answer: a signature, but another one")

    def test_of_memory_are_told_in_the_sanitizers_words(self):
        failure = read("==1==ERROR: AddressSanitizer: heap-buffer-overflow on address 0x602000000015 at pc 0x1 bp 0x2 sp 0x3\n"
                       "WRITE of size 1 at 0x602000000015 thread T0\n"
                       "    #0 0x55d in strcpy (/build/fuzz_foreign+0x55d)\n"
                       "    #1 0x55e in take_line /home/a/mine/server.c:41:7\n"
                       "    #2 0x55f in chat_parser_receive /home/a/mine/server.c:80:3\n"
                       "    #3 0x560 in test_one /fuzz/linked.cc:9:1\n\n"
                       "0x602000000015 is located 0 bytes after 5-byte region [0x602000000010,0x602000000015)\n")
        self.assertEqual(failure.told, "heap-buffer-overflow in take_line server.c:41:7")
        self.assertEqual(failure.details, ["WRITE of size 1", "it lies 0 bytes after 5-byte region",
                                           "called from chat_parser_receive server.c:80:3"])

    def test_of_undefined_behaviour_name_the_line(self):
        failure = read("/home/a/mine/server.c:12:9: runtime error: index 64 out of bounds for type 'char[64]'\n")
        self.assertEqual(failure.told, "index 64 out of bounds for type 'char[64]' (server.c:12:9)")

    def test_in_other_words_are_none(self):
        self.assertIsNone(read("nothing of the kind"))


class FirstDifference(unittest.TestCase):
    def test_is_where_the_first_line_differs(self):
        self.assertEqual(first_difference('"260 OK\\n"', '"260 OK\\n260 OK\\n"'), ("nothing", '"260 OK"'))
        self.assertEqual(first_difference('"a\\nb\\n"', '"a\\nb\\n"'), ())


if __name__ == "__main__":
    unittest.main()
