#include "harness/cli/console/console.h"

#include <fmt/format.h>

#include "harness/report/text/clean_text.h"

namespace chatspec {

void Console::complain(std::string_view message) {
  warn(fmt::format("chatspec: {}\n", without_controls(message)));
}

}  // namespace chatspec
