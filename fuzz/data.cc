// The streaming decoder of a message's text gives what a naive one gives, which holds the whole
// text and then unescapes it: the same text, the same signature, the same place where it ends, and
// nothing after that place is touched.
//
// The input is a client's stream. Where it begins with HELLO and DATA, what is behind them is the
// text; else all of it is, so that no mutation is lost on the two words.

#include "fuzz/support/cuts.h"
#include "fuzz/support/exchange.h"
#include "fuzz/support/model_server.h"
#include "fuzz/support/require.h"
#include "fuzz/support/target.h"
#include "reference/message_decoder.h"
#include "reference/signature.h"

namespace chatspec::fuzz {
namespace {

constexpr std::string_view kBegin = "HELLO\nDATA\n";

struct Decoded {
  std::string text;  // lines joined by nothing
  std::size_t lines = 0;
  std::size_t end = 0;  // after the terminator, 0 where there is none
};

Decoded decode_naively(std::string_view stream) {
  Decoded decoded;
  std::size_t at = 0;
  for (std::size_t end; (end = stream.find('\n', at)) != std::string_view::npos; at = end + 1) {
    std::string_view line = stream.substr(at, end - at);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line == ".") {
      decoded.end = end + 1;
      break;
    }
    decoded.text += model_unescape(line);
    ++decoded.lines;
  }
  return decoded;
}

// Signs what the decoder gives, piece by piece, and keeps it.
class SigningSink : public chat::TextSink {
 public:
  explicit SigningSink(std::string_view key) { signer.begin(key); }
  void text(std::string_view piece) override {
    require(!piece.empty(), "a sink is never given an empty piece");
    signer.text(piece);
    seen += piece;
  }
  void line_end() override {
    signer.line_end();
    complete = seen.size();
  }

  chat::Signer signer{line_profile()};
  std::string seen;
  std::size_t complete = 0;  // of `seen`, in complete lines
};

void check(std::string_view stream, Cuts::Way way, const Decoded& naive) {
  const std::string& key = server_keys()[0];
  SigningSink sink(key);
  chat::MessageDecoder decoder(line_profile(), sink);
  Cuts cuts(way, stream);
  std::string_view rest = stream;
  while (!rest.empty()) {
    std::string_view piece = cuts.take(rest);
    const auto message = decoder.next(piece);
    require(message.has_value(), "without a limit no text is an error");
    if (!*message) {
      require(piece.empty(), "a decoder that needs more has taken all");
      continue;
    }
    const auto end = static_cast<std::size_t>(piece.data() - stream.data());
    require(end == naive.end, "the text ends after the first line that is a single dot", stream);
    require((*message)->lines == naive.lines, "the number of lines is the naive one", stream);
    require((*message)->bytes == naive.text.size(), "the number of bytes is the naive one", stream);
    require_same(sink.seen, naive.text, "streamed text = buffered and then unescaped text");
    require_same(sink.signer.finish(), chat::sha256_hex(naive.text + key),
                 "incremental hash = hash in one go");
    return;
  }
  require(naive.end == 0, "a text that has a terminator ends", stream);
  require_same(std::string_view(sink.seen).substr(0, sink.complete), naive.text,
               "the complete lines of an unfinished text are the naive ones");
}

}  // namespace

void test_one(std::string_view input) {
  if (input.starts_with(kBegin)) input.remove_prefix(kBegin.size());
  const Decoded naive = decode_naively(input);
  check(input, Cuts::Way::kWhole, naive);
  check(input, Cuts::Way::kHashed, naive);
}

}  // namespace chatspec::fuzz
