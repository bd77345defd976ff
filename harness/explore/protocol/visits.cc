#include "harness/explore/protocol/visits.h"

#include <array>
#include <string>
#include <utility>

#include "harness/explore/fuzz/interesting.h"
#include "harness/explore/fuzz/said_lines.h"
#include "reference/framing.h"

namespace chatspec {
namespace {

struct VisitKind {
  std::string_view name;
  std::string_view does;
  Visit (*make)(const chat::Profile& profile);
};

constexpr std::string_view kFewWords = "some words";

std::string hello(const chat::Profile& profile) {
  return chat::encode_unit(profile, profile.hello);
}

// HELLO, DATA and the first line of a text, to which more belongs.
std::string begin_of_text(const chat::Profile& profile) {
  return hello(profile) + chat::encode_unit(profile, profile.data) +
         chat::encode_text(profile, kFewWords);
}

SaidConversation say(const chat::Profile& profile, const std::string& bytes) {
  return {.steps = in_lock_step(profile, bytes), .keys = 1};
}

SaidConversation send_message(const chat::Profile& profile, std::string_view text) {
  return say(profile, hello(profile) + chat::encode_unit(profile, profile.data) +
                          chat::encode_text(profile, text) + chat::encode_terminator(profile) +
                          chat::encode_unit(profile, profile.pass) +
                          chat::encode_unit(profile, profile.quit));
}

SaidConversation end_by(SaidConversation said, SaidEnd end) {
  said.steps.back().end = end;
  return said;
}

constexpr std::array kKinds{
    VisitKind{"whole", "a whole conversation",
              [](const chat::Profile& profile) {
                return Visit{.said = send_message(profile, kFewWords)};
              }},
    VisitKind{"silent", "a connection without a word",
              [](const chat::Profile&) {
                return Visit{.said = {.steps = {{.end = SaidEnd::kClose}}, .keys = 1}};
              }},
    VisitKind{"leaves", "a close after HELLO",
              [](const chat::Profile& profile) {
                return Visit{.said = end_by(say(profile, hello(profile)), SaidEnd::kClose)};
              }},
    VisitKind{"breaks-off", "a close within a text",
              [](const chat::Profile& profile) {
                return Visit{.said = end_by(say(profile, begin_of_text(profile)), SaidEnd::kClose)};
              }},
    VisitKind{"resets", "a reset within a text",
              [](const chat::Profile& profile) {
                return Visit{.said = end_by(say(profile, begin_of_text(profile)), SaidEnd::kReset)};
              }},
    VisitKind{"refused", "a line that is no command",
              [](const chat::Profile& profile) {
                return Visit{.said = say(profile, chat::encode_unit(profile, "NONSENSE"))};
              }},
    VisitKind{"large", "a text of a megabyte",
              [](const chat::Profile& profile) {
                const std::string text = make_large_text();
                return Visit{.said = send_message(profile, text), .text_bytes = text.size()};
              }},
};

}  // namespace

std::vector<Visit> make_visits(const chat::Profile& profile) {
  std::vector<Visit> visits;
  for (const VisitKind& kind : kKinds) {
    Visit visit = kind.make(profile);
    visit.name = kind.name;
    visit.does = kind.does;
    visits.push_back(std::move(visit));
  }
  return visits;
}

std::vector<std::string> list_visits() {
  std::vector<std::string> names;
  for (const VisitKind& kind : kKinds) names.emplace_back(kind.name);
  return names;
}

}  // namespace chatspec
