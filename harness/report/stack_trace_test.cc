// Traces as runtimes write them.

#include "harness/report/stack_trace.h"

#include <gtest/gtest.h>

namespace chatspec {
namespace {

TEST(StackTrace, OfPythonKeepsTheLastFramesOfTheProgramAndWhatItDiedOf) {
  EXPECT_EQ(shorten_stack_traces("ready\n"
                                 "Traceback (most recent call last):\n"
                                 "  File \"server.py\", line 90, in <module>\n"
                                 "    main()\n"
                                 "    ~~~~^^\n"
                                 "  File \"server.py\", line 80, in main\n"
                                 "    serve(connection)\n"
                                 "  File \"server.py\", line 40, in serve\n"
                                 "    text = read(connection)\n"
                                 "           ^^^^^^^^^^^^^^^^\n"
                                 "  File \"/usr/lib/python3.11/codecs.py\", line 322, in decode\n"
                                 "    (result, consumed) = self._buffer_decode(data)\n"
                                 "UnicodeDecodeError: 'utf-8' codec\n"),
            "ready\n"
            "Traceback (most recent call last):\n"
            "    [1 frame is left out]\n"
            "  File \"server.py\", line 80, in main\n"
            "    serve(connection)\n"
            "  File \"server.py\", line 40, in serve\n"
            "    text = read(connection)\n"
            "    [1 frame is left out]\n"
            "UnicodeDecodeError: 'utf-8' codec\n");
}

TEST(StackTrace, OfJavaAndNodeKeepsTheFirstFramesOfTheProgram) {
  EXPECT_EQ(
      shorten_stack_traces("Exception in thread \"main\" java.lang.NullPointerException: x\n"
                           "\tat java.base/java.util.Objects.requireNonNull(Objects.java:233)\n"
                           "\tat Server.read(Server.java:20)\n"
                           "\tat Server.main(Server.java:5)\n"),
      "Exception in thread \"main\" java.lang.NullPointerException: x\n"
      "    [1 frame is left out]\n"
      "\tat Server.read(Server.java:20)\n"
      "\tat Server.main(Server.java:5)\n");
  EXPECT_EQ(shorten_stack_traces("Error: no key\n"
                                 "    at sign (/home/a/server.js:12:9)\n"
                                 "    at Socket.<anonymous> (/home/a/server.js:30:5)\n"
                                 "    at Socket.emit (node:events:517:28)\n"
                                 "    at addChunk (node:internal/streams/readable:368:12)\n"
                                 "\nNode.js v18.19.0\n"),
            "Error: no key\n"
            "    at sign (/home/a/server.js:12:9)\n"
            "    at Socket.<anonymous> (/home/a/server.js:30:5)\n"
            "    [2 frames are left out]\n"
            "\nNode.js v18.19.0\n");
}

TEST(StackTrace, OfGoAndRustKeepsTheProgramsFrames) {
  EXPECT_EQ(shorten_stack_traces("panic: runtime error: index out of range [3]\n\n"
                                 "goroutine 1 [running]:\n"
                                 "strings.Repeat(...)\n"
                                 "\t/usr/lib/go/src/strings/strings.go:5 +0x1\n"
                                 "main.sign({0x1, 0x2})\n"
                                 "\t/home/a/server.go:12 +0x1d\n"
                                 "main.main()\n"
                                 "\t/home/a/server.go:40 +0x20\n"
                                 "exit status 2\n"),
            "panic: runtime error: index out of range [3]\n\n"
            "goroutine 1 [running]:\n"
            "    [1 frame is left out]\n"
            "main.sign({0x1, 0x2})\n"
            "\t/home/a/server.go:12 +0x1d\n"
            "main.main()\n"
            "\t/home/a/server.go:40 +0x20\n"
            "exit status 2\n");
  EXPECT_EQ(shorten_stack_traces("thread 'main' panicked at src/main.rs:3:5:\nno key\n"
                                 "stack backtrace:\n"
                                 "   0: rust_begin_unwind\n"
                                 "             at /rustc/9b00956e/library/std/src/panicking.rs:5\n"
                                 "   1: server::sign\n"
                                 "             at ./src/main.rs:3:5\n"
                                 "   2: core::ops::function::FnOnce::call_once\n"
                                 "             at /rustc/9b00956e/library/core/src/ops.rs:250\n"),
            "thread 'main' panicked at src/main.rs:3:5:\nno key\n"
            "stack backtrace:\n"
            "    [1 frame is left out]\n"
            "   1: server::sign\n"
            "             at ./src/main.rs:3:5\n"
            "    [1 frame is left out]\n");
}

TEST(StackTrace, OfASanitizerLosesTheDumpOfMemory) {
  EXPECT_EQ(shorten_stack_traces(
                "==12==ERROR: AddressSanitizer: heap-buffer-overflow on address 0x6\n"
                "    #0 0x49 in memcpy ../../src/libsanitizer/asan/asan_interceptors.cc:22\n"
                "    #1 0x55 in read_line server.c:13\n"
                "    #2 0x56 in main server.c:40\n"
                "    #3 0x7f (/lib/libc.so.6+0x29d8f)\n"
                "SUMMARY: AddressSanitizer: heap-buffer-overflow server.c:13\n"
                "Shadow bytes around the buggy address:\n"
                "  0x0c047fff8000: fa fa\n"
                "Shadow byte legend:\n"
                "==12==ABORTING\n"),
            "==12==ERROR: AddressSanitizer: heap-buffer-overflow on address 0x6\n"
            "    [1 frame is left out]\n"
            "    #1 0x55 in read_line server.c:13\n"
            "    #2 0x56 in main server.c:40\n"
            "    [1 frame is left out]\n"
            "SUMMARY: AddressSanitizer: heap-buffer-overflow server.c:13\n"
            "==12==ABORTING\n");
}

// Only the library's frames are there, or nothing but words.
TEST(StackTrace, KeepsSomethingOfEachAndAllThatIsNone) {
  EXPECT_EQ(shorten_stack_traces("X\n\tat java.base/a.A(A.java:1)\n\tat java.base/b.B(B.java:2)\n"
                                 "\tat java.base/c.C(C.java:3)\n\tat java.base/d.D(D.java:4)\n"),
            "X\n\tat java.base/a.A(A.java:1)\n\tat java.base/b.B(B.java:2)\n"
            "\tat java.base/c.C(C.java:3)\n    [1 frame is left out]\n");
  for (const char* words : {"error: bad port (7)\nusage: server (port) (keys)\n", "1: a\n2: b\n",
                            "  1: a\n  2: b\n  3: c\n  4: d\n", "#hello\n", "\n\n"}) {
    EXPECT_EQ(shorten_stack_traces(words), words);
  }
}

}  // namespace
}  // namespace chatspec
