#include "harness/cli/grade/grading_progress.h"

#include <algorithm>
#include <chrono>
#include <set>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "harness/cli/options/log_files.h"
#include "harness/grade/workers/grading_folder.h"
#include "harness/report/text/clean_text.h"

namespace chatspec {
namespace {

constexpr std::size_t kMostCodes = 3;

std::set<std::string> codes_in(const std::filesystem::path& path) {
  std::set<std::string> codes;
  std::error_code failure;
  if (!std::filesystem::exists(path, failure)) return codes;
  const auto log = read_log_file(path.string());
  if (!log) return codes;
  for (const RunOfLog& run : log->runs) {
    for (const CaseRecord* played : run.cases) {
      if (played->failure && played->verdict != Verdict::kDeviates)
        codes.insert(played->failure->code);
    }
  }
  return codes;
}

}  // namespace

GradingProgress::GradingProgress(const Extent& extent, std::filesystem::path status,
                                 const Clock& clock, Console& console)
    : extent_(extent),
      status_(std::move(status)),
      clock_(clock),
      console_(console),
      begin_(clock.now()) {}

std::expected<void, std::string> GradingProgress::begin(std::size_t runs) {
  to_do_ += runs;
  return write_status(false);
}

std::expected<void, std::string> GradingProgress::note_end(const std::string& name,
                                                           const std::filesystem::path& log) {
  ++done_;
  for (const std::string& code : codes_in(log)) ++failures_[code];
  const std::string line = describe(name);
  console_.warn(console_.can_rewrite_line() ? "\r\x1b[K" + line.substr(0, console_.columns() - 1)
                                            : line + "\n");
  return write_status(false);
}

std::expected<void, std::string> GradingProgress::finish(bool all_played) {
  return write_status(all_played);
}

void GradingProgress::clear_line() {
  if (console_.can_rewrite_line() && done_ > 0) console_.warn("\r\x1b[K");
}

std::string GradingProgress::describe(const std::string& name) const {
  using Seconds = std::chrono::duration<double>;
  const double elapsed = std::max(Seconds(clock_.now() - begin_).count(), 1e-3);
  const double rate = static_cast<double>(done_) / elapsed;
  const double left = static_cast<double>(to_do_ - done_) / rate;
  std::string line = fmt::format("{}/{}  {:.0f} a minute, {:.0f} s left  {}", done_, to_do_,
                                 rate * 60, left, name);
  std::vector<std::pair<std::string, std::size_t>> commonest(failures_.begin(), failures_.end());
  std::ranges::stable_sort(commonest, std::greater(), &std::pair<std::string, std::size_t>::second);
  commonest.resize(std::min(commonest.size(), kMostCodes));
  const char* before = "  failing: ";
  for (const auto& [code, runs] : commonest) {
    line += fmt::format("{}{} {}", before, one_line(code), runs);
    before = ", ";
  }
  return line;
}

std::expected<void, std::string> GradingProgress::write_status(bool is_finished) const {
  const nlohmann::json status{{"submissions", extent_.submissions},
                              {"refused", extent_.refused},
                              {"runs", {{"done", done_}, {"of", to_do_}}},
                              {"failing", failures_},
                              {"finished", is_finished}};
  return replace_file(status_, status.dump() + "\n", Durability::kMadeAgain);
}

}  // namespace chatspec
