// A case as packets, for Wireshark and its like: records -> the bytes of a file in pcap's classic
// format (draft-ietf-opsawg-pcap).

#pragma once

#include <string>

#include "harness/report/log/record.h"

namespace chatspec {

// Of the log are what was said, how it was cut, when, and how connections ended; addresses, ports
// and sequence numbers are made up. Time is counted since the case began. Bytes that the log has
// left out are missing in the stream, too, as if they had not been captured.
std::string make_pcap(const RunRecord& run, const CaseRecord& record);

}  // namespace chatspec
