#include "harness/judge/findings/cause.h"

#include <cassert>

namespace chatspec {

Cause make_cause(CauseId id, CauseParameters parameters) {
  Cause cause{.id = std::string(id.word().id), .parameters = std::move(parameters)};
  // Only the list's own braces are looked at: a parameter may hold bytes of the program.
  for (std::string_view rest = id.word().sentence; !rest.empty();) {
    const std::size_t open = rest.find('{');
    cause.sentence += rest.substr(0, open);
    if (open == std::string_view::npos) break;
    const std::size_t close = rest.find('}', open);
    const std::string_view name = rest.substr(open + 1, close - open - 1);
    const auto parameter =
        std::ranges::find(cause.parameters, name, &CauseParameters::value_type::first);
    assert(parameter != cause.parameters.end());
    cause.sentence += parameter->second;
    rest.remove_prefix(close + 1);
  }
  return cause;
}

}  // namespace chatspec
