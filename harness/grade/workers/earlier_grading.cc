#include "harness/grade/workers/earlier_grading.h"

#include <system_error>

#include <fmt/format.h>

namespace chatspec {

namespace fs = std::filesystem;

std::expected<EarlierGrading, std::string> EarlierGrading::read(const fs::path& path) {
  GradingFolder folder = GradingFolder::look_at(path);
  auto journal = read_journal(folder.journal().string());
  if (!journal) return std::unexpected(journal.error());
  return EarlierGrading(std::move(folder), *std::move(journal));
}

std::expected<bool, std::string> EarlierGrading::hand_over(const std::string& log,
                                                           const std::string& key,
                                                           const GradingFolder& folder,
                                                           Journal& journal) const {
  const JournalEntry* entry = journal_.find(log);
  if (!entry || entry->key != key) return false;
  if (entry->trouble.empty()) {
    const fs::path from = folder_.log(log);
    const fs::path to = folder.log(log);
    std::error_code failure;
    if (!fs::is_regular_file(from, failure)) return false;
    fs::copy_file(from, to, fs::copy_options::overwrite_existing, failure);
    if (failure)
      return std::unexpected(fmt::format("{}: cannot copy it to {}: {}", from.string(), to.string(),
                                         failure.message()));
    // On the disk before the journal says so.
    if (auto synced = sync_file(to); !synced) return std::unexpected(synced.error());
  }
  if (auto added = journal.add(*entry); !added) return std::unexpected(added.error());
  return true;
}

}  // namespace chatspec
