// A parser that is linked by way of parser/chat_parser.h, whoever wrote it, does what PROTOCOL.md
// says, however the stream is cut, and leaks nothing. In the tests it is the reference's.
//
// What PROTOCOL.md says is what its model does. CHATSPEC_FUZZ_PROFILE in the environment names
// another profile than `line`; then it is what the reference does.

#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <vector>

#include "fuzz/parser/chat_parser.h"
#include "fuzz/support/exchange.h"
#include "fuzz/support/model_server.h"
#include "fuzz/support/require.h"
#include "fuzz/support/target.h"
#include "reference/profile.h"
#include "reference/program/whole_file.h"
#include "reference/signature.h"

extern "C" void chat_sha256_hex(const char* bytes, std::size_t size, char digits[65]) {
  const std::string hash = chat::sha256_hex({bytes, size});
  std::memcpy(digits, hash.c_str(), hash.size() + 1);
}

namespace chatspec::fuzz {
namespace {

constexpr BothSides kSides{.one = "your parser", .other = "PROTOCOL.md"};

[[noreturn]] void refuse_profile(const std::string& why) {
  std::fprintf(stderr, "CHATSPEC_FUZZ_PROFILE: %s\n", why.c_str());
  std::_Exit(2);  // which no fuzzing engine takes for a finding
}

chat::Profile read_profile(const std::string& name) {
  if (const chat::Profile* builtin = chat::find_profile(name)) return *builtin;
  constexpr std::size_t kMostBytes = std::size_t{1} << 20;
  const auto text = chat::read_whole(name, kMostBytes);
  if (!text) refuse_profile(name + ": " + text.error());
  auto profile = chat::parse_profile(*text, name);
  if (!profile) refuse_profile(chat::to_string(profile.error()));
  return *std::move(profile);
}

const chat::Profile& spoken_profile() {
  static const chat::Profile profile = [] {
    const char* name = std::getenv("CHATSPEC_FUZZ_PROFILE");
    chat::Profile read = name ? read_profile(name) : line_profile();
    // A stream of bytes does not say where its units end there.
    if (!read.has_line_ends())
      refuse_profile(read.name +
                     " has no line ends, and a stream of bytes does not tell its units");
    return read;
  }();
  return profile;
}

struct Outcome {
  std::string sent;
  bool closed = false;
};

Outcome expect(std::string_view stream, Cuts::Way way) {
  const chat::Profile& profile = spoken_profile();
  if (profile == line_profile()) {
    ModelRun run = run_model(stream, server_keys());
    return {.sent = std::move(run.sent), .closed = run.state == ModelState::kClosed};
  }
  Exchange exchange = serve(profile, server_keys(), stream, way);
  return {.sent = std::move(exchange.sent),
          .closed = exchange.state == chat::ServerSession::State::kFinished};
}

// The pieces lie in memory of just their size, so that a sanitizer sees a read after their end.
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
  struct Named {
    Cuts::Way way;
    std::string_view replies;
    std::string_view closes;
    std::string_view stays;
  };
  constexpr std::array<Named, 3> kWays{
      {{Cuts::Way::kWhole, "it does not answer as PROTOCOL.md says, all in one receive",
        "it does not close where PROTOCOL.md says so, all in one receive",
        "it closes where PROTOCOL.md goes on, all in one receive"},
       {Cuts::Way::kLines, "it does not answer as PROTOCOL.md says, a receive for each line",
        "it does not close where PROTOCOL.md says so, a receive for each line",
        "it closes where PROTOCOL.md goes on, a receive for each line"},
       {Cuts::Way::kHashed, "it does not answer as PROTOCOL.md says, cut in other places",
        "it does not close where PROTOCOL.md says so, cut in other places",
        "it closes where PROTOCOL.md goes on, cut in other places"}}};
  for (const Named& named : kWays) {
    const Outcome expected = expect(input, named.way);
    const Outcome outcome = serve_with_parser(input, named.way);
    require_same(outcome.sent, expected.sent, named.replies, kSides);
    require(outcome.closed || !expected.closed, named.closes);
    require(!outcome.closed || expected.closed, named.stays);
  }
}

}  // namespace chatspec::fuzz
