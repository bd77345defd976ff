// The hostile implementations, each in a cell that confines it and beside good ones: it gets the
// verdict that it must, nobody else comes to harm, and nothing of it is left.

#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <map>
#include <poll.h>
#include <set>
#include <sstream>
#include <unistd.h>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "reference/tests/test_folder.h"
#include "scenarios/tests/run_chatspec.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

const std::string kProgram = CHATSPEC_SOURCE_DIR "/scenarios/implementations/hostile/hostile.py";

// hostile.py misbehaves where it is given the key, or the message, `hostile`.
constexpr auto* kHostile = R"(scenario  one that is hostile
covers    HELLO-1 STREAM-1
role      both

key      hostile
message  hostile
)";
// More of them than are played at a time, so that some begin, go on and end while it misbehaves.
constexpr auto* kBeside = R"(scenario  beside it: <text>
covers    HELLO-1 STREAM-1
role      both

key      another's
message  <text>

table
  | text  |
  | one   |
  | two   |
  | three |
  | four  |
  | five  |
  | six   |
)";
constexpr auto* kExchange = R"(
C: HELLO
S: 260 OK
C: DATA
C: <message 1>
C: .
S: 270 SIG
S: <signature 1>
C: PASS
S: 260 OK
C: QUIT
S: <close>
)";

struct Hostile {
  std::string role;
  std::string name;
  std::string verdict;    // `pass`, or a failure's code
  std::string tiers;      // those that hold it
  std::string says = {};  // stands in the report
};
void PrintTo(const Hostile& one, std::ostream* out) {
  *out << one.role << " " << one.name;
}

constexpr auto* kAny = "plain isolated sandbox";
constexpr auto* kConfined = "isolated sandbox";

const std::vector<Hostile>& hostile_ones() {
  static const std::vector<Hostile> all{
      {"server", "never-listens", "never-listened", kAny},
      {"server", "listens-late", "pass", kAny},
      {"server", "wrong-port", "never-listened", kConfined, "instead it listens on"},
      {"server", "other-family", "pass", kAny},
      {"server", "wrong-address", "never-listened", kConfined},
      {"server", "exits-at-once", "exited-early", kAny},
      {"server", "daemonises", "pass", kAny},
      {"server", "crashes-by-signal", "killed", kAny},
      {"server", "crashes-by-exception", "closed-early", kAny, "<script>"},
      {"server", "resets", "reset-early", kAny},
      {"server", "floods-the-socket", "wrong-reply", kAny},
      {"server", "floods-standard-output", "no-answer", kAny},
      {"server", "floods-standard-error", "no-answer", kAny, "EEEE"},
      {"server", "steers-the-terminal", "wrong-reply", kAny, "owned"},
      // By its processor time; or by the patience, where others keep it from the processors.
      {"server", "spins", "no-answer", kAny, "still running"},
      {"server", "eats-memory", "killed", "sandbox", "used more than 2048 MiB"},
      {"server", "eats-memory-in-company", "killed", "sandbox", "used more than 2048 MiB"},
      {"server", "forks-without-end", "no-answer", "sandbox"},
      {"server", "storms-with-orphans", "no-answer", "sandbox"},
      {"server", "fills-its-disk", "closed-early", kConfined, "No space left"},
      {"server", "fills-its-disk-with-names", "closed-early", kConfined, "No space left"},
      {"server", "eats-shared-memory", "killed", "sandbox", "used more than 2048 MiB"},
      {"server", "eats-memory-of-system-v", "killed", "sandbox", "used more than 2048 MiB"},
      {"server", "eats-memory-of-sockets", "killed", "sandbox", "used more than 2048 MiB"},
      {"server", "takes-every-port", "refused", kConfined, "has taken every port"},
      {"server", "listens-on-thousands", "never-listened", kConfined, " and 2692 more"},
      {"server", "holds-thousands-of-sockets", "no-answer", kConfined, "more than is looked at"},
      {"server", "reads-nothing", "no-answer", kAny, "proven"},
      {"server", "answers-a-byte-a-minute", "partial-answer", kAny, "a limit, not proof"},
      {"server", "sleeps-then-answers", "pass", kAny},
      {"server", "stops-itself", "no-answer", kAny, "proven"},
      {"server", "closes-then-lingers", "closed-early", kAny},
      {"server", "half-closes-then-lingers", "closed-early", kAny},
      {"server", "child-holds-the-socket", "no-answer", kAny},
      {"server", "ignores-sigterm", "pass", kAny},
      {"server", "deletes-its-folder", "pass", kAny},
      {"server", "leaves-traps-in-its-folder", "pass", kAny},
      {"server", "spies-on-processes", "pass", kConfined},
      {"server", "reaches-another-port", "pass", kConfined},
      {"server", "kills-all-it-may", "pass", kConfined},
      {"server", "kills-its-supervisor", "error", "plain", "supervises the cell was killed"},
      {"server", "traces-its-supervisor", "pass", "sandbox"},
      {"server", "makes-itself-root", "pass", "sandbox"},
      {"server", "reads-what-is-played", "pass", "sandbox"},
      {"server", "looks-around", "pass", "sandbox"},
      {"server", "takes-keys", "pass", "sandbox"},
      {"client", "never-connects", "no-connection", kAny, "proven"},
      {"client", "connects-without-end", "no-answer", "sandbox"},
      {"client", "floods-the-server", "wrong-command", kAny},
      {"client", "leaves-in-the-middle", "killed", kAny},
  };
  return all;
}

