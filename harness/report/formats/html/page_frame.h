// What every page of ours is in: a file that needs no network. Everything that a log says passes
// HtmlWriter, which escapes it; style and script are our own, and a policy in the page lets nothing
// else be applied or run.

#pragma once

#include <functional>
#include <string_view>

#include "harness/report/formats/html/html_writer.h"
#include "harness/report/formats/report_text.h"

namespace chatspec {

enum class PageScript {
  kNone,
  kOfReport,  // it filters the table of cases, and copies
};

// `write_body` leaves nothing open that it opened.
void write_page(ReportText& out, std::string_view title, PageScript script,
                const std::function<void(HtmlWriter&)>& write_body);

}  // namespace chatspec
