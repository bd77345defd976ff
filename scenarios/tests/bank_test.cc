// The bank of known bugs, played: each bug is caught by the scenarios meant for it, with the code
// meant for it, and nothing fails that nobody has foreseen. Leaves the table of bugs and scenarios
// in build/PRESET/bank.txt.
//
// By default a bug meets the scenarios of its line in expected.txt, those that are watched, and
// what these need; with CHATSPEC_ALL set, all of its role. CHATSPEC_BUGS holds words, one of which
// is part of ROLE/MODULE/NAME of each bug that is played; all are if it is not set.

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>
#include <thread>

#include <gtest/gtest.h>

#include "harness/suite/case.h"
#include "harness/suite/suite.h"
#include "reference/tests/test_folder.h"
#include "scenarios/tests/expected_bugs.h"
#include "scenarios/tests/run_chatspec.h"

namespace chatspec {
namespace {

const std::string kBank = CHATSPEC_SOURCE_DIR "/scenarios/bank/";

const ExpectedBugs& expected_bugs() {
  static const ExpectedBugs expected = [] {
    auto parsed = parse_expected_bugs(chat::content_of(kBank + "expected.txt"));
    EXPECT_TRUE(parsed) << (parsed ? "" : parsed.error());
    return parsed ? *parsed : ExpectedBugs();
  }();
  return expected;
}

std::string command_for(const std::string& role, const std::string& bug) {
  const std::string arguments =
      role == "server" ? " {port} {keys}" : " {host} {port} {messages} {signatures}";
  return "--" + role + " " + quote_word("python3 -E -S " + kBank + role + ".py " + bug + arguments);
}

// In seconds. A program that hangs costs a deadline for each scenario; nobody else should meet one.
std::string deadline_for(const ExpectedBug& bug) {
  for (const auto* listed : {&bug.meant, &bug.also}) {
    for (const auto& [id, code] : *listed) {
      const auto found = std::ranges::find(kFailures, code, &FailureWord::word);
      if (found != kFailures.end() && found->verdict == Verdict::kHang) return "5";
    }
  }
  return "60";
}

std::string scenario_of(const std::string& id) {
  return id.substr(0, id.find('['));
}

// What each scenario needs.
const std::map<std::string, std::vector<std::string>>& needs() {
  static const auto needs = [] {
    const Suite suite = load_suite({CHATSPEC_SOURCE_DIR "/scenarios"});
    std::map<std::string, std::vector<std::string>> all;
    for (const Case& one : list_cases(suite)) all[one.file->id] = one.needs();
    return all;
  }();
  return needs;
}

// The scenarios that these cases need, directly or by way of others.
std::set<std::string> needed_by(const std::set<std::string>& cases) {
  std::set<std::string> found;
  std::vector<std::string> open(cases.begin(), cases.end());
  while (!open.empty()) {
    const auto known = needs().find(scenario_of(open.back()));
    open.pop_back();
    if (known == needs().end()) continue;
    for (const std::string& need : known->second)
      if (found.insert(need).second) open.push_back(need);
  }
  return found;
}

// The seed is fixed: some bugs show in some texts only, and then they should always show. What a
// case needs is played too, so that it is skipped where it would be in the whole suite.
SuiteOutcome play(const ExpectedBug& bug) {
  std::string cases;
  if (!std::getenv("CHATSPEC_ALL")) {
    std::set<std::string> ids;
    for (const auto* listed : {&bug.meant, &bug.also})
      for (const auto& [id, code] : *listed) ids.insert(id);
    const auto watched = expected_bugs().watched.find(bug.role);
    if (watched != expected_bugs().watched.end())
      ids.insert(watched->second.begin(), watched->second.end());
    ids.erase("*");
    ids.merge(needed_by(ids));
    for (const std::string& id : ids) cases += " " + quote_word(id);
  }
  return run_suite("-q --seed 1 --silence 0.3 --jobs 2 --deadline " + deadline_for(bug) + " " +
                   command_for(bug.role, bug.name) + cases);
}

bool is_good(const CaseOutcome& outcome) {
  return outcome.verdict == Verdict::kPass || outcome.verdict == Verdict::kSkipped;
}

std::string code_of(const CaseOutcome& outcome) {
  return outcome.codes.empty() ? std::string(to_string(outcome.verdict)) : outcome.codes.front();
}

using Codes = std::map<std::string, std::string>;

// Whether an entry of a list speaks of this case: by its own id, that of its scenario, or `*`.
bool is_about(const std::string& name, const std::string& id) {
  return name == id || name == scenario_of(id) || name == "*";
}

bool is_listed(const Codes& codes, const std::string& id, const std::string& code) {
  return std::ranges::any_of(
      codes, [&](const auto& entry) { return is_about(entry.first, id) && entry.second == code; });
}

// How the cases that an entry of a list stands for went: "" if one of them caught the bug as it
// should, or else what they did.
std::string missed(const std::string& name, const std::string& code, const SuiteOutcome& outcome) {
  std::string seen = "was not played";
  for (const auto& [id, found] : outcome.cases) {
    if (!is_about(name, id)) continue;
    if (!is_good(found) && code_of(found) == code) return "";
    seen = is_good(found) ? "does not catch it: " + std::string(to_string(found.verdict))
                          : "fails with " + code_of(found) + " instead of " + code;
  }
  return seen;
}

// What differs from the bug's line, one line each; "" if nothing does.
std::string compare(const ExpectedBug& bug, const SuiteOutcome& outcome) {
  std::string differences;
  const auto differ = [&](const std::string& id, const std::string& what) {
    differences += bug.role + " " + bug.name + ": " + id + " " + what + "\n";
  };
  for (const auto* listed : {&bug.meant, &bug.also}) {
    for (const auto& [name, code] : *listed)
      if (const std::string what = missed(name, code, outcome); !what.empty()) differ(name, what);
  }
  for (const auto& [id, found] : outcome.cases) {
    const std::string code = code_of(found);
    if (is_good(found) || bug.meant.contains(id) || is_listed(bug.meant, id, code) ||
        is_listed(bug.also, id, code))
      continue;
    differ(id, "fails with " + code + ", which is not foreseen");
  }
  return differences;
}

// One line per bug: the scenarios that caught it, those meant for it first.
std::string table_line(const ExpectedBug& bug, const SuiteOutcome& outcome) {
  std::string meant, others;
  for (const auto& [id, found] : outcome.cases) {
    if (is_good(found)) continue;
    const std::string code = code_of(found);
    (is_listed(bug.meant, id, code) ? meant : others) += " " + id + "=" + code;
  }
  return bug.role + " " + bug.name + meant + (others.empty() ? "" : " also" + others) + "\n";
}

std::vector<ExpectedBug> chosen_bugs() {
  const char* words = std::getenv("CHATSPEC_BUGS");
  if (!words) return expected_bugs().bugs;
  std::vector<ExpectedBug> chosen;
  for (const ExpectedBug& bug : expected_bugs().bugs) {
    std::istringstream stream{std::string(words)};
    for (std::string word; stream >> word;) {
      if ((bug.role + "/" + bug.name).find(word) == std::string::npos) continue;
      chosen.push_back(bug);
      break;
    }
  }
  return chosen;
}

TEST(Bank, EachBugIsCaughtByTheScenariosMeantForItAndByNoOthersThanForeseen) {
  const std::vector<ExpectedBug> bugs = chosen_bugs();
  ASSERT_FALSE(bugs.empty());
  std::vector<std::string> differences(bugs.size());
  std::vector<std::string> lines(bugs.size());
  std::atomic<std::size_t> next = 0;
  {
    std::vector<std::jthread> workers;
    for (unsigned i = 0; i < std::max(2U, std::thread::hardware_concurrency()); ++i) {
      workers.emplace_back([&] {
        for (std::size_t at = next++; at < bugs.size(); at = next++) {
          const SuiteOutcome outcome = play(bugs[at]);
          differences[at] = compare(bugs[at], outcome);
          lines[at] = table_line(bugs[at], outcome);
        }
      });
    }
  }
  std::ofstream table(CHATSPEC_BIN_DIR "/../bank.txt");
  for (const std::string& line : lines) table << line;
  for (const std::string& difference : differences) EXPECT_EQ(difference, "");
}

TEST(Bank, HoldsAtLeast60ServersAnd40Clients) {
  std::map<std::string, int> single;
  for (const ExpectedBug& bug : expected_bugs().bugs)
    single[bug.role] += !(bug.name.find('+') != std::string::npos);
  EXPECT_GE(single["server"], 60);
  EXPECT_GE(single["client"], 40);
}

TEST(Bank, SaysOfEachOfItsBugsWhoCatchesIt) {
  std::set<std::string> expected;
  for (const ExpectedBug& bug : expected_bugs().bugs) expected.insert(bug.role + " " + bug.name);
  for (const std::string role : {"server", "client"}) {
    const Outcome list = run_command("python3 -B " + quote_word(kBank + role + ".py") + " --list");
    ASSERT_EQ(list.status, 0) << list.output;
    std::istringstream lines(list.output);
    std::size_t count = 0;
    for (std::string line; std::getline(lines, line); ++count) {
      const std::string name = line.substr(0, line.find(' '));
      if (name.ends_with("/none-serial")) continue;  // the base of others, without a bug
      EXPECT_TRUE(expected.contains(role + " " + name)) << role << " " << name;
    }
    EXPECT_GT(count, 40U);
  }
}

// Programs without a bug fail nothing that the bugs are caught by: the bank does not catch its own
// house style.
TEST(Bank, HasProgramsWithoutABugThatPass) {
  for (const char* role : {"server", "client"}) {
    const SuiteOutcome outcome =
        run_suite("--seed 1 --deadline 60 --jobs 2 --tag core " + command_for(role, "none"));
    EXPECT_EQ(outcome.program.status, 0) << outcome.program.output;
    EXPECT_GT(outcome.cases.size(), 20U);
  }
}

TEST(Bank, EachScenarioCatchesABugOrSaysWhyItStays) {
  std::set<std::string> useful;
  for (const ExpectedBug& bug : expected_bugs().bugs)
    for (const auto* listed : {&bug.meant, &bug.also})
      for (const auto& [id, code] : *listed) useful.insert(scenario_of(id));
  std::set<std::string> staying;
  for (const auto& [id, reason] : expected_bugs().staying) staying.insert(id);
  const Suite suite = load_suite({CHATSPEC_SOURCE_DIR "/scenarios"});
  std::set<std::string> known;
  for (const ScenarioFile& file : suite.files) {
    known.insert(file.id);
    EXPECT_TRUE(useful.contains(file.id) || staying.contains(file.id))
        << file.id << " catches nothing";
    EXPECT_FALSE(useful.contains(file.id) && staying.contains(file.id))
        << file.id << " catches something and need not be excused";
  }
  for (const std::string& id : staying) EXPECT_TRUE(known.contains(id)) << id;
}

}  // namespace
}  // namespace chatspec