// A folder for the scenarios, and one for whatever chatspec leaves in its temporary folder.
class HostileFolder {
 public:
  HostileFolder() {
    fs::create_directory(at("tmp"));
    folder_.write("hostile.chat", std::string(kHostile) + kExchange);
    folder_.write("beside.chat", std::string(kBeside) + kExchange);
    folder_.write("key", "the key of another");
  }

  std::string decoy() const { return at("key"); }
  std::string at(const std::string& name) const { return folder_.at(name); }
  std::vector<std::string> left() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(at("tmp")))
      names.push_back(entry.path().filename().string());
    return names;
  }

 private:
  chat::TestFolder folder_;
};

// Whether anybody's command line on this machine names a file in the folder.
bool anyone_names(const std::string& folder) {
  for (const auto& entry : fs::directory_iterator("/proc")) {
    const std::ifstream file(entry.path() / "cmdline");
    std::ostringstream words;  // takes it well where the process ends meanwhile
    words << file.rdbuf();
    if (words.str().find(folder) != std::string::npos) return true;
  }
  return false;
}

bool mounted_in(const std::string& folder) {
  return chat::content_of("/proc/self/mounts").contains(folder);
}

std::string command_for(const std::string& role, const std::string& name) {
  return "/usr/bin/python3 -B -I -S " + kProgram + " " + name +
         (role == "server" ? " {port} {keys}" : " {host} {port} {messages} {signatures}");
}

// To fill memory may take long on a busy machine; nobody else is to reach a deadline late.
std::string_view deadline_for(const std::string& name) {
  return name.starts_with("eats-") || name.starts_with("fills-") ? "60" : "3";
}

SuiteOutcome play(const HostileFolder& place, const std::string& role, const std::string& name,
                  const std::string& tier) {
  setenv("TMPDIR", place.at("tmp").c_str(), 1);
  const SuiteOutcome outcome =
      run_scenarios("-v --jobs 2 --deadline " + std::string(deadline_for(name)) + " --isolation " +
                        tier + " --" + role + " " + quote_word(command_for(role, name)),
                    {place.at("hostile.chat"), place.at("beside.chat")});
  unsetenv("TMPDIR");
  return outcome;
}

// Ids of scenarios that are no suite's begin with their folder.
bool is_hostile(const std::string& id) {
  return id.ends_with("/hostile");
}

// The code of its failure, or its verdict.
std::string verdict_of(const CaseOutcome& outcome) {
  return outcome.codes.empty() ? std::string(to_string(outcome.verdict)) : outcome.codes.front();
}

// What `chatspec doctor` says of each tier.
bool offers(const std::string& tier) {
  static const std::string report =
      run_command(quote_word(CHATSPEC_BIN_DIR "/chatspec") + " doctor").output;
  std::istringstream lines(report);
  for (std::string name, answer, rest; lines >> name >> answer; std::getline(lines, rest)) {
    if (name == tier) return answer == "yes";
  }
  return false;
}

class HostileTest : public testing::TestWithParam<Hostile> {};

TEST_P(HostileTest, GetsItsVerdictAndHarmsNobody) {
  const Hostile& one = GetParam();
  const HostileFolder place;
  std::istringstream tiers(one.tiers);
  bool tried = false;
  for (std::string tier; tiers >> tier;) {
    if (!offers(tier)) continue;
    tried = true;
    SCOPED_TRACE(tier);
    const SuiteOutcome outcome = play(place, one.role, one.name, tier);
    SCOPED_TRACE(outcome.program.output);
    ASSERT_EQ(outcome.cases.size(), 7U);
    for (const auto& [id, found] : outcome.cases) {
      if (!is_hostile(id)) {
        EXPECT_EQ(found.verdict, Verdict::kPass) << id;
        continue;
      }
      EXPECT_EQ(verdict_of(found), one.verdict);
    }
    EXPECT_TRUE(outcome.program.says(one.says)) << outcome.program.output;
    EXPECT_THAT(outcome.program.output, Not(HasSubstr("\x1b")));
    EXPECT_FALSE(outcome.program.says("refused, because")) << outcome.program.output;
    EXPECT_THAT(place.left(), testing::IsEmpty());
    EXPECT_FALSE(anyone_names(place.at("tmp")));
    EXPECT_FALSE(mounted_in(place.at("tmp")));
  }
  if (!tried) GTEST_SKIP() << "this machine offers none of the tiers that hold it";
}

