#include "harness/cli/options/profile_choice.h"

#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "harness/cli/console/whole_file.h"
#include "harness/cli/options/mistaken_file.h"
#include "reference/text/quote.h"
#include "reference/text/suggest.h"

namespace chatspec {

std::expected<chat::Profile, std::string> find_or_read_profile(const std::string& name) {
  if (const chat::Profile* builtin = chat::find_profile(name)) return *builtin;
  const auto text = read_whole_file(name, kMaxProfileBytes);
  if (!text) {
    std::vector<std::string_view> names;
    for (const chat::Profile& one : chat::builtin_profiles()) names.push_back(one.name);
    return std::unexpected(fmt::format("--profile: {} is neither line, crlf, bare nor a file: {}{}",
                                       chat::quote(name), text.error(),
                                       chat::did_you_mean(name, names)));
  }
  if (const auto fits = refuse_other_kinds(*text, name, "a profile"); !fits)
    return std::unexpected(fmt::format("--profile: {}", fits.error()));
  auto profile = chat::parse_profile(*text, name);
  if (!profile)
    return std::unexpected(fmt::format("--profile: {}", chat::to_string(profile.error())));
  return *std::move(profile);
}

}  // namespace chatspec
