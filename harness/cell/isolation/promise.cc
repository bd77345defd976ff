#include "harness/cell/isolation/promise.h"

#include <algorithm>

namespace chatspec {
namespace {

constexpr auto kSandbox = Isolation::kSandbox;
constexpr auto kIsolated = Isolation::kIsolated;
constexpr auto kPlain = Isolation::kPlain;

constexpr std::string_view kNamespaceEnds = "the kernel, which ends all of a process namespace";
constexpr std::string_view kOwnNetwork = "a network namespace";
constexpr std::string_view kOwnProcesses = "a process namespace with a /proc of its own";
constexpr std::string_view kInMemory = "a file system in memory";

// The numbers are those of SandboxLimits.
constexpr auto kPromises = std::to_array<Promise>({
    {.id = "ends",
     .text = "Of what it starts, and of what it writes in its folder, nothing is left",
     .keepings = {{{kPlain, "chatspec, which ends what descends from it, and removes the folder"},
                   {kIsolated, kNamespaceEnds},
                   {kSandbox, kNamespaceEnds}}},
     .test = "ProcessCellStopTest.FindsAndKillsADaemonInASessionOfItsOwn"},
    {.id = "network",
     .text = "It reaches nothing by a network but its own cell",
     .keepings = {{{kIsolated, kOwnNetwork}, {kSandbox, kOwnNetwork}}},
     .test = "SandboxTest.ItsNetworkIsItsLoopbackAlone",
     .trial = R"sh([ "$(wc -l </proc/net/route)" -le 1 ])sh"},
    {.id = "processes",
     .text = "It sees and signals no process but those of its cell",
     .keepings = {{{kIsolated, kOwnProcesses}, {kSandbox, kOwnProcesses}}},
     .test = "ProcessCellStopTest.CellsSideBySideShareNothing",
     .trial = R"sh([ $$ -lt 100 ])sh"},
    {.id = "folder",
     .text = "Its folder holds no more than 64 MiB and 65,536 files",
     .keepings = {{{kIsolated, kInMemory}, {kSandbox, kInMemory}}},
     .test = "SandboxTest.FilesWithoutContentAreLimitedToo",
     .trial = R"sh([ "$(stat -f -c %c .)" -le 65536 ] && )sh"
              R"sh([ $(($(stat -f -c '%S * %b' .))) -le 67108864 ])sh"},
    {.id = "files",
     .text = "It sees the system's programs, libraries and settings, its own folder and what it is "
             "shown, and no other file of this machine: no scenario, no log, nobody's work",
     .keepings = {{{kSandbox, "bubblewrap, which mounts these and nothing else"}}},
     .test = "SandboxTest.NothingBesideTheSystemIsSeen",
     .trial = R"sh([ ! -e "$1" ] && [ ! -e /sys/class ])sh"},
    {.id = "writes",
     .text = "It writes nowhere but in its folder, in a /tmp and in a /dev/shm of its own, which "
             "hold no more than that",
     .keepings = {{{kSandbox, "mounts that are read-only, and two file systems in memory"}}},
     .test = "SandboxTest.TheSystemIsReadOnly",
     .trial = R"sh(for p in / /usr /etc /dev; do ! ( : >$p/x ) || exit 1; done; )sh"
              R"sh(for p in /tmp /dev/shm; do [ "$(stat -f -c %c $p)" -le 65536 ] && )sh"
              R"sh([ $(($(stat -f -c '%S * %b' $p))) -le 67108864 ] || exit 1; done)sh"},
    {.id = "keepers",
     .text = "It cannot read or trace the processes that keep its cell",
     .keepings = {{{kSandbox, "these, which are another user's or not to be traced"}}},
     .test = "SandboxTest.TheProcessesThatKeepItAreClosedToIt",
     .trial = R"sh(! cat /proc/1/environ && ! ls /proc/$PPID/fd)sh"},
    {.id = "services",
     .text = "It reaches no service by a socket in a folder",
     .keepings = {{{kSandbox,
                    "its view of files; those in a folder that it is shown are covered"}}},
     .test = "SandboxTest.ASocketInAFolderThatItSeesLeadsNowhere"},
    {.id = "rights",
     .text = "It has no right beyond those of a user, and gains none; as root's it is a user that "
             "owns nothing else, where root has user numbers to spare",
     .keepings = {{{kSandbox, "a user namespace or user of its own, and no_new_privs"}}},
     .test = "SandboxTest.ItHasAUserButNoRights",
     .trial = R"sh([ "$(id -u)" != 0 ] && grep -q '^CapEff:.0*$' /proc/self/status && )sh"
              R"sh(grep -q '^NoNewPrivs:.1' /proc/self/status)sh"},
    {.id = "calls",
     .text =
         "It makes no namespace and no mount, gives the kernel no work of which nobody sees the "
         "end, and makes no memory and no socket that is not counted",
     .keepings = {{{kSandbox, "the kernel, which refuses it those system calls (seccomp)"}}},
     .test = "SandboxTest.CallsThatLeadOutOfItAreRefused",
     .trial = R"sh(grep -q '^Seccomp:.2' /proc/self/status && ! unshare -U true)sh"},
    {.id = "keys",
     .text = "It has none of the keys that whoever started chatspec keeps in the kernel",
     .keepings = {{{kSandbox, "a session keyring of its own, and system calls that are refused"}}},
     .test = "SandboxTest.TheKeysOfWhoeverStartedItAreNotItsOwn"},
    {.id = "environment",
     .text = "Of the environment it has PATH as far as it sees it, the language, the time zone and "
             "JAVA_HOME",
     .keepings = {{{kSandbox, "chatspec, which gives it no more"}}},
     .test = "SandboxTest.ItIsGivenNoneOfTheSecretsInTheEnvironment",
     .trial = R"sh(! env | grep -qv -e '^\(HOME\|PWD\|OLDPWD\|TMPDIR\|PATH\|LANG\|LC_ALL\)=' )sh"
              R"sh(-e '^\(LC_CTYPE\|TZ\|JAVA_HOME\|SHLVL\|_\)=')sh"},
    {.id = "case",
     .text =
         "No command line and no mount that it can see tells the name of the scenario, the seed "
         "or the folders of this machine",
     .keepings = {{{kSandbox,
                    "chatspec, which forgets its own, and covers what /proc tells of it"}}},
     .test = "SandboxTest.NoCommandLineInSightTellsWhatTheHarnessWasAskedToDo",
     .trial = R"sh(tr '\0' ' ' </proc/1/cmdline | grep -q '^chatspec cell' && )sh"
              R"sh(! cat /proc/1/mountinfo)sh"},
    {.id = "memory",
     .text = "All its processes together use no more than 2 GiB of memory",
     .keepings = {{{kSandbox,
                    "chatspec, which looks every 50 ms, every 5 ms where much is in use, at memory "
                    "of their own, shared memory, System V's objects and the buffers of sockets"}}},
     .test = "SandboxTest.MemoryIsLimitedInWhateverFormItIs",
     .trial = R"sh(grep -q '^Pss_Shmem:' /proc/self/smaps_rollup)sh",
     .by_groups = "the kernel, by a control group"},
    {.id = "number",
     .text = "It has no more than 256 processes and threads, 1024 files open in each, and 120 s of "
             "processor time for each",
     .keepings = {{{kSandbox, "the kernel's limits of resources"}}},
     .test = "SandboxTest.WhatItMayUseUpIsLimited",
     .trial =
         R"sh([ "$(ulimit -n)" -le 1024 ] && [ "$(ulimit -t)" -le 120 ] && )sh"
         R"sh([ "$(sed -n 's/^Max processes *\([0-9]*\).*/\1/p' /proc/self/limits)" -le 256 ])sh"},
});

}  // namespace

const Keeping* Promise::in(Isolation isolation) const {
  const auto* const found = std::ranges::find_if(keepings, [&](const Keeping& keeping) {
    return keeping.isolation == isolation && !keeping.how.empty();
  });
  return found == keepings.end() ? nullptr : found;
}

std::span<const Promise> promises() {
  return kPromises;
}

}  // namespace chatspec
