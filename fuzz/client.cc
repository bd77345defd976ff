// Whatever a server sends, the reference client sends what a naive client sends, which compares
// whole lines: above all PASS for the right signature and for no other. And it comes to an end.
//
// The input is a server's stream. Its hash says whether it comes line by line, as from a server in
// lock-step, or in other pieces; the client must complain of what comes before it is due.

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "fuzz/support/client_materials.h"
#include "fuzz/support/cuts.h"
#include "fuzz/support/exchange.h"
#include "fuzz/support/require.h"
#include "fuzz/support/target.h"
#include "reference/client_session.h"
#include "reference/recording_sink.h"

namespace chatspec::fuzz {
namespace {

// SIG-5, the long way round.
std::string lower_case(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

// What a client sends, given each piece in turn.
class NaiveClient {
 public:
  std::string sent = "HELLO\n";
  bool closed = false;

  void receive(std::string_view piece) {
    bool due = true;  // something of the server's
    for (const char byte : piece) {
      if (closed) return;
      if (!due) {  // it comes too early, and what was to be said is not
        closed = true;
        answer_.clear();
        return;
      }
      if (byte != '\n') {
        line_ += byte;
        continue;
      }
      if (line_.ends_with('\r')) line_.pop_back();
      due = !take_line(std::exchange(line_, {}));
    }
    closed = closed || answer_ == "QUIT\n";
    sent += std::exchange(answer_, {});
  }

 private:
  enum class Awaited { kGreeted, kCode, kSignature, kNoted };

  // Gives whether the client has answered the line.
  bool take_line(const std::string& line) {
    switch (awaited_) {
      case Awaited::kGreeted:
      case Awaited::kNoted:
        closed = line != "260 OK";
        if (!closed) send_next();
        return true;
      case Awaited::kCode:
        closed = line != "270 SIG";
        awaited_ = Awaited::kSignature;
        return false;
      case Awaited::kSignature:
        answer_ =
            lower_case(line) == lower_case(client_signatures()[current_]) ? "PASS\n" : "FAIL\n";
        ++current_;
        awaited_ = Awaited::kNoted;
        return true;
    }
    return true;
  }

  void send_next() {
    if (current_ == client_messages().size()) {
      answer_ = "QUIT\n";
      return;
    }
    answer_ = "DATA\n" + std::string(client_wire(current_)) + ".\n";
    awaited_ = Awaited::kCode;
  }

  Awaited awaited_ = Awaited::kGreeted;
  std::string line_;
  std::string answer_;  // to what this piece held
  std::size_t current_ = 0;
};

void take_all(chat::ClientSession& client, std::string& sent) {
  for (std::string out = client.take_output(); !out.empty(); out = client.take_output())
    sent += out;
}

// That PASS is sent for each matching signature, but for one whose answer a violation kept back.
void require_honest(const chat::ClientSession& client, std::string_view sent) {
  std::size_t passed = 0;
  for (std::size_t at = 0; (at = sent.find("\nPASS\n", at)) != std::string_view::npos; ++at)
    ++passed;
  const auto matched = std::ranges::count(client.outcomes(), chat::Outcome::kMatched);
  const auto kept_back = static_cast<std::size_t>(matched) - passed;
  require(kept_back <= (client.violation() ? 1U : 0U), "PASS is sent for what matched", sent);
}

// What a server says, the last for one message.
constexpr std::array<std::string_view, 8> kLines{
    "260 OK\n",
    "270 SIG\n",
    "260 OK\r\n",
    "260 OK\n270 SIG\n",
    "7430876f8622b5dc0026cd2625fd55c1baef524b83a1d5fa2da51a10b2975f57\n",
    "cc3d6740c7eff18e02431a78cf99803e7d092cc25d2c33aa8d4af7de07a75ebc\n",
    "270 SIG\ncc3d6740c7eff18e02431a78cf99803e7d092cc25d2c33aa8d4af7de07a75ebc\n260 OK\n",
    "270 SIG\n7430876f8622b5dc0026cd2625fd55c1baef524b83a1d5fa2da51a10b2975f57\n260 OK\n"};

}  // namespace

std::span<const std::string_view> common_lines() {
  return kLines;
}

void test_one(std::string_view input) {
  chat::RecordingSink sink;
  chat::ClientSession client(line_profile(), client_messages(), client_signatures(), sink,
                             std::size_t{1} << 30);
  NaiveClient naive;
  std::string sent;
  take_all(client, sent);
  Cuts cuts(hash_of(input) % 4 == 0 ? Cuts::Way::kHashed : Cuts::Way::kLines, input);
  for (std::string_view rest = input; !rest.empty();) {
    const std::string_view piece = cuts.take(rest);
    client.receive(piece);
    naive.receive(piece);
    take_all(client, sent);
    require_same(sent, naive.sent, "the client sends what a naive client sends");
    require(client.finished() == naive.closed, "it has closed where a naive client has", input);
  }
  require_honest(client, sent);
  client.receive_end();
  require(client.finished(), "at the end of the stream the client ends");
  require(client.take_output().empty(), "nothing is sent after the end");
}

}  // namespace chatspec::fuzz
