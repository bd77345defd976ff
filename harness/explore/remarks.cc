#include "harness/explore/remarks.h"

#include <fmt/format.h>

#include "harness/report/text/paragraph.h"
#include "reference/text/counted_things.h"

namespace chatspec {
namespace {

// Below that, it does not take long.
constexpr std::uint64_t kManyPrograms = 100;

}  // namespace

void remark_on_evidence(const AskingCounts& counts, std::vector<std::string>& remarks) {
  const ConversationRemarks& seen = counts.remarks;
  if (seen.unproven_silences > 0)
    remarks.push_back(fmt::format("{} of {} rest on a deadline, and are not proven",
                                  seen.unproven_silences,
                                  chat::count_things(seen.silences, "silence")));
  if (counts.carried_over > 0)
    remarks.emplace_back(
        "it carries something over from one connection to the next (SIG-4): what is told here was "
        "seen in servers that nobody had spoken to before");
  if (counts.could_fork && counts.programs >= kManyPrograms &&
      counts.programs > counts.conversations / 2)
    remarks.emplace_back(
        "most conversations had a server that was started for them; with --fork-at-accept all "
        "of it may take a fraction of the time");
}

std::string render_remarks(std::span<const std::string> remarks, std::size_t columns) {
  std::string text;
  for (const std::string& remark : remarks) text += hang("note: ", remark, columns);
  return text;
}

}  // namespace chatspec
