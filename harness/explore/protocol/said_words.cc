#include "harness/explore/protocol/said_words.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/scenario/printer.h"
#include "harness/scenario/source.h"
#include "reference/requirements.h"
#include "reference/text/quote.h"

namespace chatspec {
namespace {

// Of which one byte again and again is written as a product.
constexpr std::size_t kLongBytes = 256;

}  // namespace

const chat::Profile& line_profile() {
  return *chat::find_profile("line");
}

std::string quote_briefly(std::string_view bytes) {
  const bool is_same = !bytes.empty() && bytes.find_first_not_of(bytes.front()) == bytes.npos;
  return is_same && bytes.size() > kLongBytes
             ? fmt::format("{} * {}", chat::quote(bytes.substr(0, 1)), bytes.size())
             : chat::quote(bytes);
}

std::optional<std::string_view> find_line_word(const chat::Profile& profile,
                                               std::string_view unit) {
  const chat::Profile& line = line_profile();
  const std::array<std::pair<std::string_view, std::string_view>, 8> words{{
      {profile.hello, line.hello},
      {profile.data, line.data},
      {profile.pass, line.pass},
      {profile.fail, line.fail},
      {profile.quit, line.quit},
      {profile.ok, line.ok},
      {profile.reply_to_pass(), line.ok},
      {profile.reply_to_fail(), line.ok},
  }};
  const auto* found =
      std::ranges::find(words, unit, &std::pair<std::string_view, std::string_view>::first);
  return found == words.end() ? std::nullopt : std::optional(found->second);
}

std::vector<std::size_t> find_splits(const Said& said) {
  std::vector<std::size_t> splits;
  std::size_t end = 0;
  for (std::size_t i = 0; i + 1 < said.segments.size(); ++i)
    splits.push_back(end += said.segments[i].size());
  return splits;
}

std::string write_message(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines)
    text += fmt::format("{:<9} {}\n", text.empty() ? "message" : "", quote_briefly(line));
  return text.empty() ? "message   \"\"\n" : text;
}

std::string write_scenario_head(const SaidScenario& around, std::string_view role) {
  const chat::Requirement* first = chat::find_requirement(around.requirements.front());
  assert(first && "what is covered is a requirement");
  std::string text;
  for (const std::string& line : around.comment) text += fmt::format("# {}\n", line);
  return text + fmt::format("scenario  {}\ncovers    {}\nlevel     {}\nrole      {}\n\n",
                            around.title, fmt::join(around.requirements, " "),
                            chat::to_string(first->level), role);
}

std::string tidy_scenario(const std::string& text) {
  Scenario scenario;
  const std::string problems = check_source(text, "witness", scenario);
  assert(problems.empty() && "what is written here has no mistakes");
  return print(scenario);
}

}  // namespace chatspec
