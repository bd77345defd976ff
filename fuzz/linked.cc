// A parser that is linked by way of parser/chat_parser.h, whoever wrote it, does what the model of
// PROTOCOL.md does, however the stream is cut, and leaks nothing. In the tests it is the
// reference's.

#include <array>
#include <cstring>
#include <memory>
#include <vector>

#include "fuzz/parser/chat_parser.h"
#include "fuzz/support/exchange.h"
#include "fuzz/support/model_server.h"
#include "fuzz/support/require.h"
#include "fuzz/support/target.h"
#include "reference/signature.h"

extern "C" void chat_sha256_hex(const char* bytes, std::size_t size, char digits[65]) {
  const std::string hash = chat::sha256_hex({bytes, size});
  std::memcpy(digits, hash.c_str(), hash.size() + 1);
}

namespace chatspec::fuzz {
namespace {

struct Outcome {
  std::string sent;
  bool closed = false;
};

// The pieces lie in memory of just their size, so that a sanitizer sees a read behind their end.
Outcome serve_with_parser(std::string_view stream, Cuts::Way way) {
  std::vector<const char*> keys;
  for (const std::string& key : server_keys()) keys.push_back(key.c_str());
  Outcome outcome;
  const chat_send send = [](void* context, const char* bytes, std::size_t size) {
    static_cast<std::string*>(context)->append(bytes, size);
  };
  const std::unique_ptr<chat_parser, void (*)(chat_parser*)> parser(
      chat_parser_open(keys.data(), keys.size(), send, &outcome.sent), chat_parser_close);
  Cuts cuts(way, stream);
  while (!stream.empty() && !outcome.closed) {
    const std::string_view piece = cuts.take(stream);
    const auto exact = std::make_unique_for_overwrite<char[]>(piece.size());
    std::ranges::copy(piece, exact.get());
    outcome.closed = chat_parser_receive(parser.get(), exact.get(), piece.size()) != 0;
  }
  return outcome;
}

}  // namespace

void test_one(std::string_view input) {
  const ModelRun model = run_model(input, server_keys());
  struct Named {
    Cuts::Way way;
    std::string_view replies;
    std::string_view end;
  };
  constexpr std::array<Named, 3> kWays{
      {{Cuts::Way::kWhole, "the replies of PROTOCOL.md (all in one receive)",
        "a close where PROTOCOL.md wants one (all in one receive)"},
       {Cuts::Way::kLines, "the replies of PROTOCOL.md (a receive per line)",
        "a close where PROTOCOL.md wants one (a receive per line)"},
       {Cuts::Way::kHashed, "the replies of PROTOCOL.md (cut in other places)",
        "a close where PROTOCOL.md wants one (cut in other places)"}}};
  for (const Named& named : kWays) {
    const Outcome outcome = serve_with_parser(input, named.way);
    require_same(outcome.sent, model.sent, named.replies);
    require(outcome.closed == (model.state == ModelState::kClosed), named.end, input);
  }
}

}  // namespace chatspec::fuzz
