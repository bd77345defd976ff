#include "harness/grade/platform_results.h"

#include <array>

#include "harness/grade/platforms/renderers.h"

namespace chatspec {
namespace {

constexpr std::array kPlatformResults{
    PlatformResult{"--gradescope", "Write Gradescope's results.json", render_gradescope},
    PlatformResult{"--prairielearn", "Write PrairieLearn's results.json", render_prairielearn},
    PlatformResult{"--autolab", "Write the line that Autolab reads last", render_autolab},
    PlatformResult{"--classroom50",
                   "Write Classroom 50's result.json, in hundredths of points, with what its "
                   "runner's variables say of the submission",
                   render_classroom50},
    PlatformResult{
        "--autograding",
        "Write what GitHub Classroom's autograding reporter reads, as JSON that is still "
        "to be put into base64",
        render_autograding},
    PlatformResult{"--codegrade", "Write the points that a custom test of CodeGrade's says",
                   render_codegrade},
    PlatformResult{"--check50", "Write JSON as check50 does", render_check50},
};

}  // namespace

std::span<const PlatformResult> list_platform_results() {
  return kPlatformResults;
}

}  // namespace chatspec
