// In the profile `bare` a server does what a naive one does, which keeps the pieces of a text and
// looks, after each, whether what it has ends the text.
//
// The input is a client's stream; its hash says where it is cut, which is a part of its meaning
// here. A cut after each LF, and before each dot that ends a line, is what a client in lock-step
// makes.

#include <algorithm>
#include <array>
#include <utility>

#include "fuzz/support/exchange.h"
#include "fuzz/support/require.h"
#include "fuzz/support/target.h"
#include "reference/recording_sink.h"
#include "reference/signature.h"

namespace chatspec::fuzz {
namespace {

constexpr std::array<std::string_view, 7> kWords{"HELLO", "DATA",   "PASS",   "FAIL",
                                                 "QUIT",  "260 OK", "270 SIG"};

bool begins_unit(std::string_view bytes) {
  for (const std::string_view word : kWords) {
    if (word.starts_with(bytes)) return true;
  }
  return bytes.size() <= 64 &&
         bytes.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

class NaiveServer {
 public:
  void receive(std::string_view piece) {
    while (!piece.empty() && !closed) {
      if (in_text_) return receive_text(piece);
      unit_ += piece.front();
      piece.remove_prefix(1);
      const bool complete = std::ranges::find(kWords, unit_) != kWords.end() || unit_.size() == 64;
      if (!begins_unit(unit_)) {
        closed = true;
      } else if (complete) {
        obey(std::exchange(unit_, {}));
      }
    }
  }

  std::string sent;
  bool closed = false;

 private:
  void receive_text(std::string_view piece) {
    text_ += piece;
    if (text_ != "." && !text_.ends_with("\n.")) return;
    text_.pop_back();
    std::erase(text_, '\n');
    sent += "270 SIG|" + chat::sha256_hex(text_ + server_keys()[begun_ - 1]) + "|";
    text_.clear();
    in_text_ = false;
    expected_ = {"PASS", "FAIL"};
  }

  void obey(const std::string& unit) {
    if (unit != expected_[0] && unit != expected_[1]) {
      closed = true;
    } else if (unit == "DATA") {
      closed = begun_ == server_keys().size();
      in_text_ = !closed;
      ++begun_;
    } else if (unit == "QUIT") {
      closed = true;
    } else {
      sent += "260 OK|";
      expected_ = {"DATA", "QUIT"};
    }
  }

  std::array<std::string_view, 2> expected_{"HELLO", ""};
  std::string unit_;
  std::string text_;
  bool in_text_ = false;
  std::size_t begun_ = 0;
};

// The stream in pieces: hashed ones, or those of a client that is in lock-step.
std::vector<std::string_view> pieces_of(std::string_view stream) {
  std::vector<std::string_view> pieces;
  Cuts cuts(hash_of(stream) % 4 == 0 ? Cuts::Way::kHashed : Cuts::Way::kLines, stream);
  while (!stream.empty()) {
    std::string_view piece = cuts.take(stream);
    const std::size_t dot = piece.find('.') + 1;
    if (dot > 0 && dot < piece.size()) {
      pieces.push_back(piece.substr(0, dot));
      piece.remove_prefix(dot);
    }
    pieces.push_back(piece);
  }
  return pieces;
}

}  // namespace

void test_one(std::string_view input) {
  const chat::Profile& profile = *chat::find_profile("bare");
  chat::RecordingSink sink;
  chat::ServerSession session(profile, server_keys(), sink);
  NaiveServer naive;
  for (const std::string_view piece : pieces_of(input)) {
    std::string sent;
    session.receive(piece);
    naive.receive(piece);
    for (std::string out = session.take_output(); !out.empty(); out = session.take_output())
      sent += out + '|';
    require_same(sent, std::exchange(naive.sent, {}), "bare: the same replies as a naive server");
    require(session.finished() == naive.closed, "bare: closed where a naive server closes", input);
  }
}

}  // namespace chatspec::fuzz
