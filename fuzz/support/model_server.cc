#include "fuzz/support/model_server.h"

#include <array>
#include <utility>

#include "reference/signature.h"

namespace chatspec::fuzz {
namespace {

// What a line is to a server. The last two are the same line; what differs is whether a
// key is left for it.
enum class Letter { kHello, kPass, kFail, kQuit, kDot, kOther, kData, kDataWithoutKey };
constexpr std::size_t kLetters = 8;

enum class Reply { kNone, kOk, kSignature };

struct Arrow {
  ModelState next;
  Reply reply;
  bool violates = false;
};

constexpr Arrow kBad{ModelState::kClosed, Reply::kNone, true};     // STATE-1 to STATE-4
constexpr Arrow kMore{ModelState::kText, Reply::kNone};            // DATA-2, DATA-3
constexpr Arrow kGreeted{ModelState::kCommand, Reply::kOk};        // HELLO-2
constexpr Arrow kBegun{ModelState::kText, Reply::kNone};           // DATA-2
constexpr Arrow kSigned{ModelState::kVerdict, Reply::kSignature};  // DATA-4
constexpr Arrow kNoted{ModelState::kCommand, Reply::kOk};          // VERDICT-2
constexpr Arrow kDone{ModelState::kClosed, Reply::kNone};          // QUIT-2

// A row for each state but the last, in the order of ModelState.
constexpr std::array<std::array<Arrow, kLetters>, 4> kTable{{
    // HELLO  PASS    FAIL    QUIT   .        other  DATA    DATA without a key
    {{kGreeted, kBad, kBad, kBad, kBad, kBad, kBad, kBad}},
    {{kBad, kBad, kBad, kDone, kBad, kBad, kBegun, kBad}},
    {{kMore, kMore, kMore, kMore, kSigned, kMore, kMore, kMore}},
    {{kBad, kNoted, kNoted, kBad, kBad, kBad, kBad, kBad}},
}};

Letter letter_of(std::string_view line, bool key_left) {
  if (line == "DATA") return key_left ? Letter::kData : Letter::kDataWithoutKey;
  constexpr std::array<std::pair<std::string_view, Letter>, 5> kWords{{{"HELLO", Letter::kHello},
                                                                       {"PASS", Letter::kPass},
                                                                       {"FAIL", Letter::kFail},
                                                                       {"QUIT", Letter::kQuit},
                                                                       {".", Letter::kDot}}};
  for (const auto& [word, letter] : kWords) {
    if (line == word) return letter;
  }
  return Letter::kOther;
}

}  // namespace

std::string model_unescape(std::string_view line) {
  std::string text;
  while (!line.empty()) {
    const bool escape = line.starts_with("\\\\") || line.starts_with("\\.");
    text += escape ? line[1] : line[0];
    line.remove_prefix(escape ? 2 : 1);
  }
  return text;
}

ModelRun run_model(std::string_view stream, std::span<const std::string> keys) {
  ModelRun run;
  ModelMessage message;
  std::size_t begun = 0;
  std::size_t at = 0;
  while (run.state != ModelState::kClosed) {
    const std::size_t end = stream.find('\n', at);
    if (end == std::string_view::npos) break;
    std::string_view line = stream.substr(at, end - at);
    if (line.ends_with('\r')) line.remove_suffix(1);
    at = end + 1;

    const ModelState before = run.state;
    const Letter letter = letter_of(line, begun < keys.size());
    const Arrow& arrow = kTable[static_cast<std::size_t>(before)][static_cast<std::size_t>(letter)];
    run.state = arrow.next;
    run.violated = arrow.violates;

    const bool is_text = before == ModelState::kText && arrow.next == ModelState::kText;
    const std::string shown = is_text ? model_unescape(line) : std::string(line);
    run.lines += shown + '\n';
    if (is_text) message.text += shown;
    if (before != ModelState::kText && arrow.next == ModelState::kText) {
      ++begun;
      message.begin = at;
    }
    if (arrow.reply == Reply::kOk) run.sent += "260 OK\n";
    if (arrow.reply == Reply::kSignature) {
      run.sent += "270 SIG\n" + chat::sha256_hex(message.text + keys[begun - 1]) + "\n";
      message.end = at;
      run.messages.push_back(std::exchange(message, {}));
    }
  }
  return run;
}

}  // namespace chatspec::fuzz
