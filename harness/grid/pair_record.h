// A play of a pair as the records of a log have it, so that what shows a case shows a pair, too: as
// a packet capture, and for people to read.

#pragma once

#include <string>

#include "harness/grid/pair_transcript.h"
#include "harness/report/log/record.h"
#include "reference/profile.h"

namespace chatspec {

struct PairRecord {
  RunRecord run{};
  CaseRecord played{};  // seen from the server: what the client said is what it was sent
  OutputRecord client_errors{};
  std::string client_end{};  // "exit status 0"; empty where it did not end by itself
  std::string server_end{};
};

PairRecord make_pair_record(const chat::Profile& profile, const PairTranscript& transcript);

}  // namespace chatspec
