#include "harness/cell/kernel/system_call.h"

#include <map>
#include <set>
#include <string>

#include <gtest/gtest.h>

namespace chatspec {
namespace {

using enum Awaits;

struct CallRow {
  const char* line;  // as in /proc/PID/task/TID/syscall
  Architecture architecture;
  const char* name;
  Awaits awaits;
  bool timed;
};

constexpr auto kX86 = Architecture::kX86_64;
constexpr auto kArm = Architecture::kArm64;

// Lines as kernels print them; the last two words are the stack and instruction pointers.
constexpr CallRow kCallRows[] = {
    {"0 0x3 0x7ffd 0x400 0x0 0x0 0x0 0x7ffe 0x7f00", kX86, "read", kInput, false},
    {"63 0x3 0x7ffd 0x400 0x0 0x0 0x0 0x7ffe 0x7f00", kArm, "read", kInput, false},
    {"45 0x4 0x7ffd 0x400 0x0 0x0 0x0 0x7ffe 0x7f00", kX86, "recv", kInput, false},
    {"207 0x4 0x7ffd 0x400 0x0 0x0 0x0 0x7ffe 0x7f00", kArm, "recv", kInput, false},
    {"288 0x3 0x7ffd 0x7ffe 0x80000 0x0 0x0 0x7ffe 0x7f00", kX86, "accept", kInput, false},
    {"7 0x7ffd 0x1 0xffffffff 0x0 0x0 0x0 0x7ffe 0x7f00", kX86, "poll", kReadiness, false},
    {"7 0x7ffd 0x1 0xffffffffffffffff 0x0 0x0 0x0 0x7ffe 0x7f00", kX86, "poll", kReadiness, false},
    {"7 0x7ffd 0x1 0x1388 0x0 0x0 0x0 0x7ffe 0x7f00", kX86, "poll", kReadiness, true},
    {"73 0x7ffd 0x1 0x0 0x0 0x0 0x0 0x7ffe 0x7f00", kArm, "poll", kReadiness, false},
    {"73 0x7ffd 0x1 0x7ff0 0x0 0x0 0x0 0x7ffe 0x7f00", kArm, "poll", kReadiness, true},
    {"23 0x5 0x7ffd 0x0 0x0 0x0 0x0 0x7ffe 0x7f00", kX86, "select", kReadiness, false},
    {"23 0x5 0x7ffd 0x0 0x0 0x7ff0 0x0 0x7ffe 0x7f00", kX86, "select", kReadiness, true},
    {"232 0x6 0x7ffd 0x400 0xffffffff 0x0 0x0 0x7ffe 0x7f00", kX86, "epoll_wait", kReadiness,
     false},
    {"22 0x6 0x7ffd 0x400 0x64 0x0 0x8 0x7ffe 0x7f00", kArm, "epoll_wait", kReadiness, true},
    {"202 0x7f01 0x80 0x2 0x0 0x0 0x0 0x7ffe 0x7f00", kX86, "futex", kThread, false},
    {"202 0x7f01 0x189 0x0 0x0 0x0 0xffffffff 0x7ffe 0x7f00", kX86, "futex", kThread, false},
    {"202 0x7f01 0x189 0x0 0x7ff0 0x0 0xffffffff 0x7ffe 0x7f00", kX86, "futex", kThread, true},
    {"202 0x7f01 0x1 0x1 0x0 0x0 0x0 0x7ffe 0x7f00", kX86, "futex", kUnknown, false},
    {"61 0xffffffff 0x7ffd 0x0 0x0 0x0 0x0 0x7ffe 0x7f00", kX86, "wait", kProcess, false},
    {"56 0x4111 0x0 0x0 0x0 0x0 0x0 0x7ffe 0x7f00", kX86, "clone", kProcess, false},
    {"56 0x1200011 0x0 0x0 0x0 0x0 0x0 0x7ffe 0x7f00", kX86, "clone", kUnknown, false},
    {"435 0x7ffd 0x58 0x0 0x0 0x0 0x0 0x7ffe 0x7f00", kX86, "clone3", kProcess, false},
    {"455 0x7f01 0x2 0xffffffff 0x82 0x0 0x1 0x7ffe 0x7f00", kX86, "futex_wait", kThread, false},
    {"455 0x7f01 0x2 0xffffffff 0x82 0x7ff0 0x1 0x7ffe 0x7f00", kArm, "futex_wait", kThread, true},
    {"307 0x4 0x7ffd 0x1 0x0 0x0 0x0 0x7ffe 0x7f00", kX86, "sendmmsg", kRoom, false},
    {"219 0x0 0x0 0x0 0x0 0x0 0x0 0x7ffe 0x7f00", kX86, "restart_syscall", kUnknown, true},
    {"426 0x3 0x1 0x1 0x1 0x0 0x8 0x7ffe 0x7f00", kX86, "io_uring_enter", kUnknown, true},
    {"34 0x0 0x0 0x0 0x0 0x0 0x0 0x7ffe 0x7f00", kX86, "pause", kSignal, false},
    {"72 0x3 0x7 0x7ffd 0x0 0x0 0x0 0x7ffe 0x7f00", kX86, "fcntl", kUnknown, false},
    {"73 0x3 0x2 0x0 0x0 0x0 0x0 0x7ffe 0x7f00", kX86, "flock", kUnknown, false},
    {"128 0x7ffd 0x0 0x0 0x8 0x0 0x0 0x7ffe 0x7f00", kX86, "sigtimedwait", kUnknown, false},
    {"230 0x0 0x0 0x7ffd 0x7ffd 0x0 0x0 0x7ffe 0x7f00", kX86, "clock_nanosleep", kTime, true},
    {"115 0x0 0x0 0x7ffd 0x7ffd 0x0 0x0 0x7ffe 0x7f00", kArm, "clock_nanosleep", kTime, true},
    {"42 0x3 0x7ffd 0x10 0x0 0x0 0x0 0x7ffe 0x7f00", kX86, "connect", kUnknown, true},
};

TEST(SystemCallTest, LinesOfBlockedThreadsAreUnderstood) {
  for (const CallRow& row : kCallRows) {
    const auto call = parse_blocked_call(row.line, row.architecture);
    ASSERT_TRUE(call) << row.line;
    EXPECT_EQ(call->call->name, row.name) << row.line;
    EXPECT_EQ(call->awaits(), row.awaits) << row.line;
    EXPECT_EQ(call->has_time_limit(), row.timed) << row.line;
  }
}

TEST(SystemCallTest, WhatProvesNothingIsNotACall) {
  for (const char* line :
       {"running", "", "-1 0x7ffe 0x7f00", "275 0x3 0x0 0x4 0x0 0x1 0x0 0x7ffe 0x7f00", "0 0x3",
        "0 3 4 5 6 7 8", "x 0x1"}) {
    EXPECT_FALSE(parse_blocked_call(line, kX86)) << line;
  }
}

// As this machine's kernel headers have them.
TEST(SystemCallTest, TheNumbersAreThoseOfTheKernel) {
  const std::map<std::string_view, std::set<std::string_view>> aliases{
      {"recv", {"recvfrom"}},
      {"send", {"sendto"}},
      {"accept", {"accept4"}},
      {"poll", {"ppoll"}},
      {"select", {"pselect6"}},
      {"epoll_wait", {"epoll_pwait", "epoll_pwait2"}},
      {"wait", {"wait4"}},
      {"sigsuspend", {"rt_sigsuspend"}},
      {"sigtimedwait", {"rt_sigtimedwait"}}};
  const auto own = name_system_call(0) == "read" ? kX86 : kArm;
  int known = 0;
  for (std::int64_t number = 0; number < 1000; ++number) {
    const std::string_view name = name_system_call(number);
    const SystemCall* call = find_system_call(own, number);
    if (!call || name.empty()) continue;  // calls that are newer than the headers
    ++known;
    const auto others = aliases.find(call->name);
    EXPECT_TRUE(call->name == name || (others != aliases.end() && others->second.contains(name)))
        << number << " is " << name << ", not " << call->name;
  }
  EXPECT_GT(known, 30);
  EXPECT_EQ(name_system_call(own == kX86 ? 275 : 76), "splice");
  EXPECT_EQ(name_system_call(-1), "");
}

TEST(SystemCallTest, OnlyACloneForAnotherProgramWaitsForItsChild) {
  const auto call = parse_blocked_call("435 0x7ffd 0x58 0x0 0x0 0x0 0x0 0x7ffe 0x7f00", kX86);
  EXPECT_EQ(call->clone_flags_address(), 0x7ffdU);
  EXPECT_TRUE(waits_for_child(0x4100)) << "CLONE_VFORK | CLONE_VM";
  EXPECT_FALSE(waits_for_child(0x3d0f00)) << "a thread";
}

TEST(SystemCallTest, TheSameNumberMeansDifferentCallsOnDifferentMachines) {
  EXPECT_EQ(find_system_call(kX86, 63), nullptr);
  EXPECT_EQ(find_system_call(kArm, 0), nullptr);
  EXPECT_EQ(find_system_call(kArm, 101)->name, "nanosleep");
  EXPECT_EQ(find_system_call(kArm, -1), nullptr) << "-1 stands for calls that a machine has not";
}

TEST(SystemCallTest, ProgramsOfAnotherWordSizeAreNotMistakenForOurs) {
  const auto header = [](char bits, char machine) {
    return std::string(
               "\x7f"
               "ELF") +
           bits + std::string(13, '\0') + machine + '\0';
  };
  EXPECT_EQ(architecture_of(header(2, 62)), kX86);
  EXPECT_EQ(architecture_of(header(2, static_cast<char>(183))), kArm);
  EXPECT_EQ(architecture_of(header(1, 3)), std::nullopt) << "i386";
  EXPECT_EQ(architecture_of(header(1, 62)), std::nullopt) << "x32";
  EXPECT_EQ(architecture_of("#!/bin/sh\n and more"), std::nullopt);
}

}  // namespace
}  // namespace chatspec
