#include "harness/cell/isolation/sandbox.h"

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <unistd.h>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <linux/keyctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>

#include "harness/cell/isolation/system_view.h"
#include "harness/cell/process/cell_test_support.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;
using testing::Bench;
using ::testing::HasSubstr;
using ::testing::Not;

class SandboxTest : public testing::InEveryTier {};
INSTANTIATE_TEST_SUITE_P(Tiers, SandboxTest, ::testing::Values(Isolation::kSandbox),
                         testing::tier_name);

// A folder with files as an instructor has them.
class Desk {
 public:
  Desk() : folder_(ScratchFolder::make(fs::temp_directory_path()).value()) {
    fs::permissions(path(), fs::perms::owner_all | fs::perms::others_exec);
    write("alice/server.sh", "cat ../bob/server.sh; cat helper; ls -A ../..");
    write("alice/helper", "alice's helper\n");
    write("bob/server.sh", "bob's secret\n");
    write("results.jsonl", "the results\n");
  }
  fs::path path() const { return folder_.path(); }
  std::string at(const std::string& name) const { return (path() / name).string(); }

 private:
  void write(const std::string& name, const std::string& content) const {
    fs::create_directories((path() / name).parent_path());
    std::ofstream(path() / name) << content;
  }
  ScratchFolder folder_;
};

// Runs a command to its end in a cell whose policy lets it be seen.
Output outcome_of(Bench& bench, const std::vector<std::string>& command, std::string* errors) {
  allow_command(bench.plan.policy, command);
  const auto cell = bench.open(Role::kServer);
  EXPECT_TRUE(cell->start(command));
  EXPECT_TRUE(cell->await_exit(ExitWait::kDue));
  cell->stop();
  if (errors) *errors = cell->errors().bytes;
  return cell->output();
}

std::string shell(Bench& bench, const std::string& script, std::string* errors = nullptr) {
  return outcome_of(bench, {"/bin/sh", "-c", script}, errors).bytes;
}

TEST_P(SandboxTest, AProgramSeesItsOwnFilesAndNobodyElses) {
  const Desk desk;
  Bench bench(GetParam());
  bench.plan.policy = make_sandbox_policy({desk.path()});
  std::string errors;
  const std::string script = "cd " + desk.at("alice") + " && . ./server.sh";
  bench.plan.policy.readable.emplace_back(desk.at("alice"));
  const std::string output = shell(bench, script, &errors);
  EXPECT_THAT(output, HasSubstr("alice's helper"));
  EXPECT_THAT(output, Not(HasSubstr("bob")));
  EXPECT_THAT(output, Not(HasSubstr("results")));
  EXPECT_THAT(errors, HasSubstr("../bob/server.sh: No such file"));
}

// Whatever else lies in its folder, which a folder of everybody's programs may be.
TEST_P(SandboxTest, AFileNamedOnTheCommandLineIsSeenAlone) {
  for (const bool hidden : {true, false}) {
    const Desk desk;
    Bench bench(GetParam());
    if (hidden) bench.plan.policy = make_sandbox_policy({desk.path()});
    std::string errors;
    const std::string helper = desk.at("alice/helper");
    const Output output = outcome_of(
        bench, {"/bin/sh", "-c", "cat \"$0\"; cat ${0%helper}server.sh", helper}, &errors);
    EXPECT_EQ(output.bytes, "alice's helper\n");
    EXPECT_THAT(errors, HasSubstr("server.sh: No such file"));
  }
}

TEST_P(SandboxTest, OfAFileInAHiddenFolderTheFolderStaysHidden) {
  const Desk desk;
  Bench bench(GetParam());
  bench.plan.policy = make_sandbox_policy({desk.path()});
  const std::string results = desk.at("results.jsonl");
  EXPECT_EQ(outcome_of(bench, {"/bin/cat", results}, nullptr).bytes, "the results\n");
  EXPECT_THAT(bench.plan.policy.readable, ::testing::Not(::testing::Contains(desk.path())));
}

