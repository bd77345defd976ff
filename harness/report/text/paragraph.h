// Texts in lines that fit a terminal.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace chatspec {

// The columns of a line where nobody said otherwise, as papers and mails have them.
inline constexpr std::size_t kColumns = 80;

// The text in lines of at most so many columns, broken at blanks; a word that is longer stands in a
// line of its own. Line ends of the text stay. Of UTF-8, each character counts as one column.
std::vector<std::string> wrap(std::string_view text, std::size_t columns);

// The text behind its head, with further lines below its first; each with its line end. "" for no
// text.
std::string hang(std::string_view head, std::string_view text, std::size_t columns = kColumns);

// The text behind its label, in the column in which all of a block's texts begin, and with further
// lines below its first; each with its line end. "" for no text.
std::string with_label(std::string_view label, std::string_view text,
                       std::size_t columns = kColumns);
// So many columns stand before that one.
inline constexpr std::size_t kLabelColumns = 15;

// How many columns the text takes: of UTF-8, each character one.
std::size_t width_of(std::string_view text);

// The text, or its beginning and "…" where it is longer than so many bytes; no character is cut.
std::string cut_text(std::string_view text, std::size_t max_bytes);

}  // namespace chatspec
