#include "harness/cell/isolation/sandbox.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <unistd.h>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <linux/keyctl.h>
#include <sys/syscall.h>

#include "harness/cell/cell_test_support.h"

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

// Wherever submissions lie: of what is in / and /var, the system alone is seen, and the cell's own.
TEST_P(SandboxTest, NoFolderBesideTheSystemIsSeen) {
  const std::vector<std::string> system{"/bin",   "/dev", "/etc", "/gnu",       "/lib",    "/lib32",
                                        "/lib64", "/nix", "/opt", "/proc",      "/sbin",   "/snap",
                                        "/sys",   "/usr", "/var", "/var/cache", "/var/lib"};
  Bench bench(GetParam());
  bench.plan.policy = make_sandbox_policy({});
  std::istringstream seen(shell(bench,
                                "for place in /* /var/*; do [ -d $place ] && [ ! -L $place ] && "
                                "[ -n \"$(ls -A $place)\" ] && echo $place; done; pwd"));
  std::vector<std::string> places;
  for (std::string place; std::getline(seen, place);) places.push_back(place);
  ASSERT_FALSE(places.empty());
  const std::string own = places.back();
  EXPECT_THAT(places, ::testing::Contains("/usr"));
  for (const std::string& place : places) {
    EXPECT_TRUE(own.starts_with(place) || std::ranges::count(system, place) == 1) << place;
  }
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
  const std::string numbers = fmt::format("KEYCTL, UNSHARE, CLONE = {}, {}, {}\n", int{SYS_keyctl},
                                          int{SYS_unshare}, int{SYS_clone});
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
      "libc.mount(b'none', b'/tmp', b'tmpfs', 0, None)\n"
      "print('mount', errno.errorcode[ctypes.get_errno()])\n";
  std::string errors;
  const std::string output =
      outcome_of(bench, {testing::python_path(), "-I", "-S", "-c", numbers + script}, &errors)
          .bytes;
  EXPECT_EQ(output,
            "keyctl EPERM\nio_uring_setup ENOSYS\nclone3 ENOSYS\nunshare EPERM\nclone EPERM\n"
            "fsopen EPERM\nmount EPERM\n")
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

TEST(SandboxPolicyTest, ShowsWhereAnInterpreterLives) {
  SandboxPolicy policy;
  allow_command(policy, {"/bin/sh", "/no/such/file", "relative"});
  EXPECT_EQ(std::ranges::count(policy.readable, fs::path("/")), 1) << "the folder above bin";
  EXPECT_EQ(std::ranges::count(policy.readable, fs::path("/no/such")), 0);
}

}  // namespace
}  // namespace chatspec
