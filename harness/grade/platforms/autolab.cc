#include "harness/grade/platforms/platform_text.h"
#include "harness/grade/platforms/renderers.h"

namespace chatspec {

// The last line of the output: the score of each part, as the problems of the assessment are to be
// called. There are no words for having no mark.
RenderedResult render_autolab(const MarkedSubmission& marked) {
  if (!marked.mark.total) return std::nullopt;
  PlatformJson scores = PlatformJson::object();
  for (const PartMark& part : marked.mark.parts) scores[name_of(part)] = as_number(part.earned);
  return dump({{"scores", scores}}, -1);
}

}  // namespace chatspec
