// Scenarios that nobody wrote, for what must hold of all of them.

#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "harness/scenario/scenario.h"

namespace chatspec {

// Makes any scenario that a text can be parsed to, by chance: whether its parts fit each other is
// not asked. The same seed gives the same ones.
class Generator {
 public:
  explicit Generator(std::uint64_t seed) : engine_(seed) {}

  Scenario scenario();
  Item item();
  // Bytes among which those that mean something to the language are frequent.
  std::string bytes(std::size_t most);
  // The same of printable ASCII, without blanks around it.
  std::string readable(std::size_t most);

 private:
  // From 0 to n - 1.
  std::size_t below(std::size_t n) { return engine_() % n; }
  bool chance(std::size_t one_in) { return below(one_in) == 0; }
  template <typename Table>
  const auto& one_of(const Table& table) {
    return table[below(table.size())];
  }

  std::string word();
  Literal literal();
  Pattern pattern();
  ValueLine value_line();
  Value value();
  std::vector<Name> names();
  Number number();
  Delivery delivery();
  Alternative alternative(bool is_first);
  TranscriptLine transcript_line();
  FileSignature file_signature();
  FileDefinition file();
  ArgumentDefinition argument();
  Table table();
  std::vector<LeadLine> lead(bool is_first);
  StatementContent statement();

  std::mt19937_64 engine_;
};

}  // namespace chatspec
