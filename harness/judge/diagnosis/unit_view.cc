#include "harness/judge/diagnosis/unit_view.h"

#include "harness/judge/findings/line_end_text.h"
#include "reference/text/quote.h"

namespace chatspec {

std::string show_unit(std::string_view content) {
  constexpr std::size_t kShownOfUnit = 40;
  return chat::escape_bytes(content.substr(0, kShownOfUnit));
}

std::string_view last_sent(const UnitView& view) {
  const auto& steps = view.script.steps;
  for (std::size_t i = view.step; i > 0; --i) {
    const Step& before = steps[i - 1];
    if (before.action == Action::kSend && before.connection == steps[view.step].connection)
      return strip_line_end(before.bytes);
  }
  return {};
}

std::string_view next_sent(const UnitView& view) {
  const auto& steps = view.script.steps;
  for (std::size_t i = view.step + 1; i < steps.size(); ++i) {
    if (steps[i].action == Action::kSend && steps[i].connection == steps[view.step].connection)
      return strip_line_end(steps[i].bytes);
  }
  return {};
}

}  // namespace chatspec