INSTANTIATE_TEST_SUITE_P(Of, HostileTest, testing::ValuesIn(hostile_ones()), [](const auto& one) {
  std::string name = one.param.role + "_" + one.param.name;
  for (char& c : name)
    if (c == '-') c = '_';
  return name;
});

// Another user has other rights, and makes namespaces in another way: by the same tests. One that
// kills all it may is left out, since it may kill bubblewrap's own process then, and ends with it.
TEST(Hostile, AreHeldByAnOrdinaryUserToo) {
  if (geteuid() != 0) GTEST_SKIP() << "the others were tried as one";
  constexpr unsigned kNobodyElse = 65533;
  const chat::TestFolder folder;
  fs::permissions(folder.path(), fs::perms{0777});
  const std::string as_user = fmt::format(
      "setpriv --reuid {0} --regid {0} --clear-groups env HOME=/nonexistent TMPDIR={1} ",
      kNobodyElse, quote_word(folder.path()));
  const std::string chatspec = quote_word(CHATSPEC_BIN_DIR "/chatspec");
  const Outcome doctor = run_command(as_user + chatspec + " doctor");
  if (!doctor.output.contains("sandbox    yes")) GTEST_SKIP() << doctor.output;
  const std::string own = fs::read_symlink("/proc/self/exe");
  const Outcome outcome = run_command(
      as_user + quote_word(own) +
      " --gtest_brief=1 --gtest_filter='*eats_*:*fills_*:*makes_itself_root:*takes_keys:"
      "*reads_what*:*looks_around:*traces_its*:*spies_on*:Hostile.AThief*'");
  EXPECT_EQ(outcome.status, 0) << outcome.output;
  EXPECT_THAT(outcome.output, HasSubstr("[  PASSED  ] 14 tests"));
}

TEST(Hostile, AreAllInTheTableAndAtLeast24) {
  const Outcome list = run_command("/usr/bin/python3 -B " + quote_word(kProgram) + " --list");
  std::istringstream lines(list.output);
  std::set<std::string> written,
      tried{"server steals-a-key", "server outlives-the-harness", "server exits-as-if-killed"};
  for (std::string line; std::getline(lines, line);) written.insert(line);
  for (const Hostile& one : hostile_ones()) tried.insert(one.role + " " + one.name);
  EXPECT_EQ(written, tried);
  EXPECT_GE(tried.size(), 24U);
}

// The same program finds the key where the tier shows it the files of this user.
TEST(Hostile, AThiefFindsAKeyOnlyOutsideTheSandbox) {
  const HostileFolder place;
  const std::map<std::string, std::string> verdicts{{"isolated", "wrong-signature"},
                                                    {"sandbox", "pass"}};
  for (const auto& [tier, verdict] : verdicts) {
    if (!offers(tier)) continue;
    const SuiteOutcome outcome = play(place, "server", "steals-a-key@" + place.decoy(), tier);
    for (const auto& [id, found] : outcome.cases) {
      EXPECT_EQ(verdict_of(found), is_hostile(id) ? verdict : "pass") << outcome.program.output;
    }
  }
}

// A status that a shell would give of a signal is taken for that in every tier, and in the sandbox
// bubblewrap gives such a one.
TEST(Hostile, AStatusThatTellsOfASignalIsACrashInEveryTier) {
  for (const std::string tier : {"plain", "isolated", "sandbox"}) {
    if (!offers(tier)) continue;
    const HostileFolder place;
    const SuiteOutcome outcome = play(place, "server", "exits-as-if-killed", tier);
    for (const auto& [id, found] : outcome.cases)
      EXPECT_EQ(found.verdict, is_hostile(id) ? Verdict::kCrash : Verdict::kPass) << tier;
  }
}

