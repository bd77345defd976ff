#include "harness/explore/protocol/client_answer.h"

#include <utility>

#include "harness/explore/fuzz/said_lines.h"
#include "reference/framing.h"
#include "reference/text/lines.h"
#include "reference/text/quote.h"

namespace chatspec {

ClientAnswerWatch::ClientAnswerWatch(const chat::Profile& profile,
                                     std::span<const std::string> messages)
    : profile_(profile) {
  for (const std::string& message : messages) {
    texts_.push_back(chat::encode_text(profile, message) + chat::encode_terminator(profile));
    most_bytes_ += texts_.back().size();
  }
}

std::string ClientAnswerWatch::name(std::string_view received, AnswerEnd end) {
  now_ = before_;
  std::vector<std::string> parts;
  while (!received.empty() && parts.size() < kMostAnswerParts)
    parts.push_back(now_.in_text ? take_text(received) : take_unit(received));
  if (!received.empty()) parts.emplace_back(kMoreParts);
  return join_answer(std::move(parts), end);
}

std::string ClientAnswerWatch::take_unit(std::string_view& rest) {
  for (const std::string* word :
       {&profile_.hello, &profile_.data, &profile_.pass, &profile_.fail, &profile_.quit}) {
    const std::string unit = chat::encode_unit(profile_, *word);
    if (!rest.starts_with(unit)) continue;
    rest.remove_prefix(unit.size());
    if (word == &profile_.data) {
      now_.in_text = true;
      now_.text.clear();
      ++now_.begun;
    }
    return chat::escape_bytes(*word);
  }
  return chat::quote_start(chat::take_whole_line(rest), kMostAnswerQuoteBytes);
}

// Up to its terminator, or all that is there.
std::string ClientAnswerWatch::take_text(std::string_view& rest) {
  while (!rest.empty()) {
    const bool begins_line = now_.text.empty() || now_.text.ends_with('\n');
    const std::string_view line = chat::take_whole_line(rest);
    now_.text += line;
    const bool is_whole = begins_line && line.ends_with('\n');
    if (!is_whole || without_line_end(line) != profile_.terminator) continue;
    now_.in_text = false;
    return std::string(name_text());
  }
  return "text without its end";
}

std::string_view ClientAnswerWatch::name_text() const {
  if (now_.begun > texts_.size()) return "text of no message";
  return now_.text == texts_[now_.begun - 1] ? "text right" : "text wrong";
}

}  // namespace chatspec
