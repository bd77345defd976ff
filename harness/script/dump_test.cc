// What scenarios become: tests/dumps/*.txt are tables of scenario and script.
//
//     === a sentence that says what is shown
//     key       k
//     C: HELLO
//     S: 260 OK
//     --- server, line
//     send    C: "HELLO\n"                # HELLO
//     expect  S: reply "260 OK\n"         # 260 OK
//
// The scenario stands without title, `covers` and `role`. Below it comes what it is for each role
// and profile of interest: a built-in profile by its name, or the lines of a profile's file with
// `;` between them. `--- files of a client, line` shows keys, messages and files in place of the
// steps, and `--- server[row], line` the row of a table. To accept what changed, run this test with
// CHATSPEC_UPDATE_GOLDEN=1 and read the difference.

#include "harness/script/tests/dump.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "harness/scenario/check.h"
#include "harness/scenario/expand.h"
#include "harness/scenario/parser.h"
#include "harness/script/same_meaning.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;

struct Dump {
  std::string head;  // after `--- `
  std::size_t line = 0;
  std::string expected{};

  bool is_of_files() const { return head.starts_with("files of a "); }
  Role role() const { return head.contains("client") ? Role::kClient : Role::kServer; }
  std::string row() const {
    const std::size_t begin = head.find('[');
    return begin == head.npos ? "" : head.substr(begin + 1, head.find(']') - begin - 1);
  }
  std::string profile() const { return head.substr(head.find(", ") + 2); }
};

struct Entry {
  std::string sentence;
  std::size_t line = 0;
  std::string scenario{};
  std::vector<Dump> dumps{};
};

struct Table {
  std::string comment{};  // what stands above the first entry
  std::vector<Entry> entries{};
};

Table read_table(const fs::path& path) {
  Table table;
  std::ifstream file(path, std::ios::binary);
  std::size_t number = 0;
  for (std::string line; std::getline(file, line);) {
    ++number;
    if (line.starts_with("=== ")) {
      table.entries.push_back({.sentence = line.substr(4), .line = number});
    } else if (table.entries.empty()) {
      table.comment += line + "\n";
    } else if (line.starts_with("--- ")) {
      table.entries.back().dumps.push_back({.head = line.substr(4), .line = number});
    } else if (std::vector<Dump>& dumps = table.entries.back().dumps; dumps.empty()) {
      table.entries.back().scenario += line + "\n";
    } else if (!line.empty()) {
      dumps.back().expected += line + "\n";
    }
  }
  return table;
}

std::string write_table(const Table& table) {
  std::string text = table.comment;
  for (const Entry& entry : table.entries) {
    if (&entry != &table.entries.front()) text += "\n";
    text += "=== " + entry.sentence + "\n" + entry.scenario;
    for (const Dump& dump : entry.dumps) text += "--- " + dump.head + "\n" + dump.expected;
  }
  return text;
}

std::optional<chat::Profile> profile_of(std::string settings) {
  if (const chat::Profile* builtin = chat::find_profile(settings)) return *builtin;
  std::ranges::replace(settings, ';', '\n');
  const auto profile = chat::parse_profile(settings, "profile");
  return profile ? std::optional(*profile) : std::nullopt;
}

// With what it has not to say, for the roles that it is shown for.
std::string whole_source(const Entry& entry) {
  const auto has = [&](Role role) {
    return std::ranges::find(entry.dumps, role, &Dump::role) != entry.dumps.end();
  };
  const std::string head = has(Role::kServer) && has(Role::kClient)
                               ? "covers    HELLO-1 HELLO-2\nrole      both\n"
                           : has(Role::kServer) ? "covers    HELLO-2\nrole      server\n"
                                                : "covers    HELLO-1\nrole      client\n";
  return "scenario  " + entry.sentence + "\n" + head + entry.scenario;
}

// Nothing, and a failure, where it has mistakes; but one that shows only what is sent need expect
// nothing.
std::optional<Scenario> read_scenario(const fs::path& path, const Entry& entry) {
  const std::string source = whole_source(entry);
  Parsed parsed = parse_scenario(source);
  if (!parsed.diagnostics.has_errors()) check_scenario(parsed.scenario, parsed.diagnostics);
  const bool is_usable = std::ranges::all_of(
      parsed.diagnostics.entries(),
      [](const Diagnostic& one) { return one.code == LintCode::kNothingExpected; });
  if (is_usable && !entry.dumps.empty()) return std::move(parsed.scenario);
  ADD_FAILURE_AT(path.c_str(), static_cast<int>(entry.line))
      << (is_usable ? "nothing is asked of it" : parsed.diagnostics.render(entry.sentence, source));
  return std::nullopt;
}

// Nothing, and a reason in `problem`, where it cannot be made.
std::string dump_of(const Scenario& scenario, const Dump& dump, std::string& problem) {
  const auto profile = profile_of(dump.profile());
  if (!profile) return problem = "there is no such profile: " + dump.profile(), "";
  for (std::size_t row = 0; row < count_rows(scenario); ++row) {
    if (row_name(scenario, row) != dump.row()) continue;
    Diagnostics none;
    const Scenario expanded = expand(scenario, row, none);
    if (!means_the_same(expanded, *profile)) return "is not played in this profile\n";
    const Script script = make_script(expanded, "a/b", {.role = dump.role(), .profile = *profile});
    return dump.is_of_files() ? dump_materials(script) : dump_steps(script);
  }
  return problem = "there is no such row: " + dump.row(), "";
}

// Where it differs first, at the line of the table that says so.
void compare(const fs::path& path, const Entry& entry, const Dump& dump, const std::string& is) {
  if (is == dump.expected) return;
  std::istringstream wanted(dump.expected);
  std::istringstream made(is);
  std::string wanted_line = "(nothing more)";
  std::string made_line = wanted_line;
  std::size_t line = dump.line;
  do {
    ++line;
    if (!std::getline(wanted, wanted_line)) wanted_line = "(nothing more)";
    if (!std::getline(made, made_line)) made_line = "(nothing more)";
  } while (wanted_line == made_line);
  ADD_FAILURE_AT(path.c_str(), static_cast<int>(line))
      << entry.sentence << "\n  table:  " << wanted_line << "\n  script: " << made_line << "\n"
      << is;
}

TEST(Scripts, AreWhatTheTablesOfDumpsSay) {
  std::size_t count = 0;
  for (const auto& file :
       fs::directory_iterator(fs::path(CHATSPEC_SOURCE_DIR) / "harness/script/tests/dumps")) {
    const fs::path& path = file.path();
    Table table = read_table(path);
    for (Entry& entry : table.entries) {
      const std::optional<Scenario> scenario = read_scenario(path, entry);
      if (!scenario) continue;
      for (Dump& dump : entry.dumps) {
        ++count;
        std::string problem;
        std::string is = dump_of(*scenario, dump, problem);
        EXPECT_EQ(problem, "") << path << ":" << dump.line;
        if (std::getenv("CHATSPEC_UPDATE_GOLDEN"))
          dump.expected = std::move(is);
        else
          compare(path, entry, dump, is);
      }
    }
    if (std::getenv("CHATSPEC_UPDATE_GOLDEN"))
      std::ofstream(path, std::ios::binary) << write_table(table);
  }
  EXPECT_GE(count, 60U);
}

}  // namespace
}  // namespace chatspec
