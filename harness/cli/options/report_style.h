// How reports look where a command writes them.

#pragma once

#include "harness/cli/console/console.h"
#include "harness/report/text/style.h"

namespace chatspec {

// As wide as the console, and where it shows links and wants colours, with links from cases to
// their scenarios: those in the repository of the working folder, and those of chatspec's own
// suite.
Style make_report_style(const Console& console);

}  // namespace chatspec
