#include "scenarios/tests/expected_bugs.h"

#include <sstream>

namespace chatspec {
namespace {

std::unexpected<std::string> error_at(std::size_t line, const std::string& message) {
  return std::unexpected("expected.txt:" + std::to_string(line) + ": " + message);
}

// The cases of one bug: those meant for it, and after `also` the others.
bool parse_cases(std::istringstream& words, ExpectedBug& bug) {
  auto* into = &bug.meant;
  for (std::string word; words >> word;) {
    if (word == "also") {
      into = &bug.also;
      continue;
    }
    const std::size_t sign = word.rfind('=');
    if (sign == std::string::npos) return false;
    (*into)[word.substr(0, sign)] = word.substr(sign + 1);
  }
  return !bug.meant.empty();
}

}  // namespace

std::expected<ExpectedBugs, std::string> parse_expected_bugs(std::string_view text) {
  ExpectedBugs expected;
  std::istringstream lines{std::string(text)};
  std::size_t number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    std::istringstream words(line);
    std::string what, name;
    if (!(words >> what) || what.starts_with('#')) continue;
    if (!(words >> name)) return error_at(number, "a line has a second word");
    if (what == "watch") {
      for (std::string id; words >> id;) expected.watched[name].push_back(id);
    } else if (what == "stays") {
      std::string reason;
      std::getline(words >> std::ws, reason);
      if (reason.empty()) return error_at(number, "why does it stay?");
      expected.staying.emplace_back(name, reason);
    } else if (what == "server" || what == "client") {
      ExpectedBug bug{.role = what, .name = name, .meant = {}, .also = {}};
      if (!parse_cases(words, bug)) return error_at(number, "expected CASE=CODE …");
      expected.bugs.push_back(std::move(bug));
    } else {
      return error_at(number, "a line begins with watch, stays, server or client");
    }
  }
  return expected;
}

}  // namespace chatspec
