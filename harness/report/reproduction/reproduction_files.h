// All that is needed to see a failure without chatspec, as files.

#pragma once

#include <expected>
#include <string>
#include <vector>

#include "harness/report/log/record.h"

namespace chatspec {

struct ReproductionFile {
  std::string name{};  // one of a few that are fixed: nothing of a log names a file
  std::string content{};
};

// The files that the program was given, reproduce.py, conversation.pcap and README.txt, which says
// what to do with them and which of them the log is not enough for. The error is a sentence: why
// nothing can be made of this case. `build` is null where nothing was built.
std::expected<std::vector<ReproductionFile>, std::string> make_reproduction_files(
    const RunRecord& run, const CaseRecord& record, const BuildRecord* build);

}  // namespace chatspec
