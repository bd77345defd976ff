// bank/expected.txt: of each bug, who must catch it, and who may fail besides.

#pragma once

#include <expected>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace chatspec {

struct ExpectedBug {
  std::string role;                          // server or client
  std::string name;                          // MODULE/NAME, or several with + between them
  std::map<std::string, std::string> meant;  // case -> failure code
  std::map<std::string, std::string> also;   // the same, of others that it makes fail
};

struct ExpectedBugs {
  std::map<std::string, std::vector<std::string>> watched;  // role -> cases played for every bug
  std::vector<ExpectedBug> bugs;
  std::vector<std::pair<std::string, std::string>> staying;  // scenario, and why it stays
};

// Reads the file's text. The error names the line.
std::expected<ExpectedBugs, std::string> parse_expected_bugs(std::string_view text);

}  // namespace chatspec
