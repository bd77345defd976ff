// Reports as the tools wrote them: g++ 12 and clang 19 with sanitizers, Valgrind 3.19, Python 3.11,
// OpenJDK 17, rustc 1.95, Node 20, dash and bash. Those of Go, of asyncio and of older Rust are
// written after their documentation and sources. Paths are shortened, and so are long stacks.

#include "harness/judge/faults/fault_report.h"

#include <array>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace chatspec {
namespace {

constexpr ExitStatus kOne{.by_signal = false, .value = 1};

// "KIND [fatal] [by peer]: WHAT @ PLACE", or "none".
std::string found(std::string_view errors, std::optional<ExitStatus> exit = std::nullopt,
                  std::string_view given = "") {
  const auto report = find_fault_report(errors, given, exit);
  if (!report) return "none";
  constexpr std::array kKinds{"killed", "sanitizer", "leak", "exception"};
  return fmt::format("{}{}{}: {} @ {}", kKinds[static_cast<std::size_t>(report->kind)],
                     report->fatal ? " fatal" : "", report->by_peer ? " by peer" : "", report->what,
                     report->place);
}

constexpr std::string_view kAddress =
    "=================================================================\n"
    "==12383==ERROR: AddressSanitizer: heap-buffer-overflow on address 0x602000000014 at pc 0x7f37 "
    "bp 0x7fff sp 0x7fff\n"
    "WRITE of size 6 at 0x602000000014 thread T0\n"
    "    #0 0x7f3797047680 in __interceptor_memset ../../../../src/libsanitizer/sanitizer_common/"
    "sanitizer_common_interceptors.inc:799\n"
    "    #1 0x564ed78565f9 in main /home/me/s.cc:10\n"
    "    #2 0x7f3796a45249 in __libc_start_call_main ../sysdeps/nptl/libc_start_call_main.h:58\n"
    "\n"
    "0x602000000014 is located 0 bytes to the right of 4-byte region\n"
    "SUMMARY: AddressSanitizer: heap-buffer-overflow ../sanitizer_common_interceptors.inc:799\n";

constexpr std::string_view kPython =
    "Traceback (most recent call last):\n"
    "  File \"/home/me/server.py\", line 4, in <module>\n"
    "    go()\n"
    "  File \"/home/me/server.py\", line 3, in go\n"
    "    return [][0]\n"
    "           ~~^^^\n"
    "  File \"/usr/lib/python3.11/socket.py\", line 720, in readinto\n"
    "IndexError: list index out of range\n";

TEST(FaultReport, EachToolsReportIsFoundWithItsPlace) {
  struct Row {
    std::string_view errors;
    int status;
    std::string_view wanted;
  };
  for (
      const Row& row : {
          Row{kAddress, 1,
              "sanitizer fatal: AddressSanitizer: heap-buffer-overflow @ /home/me/s.cc:10, in "
              "main"},
          Row{"\n=====\n==12672==ERROR: LeakSanitizer: detected memory leaks\n\n"
              "Direct leak of 100 byte(s) in 1 object(s) allocated from:\n"
              "    #0 0x7f35 in __interceptor_malloc ../../../../src/libsanitizer/asan/asan_malloc_"
              "linux.cpp:69\n"
              "    #1 0x5639 in main /home/me/s.cc:12\n",
              23, "leak: LeakSanitizer: detected memory leaks @ /home/me/s.cc:12, in main"},
          Row{"==13513==WARNING: MemorySanitizer: use-of-uninitialized-value\n"
              "    #0 0x5601e5cf8ad6 in main /home/me/s.cc:15:35\n",
              1,
              "sanitizer fatal: MemorySanitizer: use-of-uninitialized-value @ /home/me/s.cc:15:35, "
              "in main"},
          Row{"==================\nWARNING: ThreadSanitizer: data race (pid=12720)\n"
              "  Read of size 4 at 0x55b771b790fc by thread T2:\n"
              "    #0 operator() /home/me/s.cc:14 (s_thread+0x2382)\n",
              66, "sanitizer: ThreadSanitizer: data race @ /home/me/s.cc:14, in operator()"},
          Row{"s.cc:13:47: runtime error: signed integer overflow: 2 + 2147483647 cannot be "
              "represented in type 'int'\n",
              0,
              "sanitizer: runtime error: signed integer overflow: 2 + 2147483647 cannot be "
              "represented in type 'int' @ s.cc:13:47"},
          Row{"==12819== Memcheck, a memory error detector\n==12819== \n"
              "==12819== Invalid write of size 1\n"
              "==12819==    at 0x484B2A9: memset (in /usr/libexec/valgrind/vgpreload_memcheck.so)\n"
              "==12819==    by 0x1093AF: main (s.cc:10)\n",
              0, "sanitizer: Valgrind: Invalid write of size 1 @ s.cc:10, in main"},
          Row{kPython, 1,
              "exception fatal: IndexError: list index out of range @ /home/me/server.py:3, in go"},
          Row{"Exception in thread \"main\" java.lang.NumberFormatException: For input string: "
              "\"x\"\n"
              "\tat java.base/java.lang.Integer.parseInt(Integer.java:668)\n"
              "\tat T.go(T.java:1)\n"
              "\tat T.main(T.java:2)\n",
              1,
              "exception fatal: java.lang.NumberFormatException: For input string: \\\"x\\\" @ "
              "T.java:1, in T.go"},
          Row{"panic: runtime error: index out of range [0] with length 0\n\n"
              "goroutine 1 [running]:\nmain.serve(0x0)\n\t/home/me/server.go:12 +0x1d\n"
              "main.main()\n\t/home/me/server.go:20 +0x1d\nexit status 2\n",
              2,
              "exception fatal: panic: runtime error: index out of range [0] with length 0 @ "
              "/home/me/server.go:12, in main.serve"},
          Row{"fatal error: all goroutines are asleep - deadlock!\n\n"
              "goroutine 1 [chan receive]:\nmain.main()\n\t/home/me/server.go:5 +0x2d\n",
              2,
              "exception fatal: fatal error: all goroutines are asleep - deadlock! @ "
              "/home/me/server.go:5, in main.main"},
          Row{"\nthread 'main' (9056) panicked at src/main.rs:1:47:\n"
              "index out of bounds: the len is 0 but the index is 2\nnote: run with …\n",
              101,
              "exception fatal: index out of bounds: the len is 0 but the index is 2 @ "
              "src/main.rs:1:47"},
          Row{"thread 'main' panicked at 'no, really', src/main.rs:2:5\n", 101,
              "exception fatal: 'no, really' @ src/main.rs:2:5"},
          Row{"/home/me/t.js:1\nfunction go() { throw new Error(\"bad hello\"); }\n"
              "                ^\n\nError: bad hello\n"
              "    at go (/home/me/t.js:1:23)\n    at Object.<anonymous> (/home/me/t.js:2:30)\n"
              "    at Module._compile (node:internal/modules/cjs/loader:1521:14)\n\nNode.js "
              "v20.20.2\n",
              1, "exception fatal: Error: bad hello @ /home/me/t.js:1:23, in go"},
          Row{"e.rb:2:in `receive': undefined method `chomp' for nil:NilClass (NoMethodError)\n\n"
              "  x.chomp\n   ^^^^^^\n\tfrom e.rb:5:in `main'\n\tfrom e.rb:7:in `<main>'\n",
              1,
              "exception fatal: undefined method `chomp' for nil:NilClass (NoMethodError) @ "
              "e.rb:2, in receive"},
          Row{"/home/me/e.rb:1:in '<main>': no hello (Chat::Violation)\n", 1,
              "exception fatal: no hello (Chat::Violation) @ /home/me/e.rb:1, in <main>"},
          Row{"PHP Fatal error:  Uncaught RuntimeException: no hello in /home/me/e.php:2\n"
              "Stack trace:\n#0 /home/me/e.php(3): f()\n#1 {main}\n"
              "  thrown in /home/me/e.php on line 2\n",
              255, "exception fatal: RuntimeException: no hello @ /home/me/e.php:2"},
          Row{"Fatal error: exception Failure(\"int_of_string\")\n", 2,
              "exception fatal: Failure(\\\"int_of_string\\\") @ "},
          Row{"Fatal error: exception Not_found\n"
              "Raised at Server.go in file \"server.ml\", line 12, characters 16-35\n",
              2, "exception fatal: Not_found @ server.ml:12"},
          Row{"\nUnhandled Exception:\nSystem.FormatException: Input string\n"
              "[ERROR] FATAL UNHANDLED EXCEPTION: System.FormatException: Input string\n"
              "  at System.Int32.Parse (System.String s) [0x00019] in <12b418a7>:0 \n"
              "  at P.F (System.String s) [0x00000] in <1de8ad3c>:0 \n",
              1, "exception fatal: System.FormatException: Input string @ P.F"},
          Row{"Unhandled exception. System.FormatException: Input string\n"
              "   at System.Int32.Parse(String s)\n"
              "   at P.F(String s) in /home/me/Server.cs:line 12\n",
              0,
              "exception fatal: System.FormatException: Input string @ /home/me/Server.cs:12, "
              "in P.F"},
          Row{"terminate called after throwing an instance of 'std::runtime_error'\n"
              "  what():  bad hello\n",
              0,
              "killed fatal: terminate called after throwing an instance of 'std::runtime_error': "
              "bad hello @ "},
          Row{"server: s.cc:17: int main(int, char**): Assertion `n==5' failed.\n", 0,
              "killed fatal: Assertion `n==5' failed. @ s.cc:17, in int main(int, char**)"},
          Row{"free(): double free detected in tcache 2\n", 0,
              "killed fatal: free(): double free detected in tcache 2 @ "},
          Row{"*** stack smashing detected ***: terminated\n", 0,
              "killed fatal: *** stack smashing detected ***: terminated @ "},
          Row{"Segmentation fault (core dumped)\n", 0,
              "killed fatal: Segmentation fault (core dumped) @ "},
          Row{"./run.sh: line 2:  3504 Aborted      (core dumped) ./server 80\n", 0,
              "killed fatal: Aborted @ "},
      }) {
    EXPECT_EQ(found(row.errors, ExitStatus{.by_signal = false, .value = row.status}), row.wanted);
    const std::string among = "listening\n" + std::string(row.errors);
    EXPECT_EQ(found(among, ExitStatus{.by_signal = false, .value = row.status}), row.wanted);
  }
}

TEST(FaultReport, WhatOnlyAThreadATaskOrARequestEndedByIsNotFatal) {
  for (const std::string_view heading :
       {"Exception in thread Thread-1 (go):", "Process Process-1:",
        "Exception occurred during processing of request from ('127.0.0.1', 40000)",
        "Task exception was never retrieved\nfuture: <Task finished name='Task-3'>"}) {
    EXPECT_EQ(found(fmt::format("{}\n{}went on\n", heading, kPython)),
              "exception: IndexError: list index out of range @ /home/me/server.py:3, in go")
        << heading;
  }
  EXPECT_EQ(found("Exception in thread \"Thread-0\" java.lang.Error: x\n\tat T.go(T.java:1)\n"),
            "exception: java.lang.Error: x @ T.java:1, in T.go");
  EXPECT_EQ(found("thread '<unnamed>' panicked at src/main.rs:1:47:\nindex out of bounds\n"),
            "exception: index out of bounds @ src/main.rs:1:47");
}

TEST(FaultReport, OfChainedExceptionsTheLastIsTold) {
  const std::string chain = fmt::format(
      "{}\nThe above exception was the direct cause of the following exception:\n\n"
      "Traceback (most recent call last):\n"
      "  File \"server.py\", line 9, in <module>\n"
      "ValueError: bad\n",
      kPython);
  EXPECT_EQ(found(chain, kOne), "exception fatal: ValueError: bad @ server.py:9, in <module>");
  EXPECT_EQ(found("Exception in thread Thread-1:\n" + chain),
            "exception: ValueError: bad @ server.py:9, in <module>");
}

TEST(FaultReport, ATracebackThatTheProgramPrintedItselfIsNone) {
  EXPECT_EQ(found(kPython), "none") << "it goes on";
  EXPECT_EQ(found(kPython, ExitStatus{.by_signal = false, .value = 0}), "none");
  EXPECT_EQ(found(std::string(kPython) + "violation: closing\n", kOne), "none")
      << "it had something to say after it";
  EXPECT_EQ(found("Exception ignored in: <function f>\n" + std::string(kPython), kOne), "none");
}

TEST(FaultReport, WhatAPeerBringsAboutIsMarked) {
  for (const std::string_view what : {"BrokenPipeError: [Errno 32] Broken pipe",
                                      "ConnectionResetError: [Errno 104] Connection reset by peer",
                                      "KeyboardInterrupt", "TimeoutError: timed out"}) {
    const std::string errors = fmt::format(
        "Traceback (most recent call last):\n  File \"s.py\", line 9, in f\n{}\n", what);
    EXPECT_EQ(found(errors, kOne), fmt::format("exception fatal by peer: {} @ s.py:9, in f", what));
  }
}

TEST(FaultReport, WhatItWasGivenIsNoWordOfItsOwn) {
  EXPECT_EQ(found(kPython, kOne, "Traceback (most recent call last):\n"), "none");
  EXPECT_EQ(found("Segmentation fault\n", kOne, "DATA\nSegmentation fault\n.\n"), "none");
  EXPECT_EQ(found(kAddress, kOne, "Segmentation fault"),
            "sanitizer fatal: AddressSanitizer: heap-buffer-overflow @ /home/me/s.cc:10, in main");
}

TEST(FaultReport, WordsOfErrorMessagesAreNone) {
  for (const std::string_view errors : {
           "",
           "Aborted\n",
           "Killed\n",
           "error: Segmentation fault is what I feared\n",
           "panic: at the disco\n",
           "fatal error: no such file\n",
           "unexpected unit: Traceback (most recent call last):\n",
           "a runtime error: bad\n",
           "Exception in thread \"main\"\n",
           "thread pool panicked at noon\n",
           "Node.js v20.20.2\n",
           "see e.rb:2:in `go': no hello\n",
           "e.rb:2:in `go': no hello (line 3)\n",
           "e.rb:2:in `go': no hello (Violation)\nclosing\n",
           "e.rb:2:in `go\n",
           "Fatal error: exception\n",
           "Unhandled exception. What now?\n",
           "see ERROR: AddressSanitizer: in the manual\n",
           "==1==ERROR: AddressSanitizer: out of memory: allocator is trying to allocate\n",
           "==1==AddressSanitizer failed to allocate 0x1000 bytes\n",
           "bad Assertion `x' failed.\n",
           "Traceback (most recent call last):\n",
           "Traceback (most recent call last):\n  File \"x\"",
       }) {
    EXPECT_EQ(found(errors, kOne), "none") << errors;
  }
}

TEST(FaultReport, WhatIsShownIsPrintableAndCut) {
  const std::string errors = "s.cc:1:1: runtime error: \x1b[31m" + std::string(1000, 'x') + "\n";
  const auto report = find_fault_report(errors, "", std::nullopt);
  ASSERT_TRUE(report);
  EXPECT_TRUE(report->what.starts_with("runtime error: \\x1b[31mxxx")) << report->what;
  EXPECT_LT(report->what.size(), 250U);
}

TEST(FaultReport, MuchTextThatIsAlmostAReportTakesLittleTime) {
  std::string errors;
  while (errors.size() < (std::size_t{4} << 20)) {
    errors +=
        "Traceback (most recent call last):\n  x\nE\n\n"
        "The above exception was the direct cause of the following exception:\n\n";
  }
  EXPECT_EQ(found(errors, kOne), "none");
}

}  // namespace
}  // namespace chatspec