// Wherever submissions lie: of what is in /, /etc, /var and /opt, the system alone is seen, and the
// cell's own.
TEST_P(SandboxTest, NothingBesideTheSystemIsSeen) {
  Bench bench(GetParam());
  bench.plan.policy = make_sandbox_policy({});
  const std::vector<fs::path>& system = bench.plan.policy.system;
  std::istringstream seen(shell(
      bench,
      "cd / && find . ./etc -xdev -mindepth 1 -maxdepth 3 ! -path './usr/*' ! -path './dev/*' "
      "! -path './proc/*' ! -path './sys/devices/*' | cut -c2-; cd - >/dev/null; pwd"));
  std::vector<std::string> places;
  for (std::string place; std::getline(seen, place);) places.push_back(place);
  ASSERT_FALSE(places.empty());
  const std::string own = places.back();
  EXPECT_THAT(places, ::testing::Contains("/usr"));
  EXPECT_THAT(places, ::testing::Contains("/etc/passwd"));
  for (const std::string& place : places) {
    const bool is_system = std::ranges::any_of(system, [&](const fs::path& one) {
      return lies_within(place, one) || lies_within(one, place);
    });
    const bool is_made = place == "/dev" || place == "/proc" || place == "/tmp";
    EXPECT_TRUE(is_system || is_made || own.starts_with(place)) << place;
  }
}

// Also those of which it gets a copy.
TEST_P(SandboxTest, SettingsAreThoseOfTheMachine) {
  Bench bench(GetParam());
  bench.plan.policy = make_sandbox_policy({});
  std::string names;
  for (const fs::path& path : bench.plan.policy.system) {
    if (path.parent_path() == kSettingsFolder) names += " " + path.filename().native();
  }
  const std::string script = "cd /etc; find" + names +
                             " ! -path 'ssl/private*' -printf '%p %y %m %l\\n' | sort; "
                             "find" +
                             names + " -type f -perm -004 -exec cksum {} + | sort";
  const std::unique_ptr<FILE, int (*)(FILE*)> shell_of_host(popen(script.c_str(), "r"), pclose);
  ASSERT_TRUE(shell_of_host);
  std::string expected;
  for (int byte = fgetc(shell_of_host.get()); byte != EOF; byte = fgetc(shell_of_host.get()))
    expected += static_cast<char>(byte);
  EXPECT_THAT(expected, HasSubstr("passwd"));
  EXPECT_EQ(shell(bench, script), expected);
}

// A file among the settings that is none of the system's has no place in their copy.
TEST_P(SandboxTest, AFileOfSomebodysAmongTheSettingsIsSeen) {
  Bench bench(GetParam());
  bench.plan.policy = make_sandbox_policy({});
  for (const auto& entry : fs::directory_iterator(kSettingsFolder)) {
    constexpr fs::perms kForAll = fs::perms::others_read;
    if (!entry.is_regular_file() || entry.is_symlink() || entry.file_size() == 0 ||
        (entry.status().permissions() & kForAll) == fs::perms::none ||
        std::ranges::count(bench.plan.policy.system, entry.path()) > 0)
      continue;
    const Output seen =
        outcome_of(bench, {"/usr/bin/wc", "-c", entry.path(), "/etc/passwd"}, nullptr);
    EXPECT_THAT(seen.bytes,
                HasSubstr(fmt::format("{} {}", entry.file_size(), entry.path().native())));
    EXPECT_THAT(seen.bytes, HasSubstr("/etc/passwd"));
    return;
  }
  GTEST_SKIP() << "all files of /etc are the system's";
}

TEST_P(SandboxTest, OfTheHostsMountsOnlyThoseOfTheSystemAreTold) {
  const Desk desk;
  Bench bench(GetParam());
  bench.plan.policy = make_sandbox_policy({});
  const std::string output =
      shell(bench, "cat /proc/*/mountinfo /proc/*/mounts /proc/*/task/*/mountinfo 2>/dev/null");
  std::istringstream lines(output);
  int mounts = 0;
  for (std::string line; std::getline(lines, line); ++mounts) {
    EXPECT_THAT(line, Not(HasSubstr(" /sys/fs/"))) << "one of the host's";
    EXPECT_THAT(line, Not(HasSubstr("/oldroot")));
  }
  EXPECT_GT(mounts, 0);
}

