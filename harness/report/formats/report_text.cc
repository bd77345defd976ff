#include "harness/report/formats/report_text.h"

#include <utility>

namespace chatspec {
namespace {

constexpr std::size_t kPieceBytes = std::size_t{64} << 10;  // what is small goes on together

}  // namespace

void ReportText::add(std::string_view text) {
  pending_ += text;
  size_ += text.size();
  if (pending_.size() < kPieceBytes) return;
  take_(pending_);
  pending_.clear();
}

void ReportText::finish() {
  if (!pending_.empty()) take_(std::exchange(pending_, {}));
}

std::string collect_text(const std::function<void(ReportText&)>& write) {
  std::string text;
  ReportText collected([&](std::string_view piece) { text += piece; });
  write(collected);
  collected.finish();
  return text;
}

}  // namespace chatspec
