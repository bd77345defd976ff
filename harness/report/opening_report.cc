#include "harness/report/opening_report.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "harness/report/text/paragraph.h"
#include "reference/text/quote.h"

namespace chatspec {
namespace {

constexpr std::size_t kShownOfOpening = 30;

std::string show_bytes(const LoggedBytes& bytes) {
  return chat::quote_start(bytes.begin, kShownOfOpening);
}

// What we did in it: `to "HELLO\n"`, or "by itself" where nothing could be sent.
std::string name_try(const OpeningTryRecord& one) {
  if (one.sent.empty()) return "by itself";
  const bool is_cut = one.opening == Opening::kCut;
  return fmt::format("to {}{}", show_bytes(one.sent), is_cut ? " in two segments" : "");
}

std::string show_reaction(const OpeningTryRecord& one, const Style& style) {
  const LoggedBytes& said = one.sent.empty() ? one.before : one.received;
  if (!said.empty()) return show_bytes(said);
  const std::string_view note = one.ending == EventKind::kEndOfStream ? "(closes the connection)"
                                : one.ending == EventKind::kReset     ? "(resets the connection)"
                                                                      : "(sends nothing)";
  return style.paint(Emphasis::kFaint, std::string(note));
}

std::string describe_default(const RunRecord& run) {
  const auto& tries = run.profile_choice->tries;
  if (tries.empty()) return "the default, since it could not be asked";
  const LoggedBytes& begin = tries.back().before;
  if (run.role == Role::kClient && begin.empty())
    return "the default, since it sends nothing by itself";
  if (run.role == Role::kClient) {
    return fmt::format("the default, since it begins with {}, as in no profile", show_bytes(begin));
  }
  return "the default, since it speaks none of line, crlf, bare";
}

}  // namespace

std::string describe_choice(const RunRecord& run) {
  if (!run.profile_choice) return {};
  const auto& tries = run.profile_choice->tries;
  std::string why;
  if (!run.profile_choice->is_spoken || tries.empty()) {
    why = describe_default(run);
  } else if (run.role == Role::kClient) {
    why = fmt::format("since it begins with {}", show_bytes(tries.back().before));
  } else {
    why = fmt::format("since it answers {} with {}", show_bytes(tries.back().sent),
                      show_bytes(tries.back().received));
  }
  return fmt::format("--profile auto: {}, {}", run.profile.name, why);
}

std::string render_opening(const OpeningRecord& opening, const Style& style) {
  if (!opening.cause) return {};
  constexpr std::string_view kLabel = "opening  ";
  std::string text;
  for (const std::string& line : wrap(opening.cause->sentence, style.columns() - kLabel.size())) {
    text += text.empty() ? style.paint(Emphasis::kStrong, std::string(kLabel))
                         : std::string(kLabel.size(), ' ');
    text += line + "\n";
  }
  const auto differs = [&](const OpeningTryRecord& one) {
    return show_reaction(one, style) != show_reaction(opening.tries.front(), style);
  };
  if (std::ranges::none_of(opening.tries, differs)) return text + "\n";
  std::size_t width = 0;
  for (const OpeningTryRecord& one : opening.tries) width = std::max(width, name_try(one).size());
  for (const OpeningTryRecord& one : opening.tries) {
    fmt::format_to(std::back_inserter(text), "    {:<{}}  {}\n", name_try(one), width,
                   show_reaction(one, style));
  }
  return text + "\n";
}

}  // namespace chatspec