// The launcher is a process of the harness's; its command line would name scenarios and a seed.
TEST_P(SandboxTest, NoCommandLineInSightTellsWhatTheHarnessWasAskedToDo) {
  Bench bench(GetParam());
  const Desk desk;
  bench.plan.policy.readable.emplace_back(desk.at("alice"));
  const std::string output = shell(bench, "cat /proc/*/cmdline | tr '\\0' ' '");
  EXPECT_THAT(output, HasSubstr("chatspec cell"));
  EXPECT_THAT(output, Not(HasSubstr("cell_test")));
  EXPECT_THAT(output, Not(HasSubstr("--bind")));
  EXPECT_THAT(output, Not(HasSubstr(desk.path().native())));
}

TEST_P(SandboxTest, TheProcessesThatKeepItAreClosedToIt) {
  Bench bench(GetParam());
  const std::string script =
      "import ctypes\n"
      "attach = lambda pid: ctypes.CDLL(None).ptrace(16, pid, None, None)\n"
      "for pid in 1, os.getppid():\n"
      "    print('attached' if attach(pid) == 0 else 'refused')\n"
      "    for name in 'mem', 'environ', 'maps', 'fd', 'root', 'cwd', 'mountinfo':\n"
      "        path = f'/proc/{pid}/{name}'\n"
      "        try: (os.listdir if os.path.isdir(path) else os.readlink if os.path.islink(path) "
      "else "
      "lambda p: open(p, 'rb').read(1))(path)\n"
      "        except OSError: continue\n"
      "        print('read', path)\n";
  std::string errors;
  const std::string output =
      outcome_of(bench, {testing::python_path(), "-I", "-S", "-c", "import os\n" + script}, &errors)
          .bytes;
  EXPECT_EQ(output, "refused\nrefused\n") << errors;
}

