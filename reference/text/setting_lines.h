// A text file of settings: a name and its value in a line, comments, and sections, which one of the
// settings begins.

#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "reference/text/file_error.h"

namespace chat {

// A setting that such a file may have.
struct SettingName {
  std::string_view name;
  bool may_be_repeated = false;
  std::string_view section{};  // the setting that begins those which it belongs to; "" for none
};

struct SettingLine {
  std::size_t setting = 0;  // its place among the names
  std::string value{};      // has more than blanks
  std::size_t line = 0;     // counts from 1
};

// What stands in it, in its order, and all that is wrong with its lines.
struct SettingLines {
  std::vector<SettingLine> lines{};
  std::vector<FileError> errors{};
};

// `file` is for the errors only. What may not be repeated may come once in each section.
SettingLines read_setting_lines(std::string_view text, const std::string& file,
                                std::span<const SettingName> names);

}  // namespace chat
