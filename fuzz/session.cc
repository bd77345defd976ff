// A server's answers do not depend on how TCP cuts what a client sends, and each signature depends
// on its own message and key alone.

#include "fuzz/support/exchange.h"
#include "fuzz/support/require.h"
#include "fuzz/support/target.h"
#include "reference/recording_sink.h"
#include "reference/signature.h"

namespace chatspec::fuzz {
namespace {

using State = chat::ServerSession::State;

void require_equal(const Exchange& one, const Exchange& other) {
  require_same(one.sent, other.sent, "the same replies however the stream is cut");
  require_same(one.seen, other.seen, "the same text however the stream is cut");
  require(one.state == other.state, "the same state however the stream is cut");
  require_same(one.violation, other.violation, "the same violation however the stream is cut");
}

// Takes the next line of `sent`.
std::string_view take_line(std::string_view& sent) {
  const std::size_t end = sent.find('\n');
  require(end != std::string_view::npos, "each reply ends with LF", sent);
  const std::string_view line = sent.substr(0, end);
  sent.remove_prefix(end + 1);
  return line;
}

void require_grammar(std::string_view sent) {
  while (!sent.empty()) {
    const std::string_view line = take_line(sent);
    if (line == "270 SIG") {
      require(chat::is_signature(take_line(sent)), "270 SIG is followed by a signature");
    } else {
      require_same(line, "260 OK", "each reply is 260 OK or 270 SIG");
    }
  }
}

// A text on the wire, terminator included, and the signature that it got.
struct Signed {
  std::string_view wire;
  std::string signature;
};

// Serves byte by byte, so that each text's begin and end in the stream are seen, and requires that
// nothing comes after the close.
Exchange serve_bytes(std::string_view stream, std::vector<Signed>& texts) {
  chat::RecordingSink sink;
  chat::ServerSession session(line_profile(), server_keys(), sink, {.unit_bytes = 1U << 30U});
  Exchange exchange;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < stream.size(); ++i) {
    const State before = session.state();
    session.receive(stream.substr(i, 1));
    const std::string out = session.take_output();
    require(before != State::kFinished || out.empty(), "nothing is sent after the close");
    exchange.sent += out;
    if (before != State::kText && session.state() == State::kText) begin = i + 1;
    if (before == State::kText && session.state() == State::kVerdict) {
      std::string_view reply = out;
      take_line(reply);
      texts.push_back({stream.substr(begin, i + 1 - begin), std::string(reply.substr(0, 64))});
    }
  }
  exchange.seen = sink.seen;
  exchange.state = session.state();
  if (session.violation()) exchange.violation = session.violation()->message;
  session.receive_end();
  require(session.finished(), "at the end of the stream the server ends", stream);
  require(session.take_output().empty(), "nothing is sent after the end of the stream", stream);
  require(exchange.state == State::kFinished || session.violation(),
          "an end before QUIT is a violation", stream);
  return exchange;
}

// Alone on a fresh connection, with its own key as the first, each message is signed the same.
void require_independent(const std::vector<Signed>& texts) {
  for (std::size_t i = 1; i < texts.size(); ++i) {
    chat::RecordingSink sink;
    chat::ServerSession session(line_profile(), server_keys().subspan(i, 1), sink);
    session.receive("HELLO\nDATA\n");
    session.receive(texts[i].wire);
    require_same(session.take_output(), "260 OK\n270 SIG\n" + texts[i].signature + "\n",
                 "a message is signed as if it were the only one");
  }
}

}  // namespace

void test_one(std::string_view input) {
  const Exchange whole = serve(line_profile(), server_keys(), input, Cuts::Way::kWhole);
  require_grammar(whole.sent);
  std::vector<Signed> texts;
  require_equal(whole, serve_bytes(input, texts));
  const bool hashed = hash_of(input) % 2 == 0;
  require_equal(whole, serve(line_profile(), server_keys(), input,
                             hashed ? Cuts::Way::kHashed : Cuts::Way::kSpecial));
  require_independent(texts);
}

}  // namespace chatspec::fuzz