// chatspec, with a program in a cell that nothing but SIGKILL ends: two processes, of which one has
// left the others. Both are there when this is made.
class RunningHarness {
 public:
  RunningHarness(const HostileFolder& place, const std::string& tier) {
    const std::string pipe = place.at("pipe");
    EXPECT_EQ(mkfifo(pipe.c_str(), 0666), 0);
    // Whoever lives in the sandbox is another user.
    fs::permissions(place.at(""), fs::perms::others_exec | fs::perms::others_read,
                    fs::perm_options::add);
    fs::permissions(pipe, fs::perms::others_write, fs::perm_options::add);
    reader_ = open(pipe.c_str(), O_RDONLY | O_NONBLOCK);
    EXPECT_GE(reader_, 0);
    fcntl(reader_, F_SETFL, 0);
    const std::string command = command_for("server", "outlives-the-harness@" + pipe);
    std::vector<std::string> words{
        "chatspec",    "run", "-q",       "--deadline", "600",
        "--isolation", tier,  "--server", command,      place.at("hostile.chat")};
    if (tier == "sandbox") words.insert(words.end(), {"--readable", place.at("")});
    process_ = fork();
    if (process_ == 0) become(std::move(words));
    pidfd_ = static_cast<int>(syscall(SYS_pidfd_open, process_, 0));
    await_program();
  }
  RunningHarness(const RunningHarness&) = delete;
  RunningHarness& operator=(const RunningHarness&) = delete;
  ~RunningHarness() {
    close(reader_);
    close(pidfd_);
  }

  pid_t process() const { return process_; }
  bool ends_within(int milliseconds) const {
    pollfd ended{.fd = pidfd_, .events = POLLIN, .revents = 0};
    return poll(&ended, 1, milliseconds) == 1;
  }
  // Waits for its end, and then for that of the program: its pipe comes to its end with the last
  // who holds it.
  void await_end_of_all() const {
    EXPECT_EQ(waitpid(process_, nullptr, 0), process_);
    char end = 0;
    EXPECT_EQ(read(reader_, &end, 1), 0);
  }

 private:
  [[noreturn]] static void become(std::vector<std::string> words) {
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    execv(CHATSPEC_BIN_DIR "/chatspec", argv.data());
    _exit(127);
  }

  void await_program() const {
    char both[2]{};
    for (char& one : both) {
      pollfd ready[]{{.fd = reader_, .events = POLLIN, .revents = 0},
                     {.fd = pidfd_, .events = POLLIN, .revents = 0}};
      ASSERT_GT(poll(ready, 2, -1), 0);
      ASSERT_EQ(ready[1].revents, 0) << "chatspec has ended";
      ASSERT_EQ(read(reader_, &one, 1), 1);
    }
  }

  int reader_ = -1;
  pid_t process_ = 0;
  int pidfd_ = -1;
};

// The end of chatspec, however it comes, is the end of every cell.
TEST(Hostile, NobodyOutlivesAHarnessThatIsKilled) {
  for (const std::string tier : {"plain", "isolated", "sandbox"}) {
    if (!offers(tier)) continue;
    SCOPED_TRACE(tier);
    const HostileFolder place;
    const RunningHarness harness(place, tier);
    ASSERT_EQ(kill(harness.process(), SIGKILL), 0);
    harness.await_end_of_all();
  }
}

pid_t child_of(pid_t parent) {
  for (const auto& entry : fs::directory_iterator("/proc")) {
    if (entry.path().filename().native().find_first_not_of("0123456789") != std::string::npos)
      continue;
    const std::string text = chat::content_of(entry.path() / "stat");
    std::istringstream rest(text.substr(std::min(text.rfind(')') + 1, text.size())));
    char state = 0;
    pid_t its_parent = 0;
    if (rest >> state >> its_parent && its_parent == parent)
      return static_cast<pid_t>(std::stoi(entry.path().filename()));
  }
  return 0;
}

// A program may stop either where it shares a process namespace with them.
TEST(Hostile, SigtermEndsAHarnessWhoseLauncherOrSupervisorIsStopped) {
  constexpr int kEndMs = 10'000;  // two seconds, and more on a busy machine
  for (const std::string tier : {"plain", "isolated", "sandbox"}) {
    if (!offers(tier)) continue;
    for (const bool stops_launcher : {true, false}) {
      SCOPED_TRACE(tier + (stops_launcher ? ", launcher" : ", supervisor"));
      const HostileFolder place;
      const RunningHarness harness(place, tier);
      const pid_t launcher = child_of(harness.process());
      const pid_t stopped = stops_launcher ? launcher : child_of(launcher);
      ASSERT_GT(stopped, 0);
      ASSERT_EQ(kill(stopped, SIGSTOP), 0);
      ASSERT_EQ(kill(harness.process(), SIGTERM), 0);
      EXPECT_TRUE(harness.ends_within(kEndMs));
      harness.await_end_of_all();
    }
  }
}

// What would harm the machine asks first whether it is confined: here it is not.
TEST(Hostile, RefuseToHarmWhoeverDoesNotConfineThem) {
  const HostileFolder place;
  for (const Hostile& one : hostile_ones()) {
    if (one.tiers != "sandbox") continue;
    const SuiteOutcome outcome = play(place, one.role, one.name, "plain");
    EXPECT_THAT(outcome.program.output, HasSubstr("refused, because nothing confines it"));
  }
}

}  // namespace
}  // namespace chatspec
