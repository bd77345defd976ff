#include <algorithm>

#include "harness/grade/platforms/platform_text.h"
#include "harness/grade/platforms/renderers.h"

namespace chatspec {

// results.json: a score from 0 to 1; without a mark it is not gradable. It is far below the
// megabyte that may be read.
RenderedResult render_prairielearn(const MarkedSubmission& marked) {
  const Mark& mark = marked.mark;
  if (!mark.total) return dump({{"gradable", false}, {"message", explain_no_mark(mark)}}, 2);
  PlatformJson tests = PlatformJson::array();
  for (const PartMark& part : mark.parts) {
    tests.push_back({{"name", name_of(part)},
                     {"points", as_number(part.earned)},
                     {"max_points", as_number(part.points)},
                     {"output", describe_part(part, marked)}});
  }
  const double whole = std::max(as_number(marked.assignment.total()), 0.01);
  return dump({{"gradable", true}, {"score", as_number(*mark.total) / whole}, {"tests", tests}}, 2);
}

}  // namespace chatspec
