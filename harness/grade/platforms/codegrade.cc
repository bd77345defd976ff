#include <algorithm>
#include <cstdint>

#include <fmt/format.h>

#include "harness/grade/platforms/platform_text.h"
#include "harness/grade/platforms/renderers.h"

namespace chatspec {

// The message of a custom test (AutoTest v2), which is written to descriptor 3: a fraction of whole
// numbers, here in hundredths of points. There are no words for having no mark.
RenderedResult render_codegrade(const MarkedSubmission& marked) {
  if (!marked.mark.total) return std::nullopt;
  const std::int64_t whole = std::max<std::int64_t>(marked.assignment.total().hundredths(), 1);
  const std::string points = fmt::format("{}/{}", marked.mark.total->hundredths(), whole);
  return dump({{"tag", "points"}, {"points", points}}, -1);
}

}  // namespace chatspec
