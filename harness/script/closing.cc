#include "harness/script/closing.h"

#include <algorithm>
#include <cassert>
#include <span>
#include <utility>

#include "harness/scenario/item_kind.h"

namespace chatspec {
namespace {

// Who closes a connection can no longer see what its peer does. Where something is still expected
// there, only our sending direction is shut; the end of the scenario closes the rest.
void keep_reading_after_closing(Script& script) {
  for (std::size_t i = 0; i < script.steps.size(); ++i) {
    Step& step = script.steps[i];
    if (step.action != Action::kClose) continue;
    const bool expects_more = std::any_of(
        script.steps.begin() + static_cast<std::ptrdiff_t>(i), script.steps.end(),
        [&](const Step& later) {
          return later.action == Action::kExpect && later.connection == step.connection &&
                 !is_about_program(later.alternatives.front().kind) &&
                 later.alternatives.front().kind != ItemKind::kRestart;
        });
    if (expects_more) step.action = Action::kHalfClose;
  }
}

bool is_of_program(const Step& step) {
  return step.action == Action::kExpect && is_about_program(step.alternatives.front().kind);
}

bool expects_close(const Step& step) {
  if (step.action != Action::kExpect) return false;
  assert(!step.alternatives.empty());
  const Expectation& first = step.alternatives.front();
  return (first.then.empty() ? first : first.then.back()).kind == ItemKind::kClose;
}

// Whether nothing more is written of the step's connection, and another one comes about later.
bool is_last_before_new_connection(std::span<const Step> steps, std::size_t at) {
  const auto before = steps.first(at + 1);
  const auto after = steps.subspan(at + 1);
  const auto names = [](std::span<const Step> some, int connection) {
    return std::ranges::find(some, connection, &Step::connection) != some.end();
  };
  const auto is_new = [&](const Step& step) { return !names(before, step.connection); };
  // What is asked of the program comes last, and names a connection without meaning one.
  const bool ends_here = std::ranges::none_of(after, [&](const Step& step) {
    return step.connection == before.back().connection && !is_of_program(step);
  });
  return ends_here && std::ranges::any_of(after, is_new);
}

// A client closes, too (QUIT-1), and many a server waits for that before it takes the next one.
void close_before_next_client(Script& script) {
  if (script.role != Role::kServer) return;
  for (std::size_t i = 0; i < script.steps.size(); ++i) {
    const Step& step = script.steps[i];
    if (!expects_close(step) || !is_last_before_new_connection(script.steps, i)) continue;
    Step close{.action = Action::kClose,
               .connection = step.connection,
               .speaker = Role::kClient,
               .shown = step.shown,
               .line = step.line,
               .bytes = {},
               .cuts = {},
               .alternatives = {}};
    script.steps.insert(script.steps.begin() + static_cast<std::ptrdiff_t>(++i), std::move(close));
  }
}

}  // namespace

void arrange_closing(Script& script) {
  keep_reading_after_closing(script);
  close_before_next_client(script);
}

}  // namespace chatspec
