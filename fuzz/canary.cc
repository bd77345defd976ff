// Must fail: says that no server ever signs a second message. Where this target finds nothing, the
// set-up is broken, and nothing that the others do not find means anything.

#include "fuzz/support/exchange.h"
#include "fuzz/support/require.h"
#include "fuzz/support/target.h"

namespace chatspec::fuzz {

void test_one(std::string_view input) {
  const Exchange exchange = serve(line_profile(), server_keys(), input, Cuts::Way::kWhole);
  require(exchange.sent.find("270 SIG") == exchange.sent.rfind("270 SIG"),
          "no second message is signed (the canary: this must fail)", input);
}

}  // namespace chatspec::fuzz
