// Which cases of logs there are packets of (pcap.h), and the names of their files.

#pragma once

#include <span>
#include <string>
#include <vector>

#include "harness/report/formats/results.h"

namespace chatspec {

struct PcapFile {
  std::string name{};  // nothing in it leads out of a folder; no two are the same
  const RunRecord* run = nullptr;
  const CaseRecord* played = nullptr;
};

// Of each case of which the log has a conversation: "signature_second-key.pcap", with several runs
// "server.py_signature_second-key.pcap". Borrows the suites and their records.
std::vector<PcapFile> list_pcap_files(std::span<const ResultSuite> suites);

}  // namespace chatspec
