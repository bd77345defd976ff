// Located errors and warnings of the scenario language, and how people see them:
//
//     handshake/hello.chat:7:4: error: no item is called <clsoe> [unknown-item]
//        7 | S: <clsoe>
//          |    ^~~~~~~
//       hint: did you mean <close>?

#pragma once

#include <compare>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "harness/scenario/lint_code.h"

namespace chatspec {

// A place in a source text. Line and column count from 1; columns count bytes.
struct Place {
  std::size_t line = 1;
  std::size_t column = 1;

  friend auto operator<=>(const Place&, const Place&) = default;
};

struct Diagnostic {
  LintCode code{};
  Place place;
  std::size_t length = 1;  // of the text that is meant, in bytes, within its line
  std::string message;     // what is wrong, without a full stop
  std::string hint;        // what to do about it; may be empty

  Severity severity() const { return entry_of(code).severity; }
  friend bool operator==(const Diagnostic&, const Diagnostic&) = default;
};

// An error of a file as a whole, in one line: `FILE: error: MESSAGE [CODE]`.
std::string render_error(std::string_view file_name, LintCode code, std::string_view message);

// The errors and warnings of one source text, in the order of their places once sort() was called.
class Diagnostics {
 public:
  // What is there already, word for word, is not added again. After a hundred, only that there are
  // more is kept.
  void add(LintCode code, Place place, std::size_t length, std::string message,
           std::string hint = "");
  void sort();

  bool has_errors() const;
  const std::vector<Diagnostic>& entries() const { return entries_; }

  // Those of one severity, as shown above, one after the other. Bytes of the source that are not
  // printable are shown as
  // `?`, so that a caret stands where it should and a hostile file cannot steer a terminal.
  std::string render(std::string_view file_name, std::string_view source,
                     Severity severity = Severity::kError) const;

 private:
  std::vector<Diagnostic> entries_;
  bool has_more_ = false;
};

}  // namespace chatspec
