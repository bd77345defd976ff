// What a signature is made of, and what a mistaken implementation makes of that.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "harness/script/dialect.h"
#include "reference/framing.h"
#include "reference/profile.h"

namespace chatspec {

// Everything that a mistaken implementation might mix into its hash.
struct Ingredients {
  const chat::Profile& profile;
  const std::vector<std::string>& messages;
  const std::vector<std::string>& keys;
  std::size_t message;  // from 0
  std::size_t key;
  // The text as it was sent, where that is known; else it is what the profile makes of the message.
  std::vector<std::string> sent_lines{};

  std::vector<std::string_view> lines() const { return chat::text_lines(messages[message]); }
  const std::string& own_key() const { return keys[key]; }
  // The characters of the profile for `\` and `.`.
  std::string escape() const { return Dialect(profile, true).text("\\"); }
  std::string dot() const { return Dialect(profile, true).text("."); }
  std::string escaped_escape() const { return escape() + escape(); }
  std::string escaped_dot() const { return escape() + dot(); }
};

std::string replace_all(std::string_view text, std::string_view from, std::string_view to);

// Without the blanks at its ends, line ends among them.
std::string_view strip(std::string_view line);

}  // namespace chatspec
