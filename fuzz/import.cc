// Whatever a client sent becomes a scenario without a mistake, in canonical form, which sends the
// same bytes and expects what the reference server answers. The input's hash says whether it is
// imported unit by unit or as one stream.

#include "fuzz/support/exchange.h"
#include "fuzz/support/require.h"
#include "fuzz/support/target.h"
#include "harness/scenario/printer.h"
#include "harness/scenario/source.h"
#include "harness/script/byte_stream.h"

namespace chatspec::fuzz {
namespace {

void check(std::string_view input, const ImportOptions& options, const Exchange& exchange) {
  const std::string source = print(import_bytes(input, options));
  Scenario scenario;
  require_same(check_source(source, "f", scenario), "", "an import has no mistakes");
  require_same(print(scenario), source, "an import is in canonical form");
  const Script script =
      make_script(scenario, "a/b", {.role = Role::kServer, .profile = line_profile()});
  std::string expected;
  for (const Step& step : script.steps) {
    if (step.action == Action::kExpect) expected += step.alternatives.front().bytes;
  }
  require_same(expected, exchange.sent, "an import expects what the reference server answers");
  const auto streams = export_bytes(script);
  const std::string_view sent = streams.empty() ? "" : std::string_view(streams.front());
  require(input.starts_with(sent), "an import sends what the client sent", input);
  const bool closed = exchange.state == chat::ServerSession::State::kFinished;
  require(closed || sent == input, "nothing is left out before the close", input);
}

}  // namespace

void test_one(std::string_view input) {
  const Exchange exchange = serve(line_profile(), server_keys(), input, Cuts::Way::kWhole);
  const std::uint64_t hash = hash_of(input);
  if (hash % 2 == 0) {
    check(input, {.name = std::string(input.substr(0, 8))}, exchange);
  } else {
    check(input, {.name = "f", .whole = true, .split = 1 + hash % 7}, exchange);
  }
}

}  // namespace chatspec::fuzz
