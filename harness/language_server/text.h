// The text of an open document, and its places: as the language counts them, as the client counts
// them, and as bytes.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "harness/scenario/diagnostic.h"
#include "harness/scenario/scenario.h"

namespace chatspec::language_server {

// In what a client counts the characters of a line: bytes of UTF-8, or code units of UTF-16.
enum class Encoding { kUtf8, kUtf16 };

// A place as a client names it. Both count from 0. (LSP 3.17, "Position".)
struct Position {
  std::size_t line = 0;
  std::size_t character = 0;

  friend bool operator==(const Position&, const Position&) = default;
};

// Bytes [begin, end) of a text.
struct Stretch {
  std::size_t begin = 0;
  std::size_t end = 0;

  friend bool operator==(const Stretch&, const Stretch&) = default;
};

class Text {
 public:
  explicit Text(std::string bytes);

  const std::string& bytes() const { return bytes_; }
  std::string_view part(Stretch stretch) const;

  // A place after the end of its line is the line's end, one after the last line that of the
  // text, and one within a character its beginning.
  std::size_t offset_of(Position position, Encoding encoding) const;
  Position position_of(std::size_t offset, Encoding encoding) const;

  // A stretch of source: whole characters, and never beyond its line.
  Stretch stretch_of(Place place, std::size_t length) const;
  Stretch stretch_of(const Span& span) const { return stretch_of(span.place, span.length); }

  // The line in which a byte stands, or before which the text ends; without its line end.
  Stretch line_at(std::size_t offset) const;

  void replace(Stretch stretch, std::string_view by);

 private:
  void find_lines();
  bool is_within_character(std::size_t offset) const;

  std::string bytes_;
  // Where lines begin. Clients end them with LF, CR LF or CR, the language with LF alone.
  std::vector<std::size_t> client_lines_;
  std::vector<std::size_t> lines_;
};

}  // namespace chatspec::language_server
