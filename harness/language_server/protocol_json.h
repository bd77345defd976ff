// How the parts of the Language Server Protocol's messages are written and read (LSP 3.17).

#pragma once

#include <string>
#include <vector>

#include "harness/language_server/completion.h"
#include "harness/language_server/definition.h"
#include "harness/language_server/edits.h"
#include "harness/language_server/hover.h"
#include "harness/language_server/json_rpc.h"
#include "harness/language_server/outline.h"
#include "harness/language_server/text.h"

namespace chatspec::language_server {

// What the client can take.
struct ClientAbilities {
  Encoding encoding = Encoding::kUtf16;
  bool takes_nested_symbols = false;
  bool reads_versions = false;  // of the documents of which diagnostics are
};

// What a document is written for: its places as this client counts them.
struct Places {
  const Document& document;
  Encoding encoding = Encoding::kUtf16;
};

// Of the parameters of `initialize`. What is missing there is what every client can do.
ClientAbilities read_abilities(const Received& params);
// What the server can do, as the result of `initialize`.
Sent initialize_result(const ClientAbilities& abilities);

// These throw what nlohmann's library throws where what they read has another form.
Position read_position(const Received& position);
Stretch read_range(const Received& range, const Text& text, Encoding encoding);
// The text after one of the changes of `textDocument/didChange`.
void apply_change(const Received& change, Encoding encoding, Text& text);

Sent write_diagnostics(const Places& places, const std::vector<Diagnostic>& findings);
Sent write_hover(const Places& places, const Hover& hover);
Sent write_completion(const Places& places, const Completion& completion);
Sent write_location(const Target& target, Encoding encoding);
Sent write_outline(const Places& places, const std::vector<OutlineEntry>& entries, bool nested);
Sent write_lenses(const Places& places, const std::vector<RunLens>& lenses);
Sent write_edit(const Places& places, const Edit& edit);
Sent write_fix(const Places& places, const QuickFix& fix);

// The command of a lens, which the client's editor is to run.
inline constexpr const char* kRunCommand = "chatspec.runScenario";

}  // namespace chatspec::language_server
