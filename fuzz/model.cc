// The reference server is the machine that PROTOCOL.md describes (support/model_server.h): the same
// replies, the same units seen, the same state, and a violation exactly where the table has one.

#include "fuzz/support/exchange.h"
#include "fuzz/support/model_server.h"
#include "fuzz/support/require.h"
#include "fuzz/support/target.h"

namespace chatspec::fuzz {
namespace {

using State = chat::ServerSession::State;

ModelState model_state(State state) {
  switch (state) {
    case State::kGreeting:
      return ModelState::kGreeting;
    case State::kCommand:
      return ModelState::kCommand;
    case State::kText:
      return ModelState::kText;
    case State::kVerdict:
      return ModelState::kVerdict;
    case State::kFinished:
      return ModelState::kClosed;
  }
  return ModelState::kClosed;
}

}  // namespace

void test_one(std::string_view input) {
  const Exchange exchange = serve(line_profile(), server_keys(), input, Cuts::Way::kHashed);
  const ModelRun model = run_model(input, server_keys());
  require_same(exchange.sent, model.sent, "the server sends what the model sends");
  require(model_state(exchange.state) == model.state, "the server is where the model is", input);
  require(!exchange.violation.empty() == model.violated, "a violation is one in both", input);
  const std::size_t complete = exchange.seen.rfind('\n') + 1;
  require_same(std::string_view(exchange.seen).substr(0, complete), model.lines,
               "the server has seen the lines that the model has seen");
}

}  // namespace chatspec::fuzz