// As the service of somebody whose folder is shown.
TEST_P(SandboxTest, ASocketInAFolderThatItSeesLeadsNowhere) {
  const Desk desk;
  fs::permissions(desk.path(), fs::perms::others_read, fs::perm_options::add);
  const std::string path = desk.at("alice/service");
  sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
  ASSERT_LT(path.size(), sizeof address.sun_path);
  path.copy(address.sun_path, path.size());
  const FileDescriptor service(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  ASSERT_EQ(bind(service.get(), reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  ASSERT_EQ(listen(service.get(), 1), 0);
  fs::permissions(path, fs::perms::all);
  const auto connects = [&](bool hides) {
    Bench bench(GetParam());
    bench.plan.policy = make_sandbox_policy({});
    if (hides) {
      allow_command(bench.plan.policy, {desk.path()});
    } else {
      bench.plan.policy.readable.push_back(desk.path());
    }
    const std::string script =
        "import socket\ns = socket.socket(socket.AF_UNIX)\n"
        "print(s.connect_ex('" +
        path + "') == 0)";
    return outcome_of(bench, {testing::python_path(), "-I", "-S", "-c", script}, nullptr).bytes;
  };
  EXPECT_EQ(connects(true), "False\n");
  EXPECT_EQ(connects(false), "True\n") << "the test does not try what it should";
}

TEST_P(SandboxTest, TheSystemIsReadOnly) {
  Bench bench(GetParam());
  const std::string output =
      shell(bench,
            "for place in / /usr /etc /dev /var/tmp /home /proc/sys/kernel/core_pattern; do "
            "if [ -d $place ]; then target=$place/x; else target=$place; fi; "
            "(echo x > $target) 2>/dev/null && echo wrote $target; done; "
            "echo x > /tmp/x && echo x > here && cat /tmp/x here");
  EXPECT_EQ(output, "x\nx\n");
}

TEST_P(SandboxTest, ItHasAUserButNoRights) {
  Bench bench(GetParam());
  const std::string output =
      shell(bench, "id -u; grep -E '^(CapEff|NoNewPrivs)' /proc/self/status");
  EXPECT_THAT(output, HasSubstr("CapEff:\t0000000000000000"));
  EXPECT_THAT(output, HasSubstr("NoNewPrivs:\t1"));
  EXPECT_THAT(output, Not(::testing::StartsWith("0\n"))) << "root is not to be its guest";
}

TEST_P(SandboxTest, CallsThatLeadOutOfItAreRefused) {
  Bench bench(GetParam());
  const std::string numbers =
      fmt::format("KEYCTL, UNSHARE, CLONE, MEMFD = {}, {}, {}, {}\n", int{SYS_keyctl},
                  int{SYS_unshare}, int{SYS_clone}, int{SYS_memfd_create});
  const std::string script =
      "import ctypes, errno\n"
      "libc = ctypes.CDLL(None, use_errno=True)\n"
      "def call(name, number, *arguments):\n"
      "    done = libc.syscall(number, *arguments)\n"
      "    print(name, 'done' if done >= 0 else errno.errorcode[ctypes.get_errno()])\n"
      "call('keyctl', KEYCTL, 0, -3, 1)\n"
      "call('io_uring_setup', 425, 4, None)\n"
      "call('clone3', 435, None, 0)\n"
      "call('unshare', UNSHARE, 0x10000000)\n"
      "call('clone', CLONE, 0x10000000 | 17, None, None, None, None)\n"
      "call('fsopen', 430, b'tmpfs', 0)\n"
      "call('memfd_create', MEMFD, b'x', 0)\n"
      "import socket\n"
      "for family in 1, 2, 10, 16, 17, 38, 40:\n"
      "    try: socket.socket(family, socket.SOCK_DGRAM).close()\n"
      "    except OSError as e: print(family, errno.errorcode[e.errno])\n"
      "libc.mount(b'none', b'/tmp', b'tmpfs', 0, None)\n"
      "print('mount', errno.errorcode[ctypes.get_errno()])\n";
  std::string errors;
  const std::string output =
      outcome_of(bench, {testing::python_path(), "-I", "-S", "-c", numbers + script}, &errors)
          .bytes;
  EXPECT_EQ(output,
            "keyctl EPERM\nio_uring_setup ENOSYS\nclone3 ENOSYS\nunshare EPERM\nclone EPERM\n"
            "fsopen EPERM\nmemfd_create ENOSYS\n17 EAFNOSUPPORT\n38 EAFNOSUPPORT\n40 EAFNOSUPPORT\n"
            "mount EPERM\n")
      << errors;
}

TEST_P(SandboxTest, TheKeysOfWhoeverStartedItAreNotItsOwn) {
  constexpr auto* kKey = "chatspec-test";
  const auto key = syscall(SYS_add_key, "user", kKey, "secret", 6, KEY_SPEC_SESSION_KEYRING);
  if (key < 0) GTEST_SKIP() << "no keyrings here";
  Bench bench(GetParam());
  EXPECT_THAT(shell(bench, "cat /proc/keys"), Not(HasSubstr(kKey)));
  syscall(SYS_keyctl, KEYCTL_INVALIDATE, key);
}

TEST_P(SandboxTest, ItIsGivenNoneOfTheSecretsInTheEnvironment) {
  Bench bench(GetParam());
  setenv("CHATSPEC_TEST_TOKEN", "secret", 1);
  const std::string output = shell(bench, "env");
  unsetenv("CHATSPEC_TEST_TOKEN");
  EXPECT_THAT(output, Not(HasSubstr("secret")));
  EXPECT_THAT(output, HasSubstr("PATH="));
}

TEST_P(SandboxTest, ItsNetworkIsItsLoopbackAlone) {
  Bench bench(GetParam());
  EXPECT_THAT(shell(bench, "cat /proc/net/dev | tail -n +3 | cut -d: -f1 | tr -d ' '"), "lo\n");
}

TEST_P(SandboxTest, WhatItMayUseUpIsLimited) {
  Bench bench(GetParam());
  bench.plan.policy.limits.disk_bytes = 1 << 20;
  std::string errors;
  const std::string output = shell(bench,
                                   "for place in . /tmp /dev/shm; do "
                                   "(head -c 3000000 /dev/zero > $place/big) 2>/dev/null; "
                                   "stat -c %s $place/big; done; ulimit -n",
                                   &errors);
  EXPECT_EQ(output, "1048576\n1048576\n1048576\n1024\n") << errors;
}

TEST_P(SandboxTest, FilesWithoutContentAreLimitedToo) {
  Bench bench(GetParam());
  bench.plan.policy.limits.files = 100;
  const std::string output = shell(bench,
                                   "for place in . /tmp /dev/shm; do i=0; "
                                   "while ln -s x $place/$i 2>/dev/null; do i=$((i + 1)); done; "
                                   "[ $i -gt 50 ] && [ $i -lt 100 ] && echo limited; done");
  EXPECT_EQ(output, "limited\nlimited\nlimited\n");
}

// Each form of memory beyond 64 MiB: shared, of System V with nobody attached, in sockets.
TEST_P(SandboxTest, MemoryIsLimitedInWhateverFormItIs) {
  const std::vector<std::pair<std::string, std::string>> forms{
      {"shared",
       "import mmap\n"
       "m = mmap.mmap(-1, 128 << 20, mmap.MAP_SHARED | mmap.MAP_ANONYMOUS)\n"
       "for at in range(0, 128 << 20, 4096): m[at] = 1\n"},
      {"of System V",
       "import ctypes\n"
       "libc = ctypes.CDLL(None)\n"
       "libc.shmat.restype = ctypes.c_void_p\n"
       "for _ in range(2):\n"
       "    at = libc.shmat(libc.shmget(0, ctypes.c_size_t(64 << 20), 0o1600), None, 0)\n"
       "    ctypes.memset(at, 1, 64 << 20)\n"
       "    libc.shmdt(ctypes.c_void_p(at))\n"},
      {"in sockets",
       "kept = []\n"
       "while True:\n"
       "    try: pair = socket.socketpair()\n"
       "    except OSError: break\n"
       "    pair[0].setblocking(False)\n"
       "    try:\n"
       "        while pair[0].send(b'x' * 65536): pass\n"
       "    except BlockingIOError: kept.append(pair)\n"},
  };
  for (const auto& [name, script] : forms) {
    Bench bench(GetParam());
    bench.plan.policy.limits.memory_bytes = 64 << 20;
    const auto cell = bench.open(Role::kServer);
    ASSERT_TRUE(cell->start(testing::python(*cell, script + "signal.pause()\n")));
    EXPECT_EQ(cell->await_exit(ExitWait::kDue), (ExitStatus{.by_signal = true, .value = SIGKILL}))
        << name;
    EXPECT_THAT(cell->stop(), HasSubstr("together used more than 64 MiB of memory")) << name;
  }
}

// Twenty processes have mapped the same 16 MiB.
TEST_P(SandboxTest, MemoryThatManyShareCountsOnce) {
  Bench bench(GetParam());
  bench.plan.policy.limits.memory_bytes = 200 << 20;
  const auto cell = bench.open(Role::kServer);
  ASSERT_TRUE(cell->start(
      testing::python(*cell,
                      "import mmap, time\n"
                      "m = mmap.mmap(-1, 16 << 20, mmap.MAP_SHARED | mmap.MAP_ANONYMOUS)\n"
                      "r, w = os.pipe()\n"
                      "for _ in range(20):\n"
                      "    if os.fork() == 0:\n"
                      "        for at in range(0, 16 << 20, 4096): m[at]\n"
                      "        os.write(w, b'1')\n"
                      "        signal.pause()\n"
                      "for _ in range(20): os.read(r, 1)\n"
                      "time.sleep(0.3)\n"  // so that it is looked at meanwhile
                      "print('shared', flush=True)\n"
                      "os.kill(-1, signal.SIGKILL)\n")));
  EXPECT_TRUE(cell->await_exit(ExitWait::kDue));
  EXPECT_THAT(cell->stop(), Not(HasSubstr("of memory")));
  EXPECT_EQ(cell->output().bytes, "shared\n");
}

TEST(SandboxPolicyTest, HidesNothingWithoutWhichNoProgramStarts) {
  const SandboxPolicy policy = make_sandbox_policy({"/", "/usr", "/etc"});
  for (const char* needed : {"/", "/usr", "/etc"}) {
    EXPECT_EQ(std::ranges::count(policy.hidden, fs::path(needed)), 0) << needed;
  }
}

TEST(SandboxPolicyTest, HidesALogThatIsNotThereYetByItsWholePath) {
  const SandboxPolicy policy = make_sandbox_policy({"not-there-yet.jsonl"});
  EXPECT_EQ(std::ranges::count(policy.hidden, fs::current_path() / "not-there-yet.jsonl"), 1);
}

TEST(SandboxPolicyTest, SmallSettingsAreShownInOneFolder) {
  SandboxPolicy policy = make_sandbox_policy({});
  policy.settings = SettingsCopy::make(policy.system, policy.hidden);
  ASSERT_TRUE(policy.settings);
  EXPECT_TRUE(policy.settings->holds("/etc/passwd"));
  EXPECT_FALSE(policy.settings->holds("/etc/shadow"));
  const auto options =
      sandbox_command(policy, {.own = "/tmp/x", .work = "/tmp/x"}, -1, {"/bin/true"}).options;
  EXPECT_THAT(options, ::testing::Contains(policy.settings->path().native()));
  EXPECT_THAT(options, Not(::testing::Contains("/etc/passwd")));
}

TEST(SandboxPolicyTest, TheCopyOfSettingsIsGoneWithThePolicy) {
  fs::path copy;
  {
    SandboxPolicy policy = make_sandbox_policy({});
    policy.settings = SettingsCopy::make(policy.system, policy.hidden);
    copy = policy.settings->path();
    EXPECT_TRUE(fs::exists(copy / "passwd"));
  }
  EXPECT_FALSE(fs::exists(copy.parent_path()));
}

TEST(SandboxPolicyTest, ShowsWhereAnInterpreterLives) {
  const Desk desk;
  fs::create_directories(desk.path() / "venv/bin");
  std::ofstream(desk.path() / "venv/bin/python") << "";
  SandboxPolicy policy = make_sandbox_policy({});
  allow_command(policy, {"/bin/sh", "/no/such/file", "relative", desk.at("venv/bin/python")});
  EXPECT_THAT(policy.readable, ::testing::ElementsAre(desk.path() / "venv"))
      << "the folder above bin, and nothing of what every program sees";
}

TEST(SandboxPolicyTest, ShowsOfAHomeOrTheFolderOfSecretsOnlyItsBin) {
  const Desk desk;
  fs::create_directories(desk.path() / "bin");
  std::ofstream(desk.path() / "bin/server") << "";
  SandboxPolicy policy = make_sandbox_policy({desk.at("results.jsonl")});
  allow_command(policy, {desk.at("bin/server")});
  EXPECT_THAT(policy.readable, ::testing::ElementsAre(desk.path() / "bin"));
}

TEST(SandboxPolicyTest, LeavesOutOfThePathWhatIsNotSeen) {
  const std::string before = std::getenv("PATH");
  setenv("PATH", "/usr/bin:/home/alice/.local/bin:/bin", 1);
  const auto environment = sandbox_environment(make_sandbox_policy({}), {.own = "/tmp/x"});
  setenv("PATH", before.c_str(), 1);
  EXPECT_THAT(environment, ::testing::Contains("PATH=/usr/bin:/bin"));
}

}  // namespace
}  // namespace chatspec
