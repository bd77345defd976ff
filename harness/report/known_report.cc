#include "harness/report/known_report.h"

#include <algorithm>

#include <fmt/format.h>

namespace chatspec {

bool fails_its_run(const CaseRecord& record) {
  return record.known ? !record.known->is_met : is_failure(record.verdict);
}

std::string explain_wrong_list(const CaseRecord& record) {
  if (!record.known || record.known->is_met) return {};
  const KnownRecord& known = *record.known;
  if (!record.failure) {
    return fmt::format("{}:{}: {} does not fail any more ({} was known): remove the line.",
                       known.file, known.line, record.id, known.code);
  }
  return fmt::format("{}:{}: {} fails with {}, and {} was known: change the line, or mend it.",
                     known.file, known.line, record.id, record.failure->code, known.code);
}

std::string render_known(std::span<const CaseRecord* const> cases, const Style& style) {
  std::string wrong;
  for (const CaseRecord* one : cases) {
    if (const std::string line = explain_wrong_list(*one); !line.empty())
      wrong += "  " + line + "\n";
  }
  std::string text;
  if (!wrong.empty()) {
    text = fmt::format("{}\n{}\n",
                       style.paint(Emphasis::kStrong, "known failures that are not as they were"),
                       wrong);
  }
  const auto met =
      std::ranges::count_if(cases, [](const CaseRecord* one) { return one->is_known(); });
  if (met > 0) {
    text += fmt::format("{} as known, which is no failure of the run.\n",
                        met == 1 ? "1 case failed" : fmt::format("{} cases failed", met));
  }
  return text;
}

}  // namespace chatspec
