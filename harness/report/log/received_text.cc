#include "harness/report/log/received_text.h"

#include <string_view>

#include <fmt/format.h>

#include "harness/judge/findings/finding.h"
#include "reference/text/quote.h"

namespace chatspec {

std::string show_received(const FindingRecord& finding, std::size_t max_bytes) {
  const std::string_view kept = finding.received.begin;
  if (kept.size() < kKeptBytes) return chat::quote_start(kept, max_bytes);
  return fmt::format("{}... ({} bytes or more)", chat::quote(kept.substr(0, max_bytes)),
                     kept.size());
}

}  // namespace chatspec
