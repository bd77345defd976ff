// The likely cause of a difference, for whoever has to mend it: "this is the hash of the text with
// its line ends". cause.h lists them all.
//
// It works by trying mistakes: for each that implementations are known to make, compute what an
// implementation with it would have sent, and see whether that is what came. So a cause is named
// only where it explains every byte.

#pragma once

#include <string_view>

#include "harness/judge/findings/cause.h"
#include "harness/script/script.h"

namespace chatspec {

// Each gives a cause that is not known where no mistake explains what came.

// Why a wrong signature may have come out as it did. `message` and `key` count from 1; `received`
// is what came in its place, and may have more after its line end.
Cause diagnose_signature(const Script& script, std::size_t message, std::size_t key,
                         std::string_view received);

// Why a client's text may differ. `received` is all that came from the text's begin on.
Cause diagnose_text(const Script& script, std::size_t message, std::string_view received);

// All that came on a connection from some unit's begin on.
struct ReceivedBytes {
  std::string_view bytes;
  // How many bytes we had sent when the first of them came; whatever we sent later they do not
  // answer.
  std::size_t sent_before = std::string_view::npos;
};

// Why a reply, command or verdict may differ, or come where nothing was due, at this step of the
// script, which is about a connection.
Cause diagnose_unit(const Script& script, std::size_t step, const Expectation& expectation,
                    const ReceivedBytes& received);

// Why a server may answer a text before its end, or before any of it; `received` is what it sent.
Cause diagnose_early_answer(const Script& script, std::string_view received, bool before_text);

}  // namespace chatspec
