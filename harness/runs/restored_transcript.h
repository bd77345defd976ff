// What a log recorded of a case, as the transcript that it was: record x script -> transcript.
//
// Bytes that the log has left out are taken from the script, where they are known by their hash.

#pragma once

#include <optional>

#include "harness/report/log/record.h"
#include "harness/script/script.h"
#include "harness/transcript/transcript.h"

namespace chatspec {

// `script` as it was played. Nothing where the log lacks bytes that nobody knows. A log may come
// from anywhere, and so may what is in the transcript.
std::optional<Transcript> restore_transcript(const CaseRecord& record, const Script& script);

}  // namespace chatspec
