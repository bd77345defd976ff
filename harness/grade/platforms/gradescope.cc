#include "harness/grade/platforms/platform_text.h"
#include "harness/grade/platforms/renderers.h"

namespace chatspec {

// results.json. An item that is not visible would hide the total, too, so all are. Without a mark
// there is no score, which Gradescope shows as a failed autograder, and not as 0.
RenderedResult render_gradescope(const MarkedSubmission& marked) {
  const Mark& mark = marked.mark;
  if (!mark.total)
    return dump({{"output", explain_no_mark(mark)}, {"tests", PlatformJson::array()}}, 2);
  PlatformJson tests = PlatformJson::array();
  for (const PartMark& part : mark.parts) {
    tests.push_back({{"name", name_of(part)},
                     {"score", as_number(part.earned)},
                     {"max_score", as_number(part.points)},
                     {"output", describe_part(part, marked)},
                     {"output_format", "text"},
                     {"visibility", "visible"}});
  }
  return dump({{"score", as_number(*mark.total)}, {"tests", tests}}, 2);
}

}  // namespace chatspec
