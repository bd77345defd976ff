#include "harness/cli/earlier_log.h"

#include <fmt/format.h>

#include "harness/cli/log_files.h"

namespace chatspec {

std::expected<std::set<std::string>, std::string> read_failed_ids(const std::string& path,
                                                                  chat::Role role) {
  const auto log = read_log_file(path);
  if (!log) return std::unexpected(log.error());
  std::set<std::string> ids;
  for (const RunOfLog& run : log->runs) {
    if (run.run && run.run->role != role) {
      return std::unexpected(fmt::format("{} is the log of a {}, and what is to be tried is a {}",
                                         path, chat::to_string(run.run->role),
                                         chat::to_string(role)));
    }
    for (const CaseRecord* played : run.cases) {
      if (is_failure(played->verdict) || played->verdict == Verdict::kError) ids.insert(played->id);
    }
  }
  return ids;
}

}  // namespace chatspec
