// For tests: a grammar of TextMate's form, as editors read it; as much of the form as ours needs.
// Its patterns are those that RE2 and Oniguruma read alike.

#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>
#include <re2/re2.h>

namespace chatspec::language_server {

struct Coloured {
  std::string rule{};                // that takes the line; "" where none does
  std::vector<std::string> inner{};  // those that match behind its beginning
  std::string rest{};                // what none of them matches
};

class TextMateGrammar {
 public:
  explicit TextMateGrammar(const std::filesystem::path& path);

  // A pattern of a rule: its `match` or `begin`.
  std::string pattern_of(const std::string& rule) const;
  // Always by the first rule that matches at the earliest place.
  Coloured colour(std::string_view line) const;

 private:
  // It matches in a line, or begins there and ends with it.
  struct Rule {
    std::unique_ptr<RE2> pattern{};
    std::vector<std::string> inner{};  // of one that begins
  };
  struct Match {
    std::string rule{};
    std::size_t begin = 0;
    std::size_t end = 0;
  };
  Match find_first(const std::vector<std::string>& rules, std::string_view line,
                   std::size_t from) const;

  nlohmann::json source_;
  std::vector<std::string> on_top_{};
  std::map<std::string, Rule> rules_{};
};

}  // namespace chatspec::language_server
