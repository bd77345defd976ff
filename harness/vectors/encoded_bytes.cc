// Repetitions are found by a stretch of bytes that comes again soon: its distance is the candidate
// for the period, and the period is taken if it holds for long. What stands between repetitions is
// text or hexadecimal digits as a whole, since a byte that is no text mostly has others beside it.

#include "harness/vectors/encoded_bytes.h"

#include <algorithm>
#include <string>

#include "reference/signature.h"

namespace chatspec {
namespace {

constexpr std::size_t kShortestRepetition = 256;
constexpr std::size_t kLongestPeriod = 256;
// Of so many bytes the beginning of a period is made up when it is looked for.
constexpr std::size_t kBegin = 8;

struct Repetition {
  std::size_t period = 0;
  std::size_t times = 0;

  std::size_t size() const { return period * times; }
};

// How many bytes are the same in both. In blocks, since it may be many millions.
std::size_t common_begin(std::string_view one, std::string_view other) {
  constexpr std::size_t kBlock = 4096;
  const std::size_t size = std::min(one.size(), other.size());
  std::size_t common = 0;
  while (common < size && one.substr(common, std::min(kBlock, size - common)) ==
                              other.substr(common, std::min(kBlock, size - common)))
    common += std::min(kBlock, size - common);
  while (common < size && one[common] == other[common]) ++common;
  return common;
}

// The repetition with which `bytes` begin; none has a size of 0.
Repetition find_repetition(std::string_view bytes) {
  if (bytes.size() < kShortestRepetition) return {};
  const std::string_view near = bytes.substr(0, kLongestPeriod + kBegin);
  const std::size_t period = near.find(bytes.substr(0, kBegin), 1);
  if (period == near.npos) return {};
  const std::size_t size = period + common_begin(bytes.substr(period), bytes);
  return size < kShortestRepetition ? Repetition{} : Repetition{period, size / period};
}

bool is_text(char c) {
  return (c >= 0x20 && c < 0x7f) || c == '\n' || c == '\r' || c == '\t';
}

VectorJson encode_plain(std::string_view bytes) {
  if (std::ranges::all_of(bytes, is_text)) return std::string(bytes);
  return VectorJson{{"hex", chat::to_hex(bytes)}};
}

}  // namespace

VectorJson encode_bytes(std::string_view bytes) {
  VectorJson pieces = VectorJson::array();
  std::size_t begin = 0;  // of what is written as it is
  const auto end_plain = [&](std::size_t end) {
    if (end > begin) pieces.push_back(encode_plain(bytes.substr(begin, end - begin)));
  };
  for (std::size_t at = 0; at < bytes.size();) {
    const Repetition repetition = find_repetition(bytes.substr(at));
    if (repetition.times == 0) {
      ++at;
      continue;
    }
    end_plain(at);
    pieces.push_back(VectorJson{{"repeat", encode_plain(bytes.substr(at, repetition.period))},
                                {"times", repetition.times}});
    begin = at += repetition.size();
  }
  end_plain(bytes.size());
  if (pieces.empty()) return "";
  return pieces.size() == 1 ? pieces.front() : pieces;
}

}  // namespace chatspec
