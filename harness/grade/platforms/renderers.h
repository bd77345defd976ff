// The platforms that platform_results.h lists, a function each. Their rules stand above the
// functions.

#pragma once

#include "harness/grade/platforms/marked_submission.h"

namespace chatspec {

RenderedResult render_autograding(const MarkedSubmission& marked);
RenderedResult render_autolab(const MarkedSubmission& marked);
RenderedResult render_check50(const MarkedSubmission& marked);
RenderedResult render_classroom50(const MarkedSubmission& marked);
RenderedResult render_codegrade(const MarkedSubmission& marked);
RenderedResult render_gradescope(const MarkedSubmission& marked);
RenderedResult render_prairielearn(const MarkedSubmission& marked);

}  // namespace chatspec
