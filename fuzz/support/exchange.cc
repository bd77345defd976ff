#include "fuzz/support/exchange.h"

#include <utility>

#include "harness/script/byte_stream.h"
#include "reference/recording_sink.h"

namespace chatspec::fuzz {
namespace {

constexpr chat::ServerLimits kUnlimited{.unit_bytes = std::size_t{1} << 30};

}  // namespace

std::span<const std::string> server_keys() {
  static const std::vector<std::string> keys(kImportKeys.begin(), kImportKeys.end());
  return keys;
}

const chat::Profile& line_profile() {
  return *chat::find_profile("line");
}

Exchange serve(const chat::Profile& profile, std::span<const std::string> keys,
               std::string_view stream, Cuts::Way way) {
  chat::RecordingSink sink;
  chat::ServerSession session(profile, keys, sink, kUnlimited);
  Exchange exchange;
  Cuts cuts(way, stream);
  while (!stream.empty()) {
    session.receive(cuts.take(stream));
    for (std::string out = session.take_output(); !out.empty(); out = session.take_output()) {
      exchange.sent += out;
      if (!profile.has_line_ends()) exchange.sent += '|';
    }
  }
  exchange.seen = std::move(sink.seen);
  exchange.state = session.state();
  if (session.violation()) exchange.violation = session.violation()->message;
  return exchange;
}

}  // namespace chatspec::fuzz
