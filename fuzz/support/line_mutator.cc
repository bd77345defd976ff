// A mutator that knows lines: libFuzzer's own mutations seldom turn one conversation into another,
// since they would have to get several words right at once. Half of the time they are used all the
// same, for what lies within a line.
//
// CHATSPEC_FUZZ_MUTATOR=bytes in the environment leaves everything to libFuzzer, to measure what
// this is worth.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/support/cuts.h"
#include "fuzz/support/target.h"

// libFuzzer's byte-wise mutations; null under engines that have none to offer.
extern "C" __attribute__((weak)) std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size,
                                                              std::size_t max_size);

namespace chatspec::fuzz {
namespace {

using Lines = std::vector<std::string>;

// The last is what a client says for one message, so that one mutation reaches the next.
constexpr std::array<std::string_view, 22> kLines{"HELLO\n",       "DATA\n",
                                                  "PASS\n",        "FAIL\n",
                                                  "QUIT\n",        ".\n",
                                                  ".\r\n",         "\\.\n",
                                                  "\\\\\n",        "\n",
                                                  "\r\n",          "a\n",
                                                  "\\\\.\n",       "DATA\r\n",
                                                  ".\r\r\n",       "..\n",
                                                  ".a\n",          "a.\n",
                                                  "\\\r\n",        "\r\r\n",
                                                  "HELLO\nDATA\n", "DATA\na\\.b\n.\nPASS\n"};
constexpr std::array<std::string_view, 10> kPieces{"\\", ".",    "\\.",   "\\\\", "\r",
                                                   "\n", "\r\n", "\n.\n", "\\\n", ".\r"};

bool wants_bytes() {
  static const bool wants = [] {
    const char* choice = std::getenv("CHATSPEC_FUZZ_MUTATOR");
    return choice != nullptr && std::string_view(choice) == "bytes";
  }();
  return wants;
}

// Each line with its line end; the last may lack it.
Lines split(std::string_view bytes) {
  Lines lines;
  while (!bytes.empty()) {
    const std::size_t end = std::min(bytes.find('\n'), bytes.size() - 1) + 1;
    lines.emplace_back(bytes.substr(0, end));
    bytes.remove_prefix(end);
  }
  return lines;
}

std::string_view any_line(Numbers& numbers) {
  return common_lines()[numbers.below(common_lines().size())];
}

std::size_t put(const Lines& lines, std::uint8_t* data, std::size_t max_size) {
  std::size_t size = 0;
  for (const std::string& line : lines) {
    const std::size_t fits = std::min(line.size(), max_size - size);
    std::copy_n(line.begin(), fits, data + size);
    size += fits;
  }
  return size;
}

void insert(Lines& lines, std::size_t at, std::string_view line) {
  lines.emplace(lines.begin() + static_cast<std::ptrdiff_t>(at), line);
}

void mutate_lines(Lines& lines, Numbers& numbers) {
  if (lines.empty()) lines.emplace_back();
  const std::size_t at = numbers.below(lines.size());
  const std::size_t other = numbers.below(lines.size());
  std::string& line = lines[at];
  switch (numbers.below(10)) {
    case 0:
      return insert(lines, numbers.below(lines.size() + 1), any_line(numbers));
    case 1:
      line = any_line(numbers);
      return;
    case 2:
      lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(at));
      return;
    case 3:
      return insert(lines, other, std::string(line));
    case 4:
      std::swap(line, lines[other]);
      return;
    case 5:
      lines.resize(at + 1);
      return;
    case 6:  // another line end
      if (line.ends_with("\r\n")) {
        line.erase(line.size() - 2, 1);
      } else if (line.ends_with('\n')) {
        line.insert(line.size() - 1, "\r");
      } else {
        line += '\n';
      }
      return;
    case 7:
      return insert(lines, lines.size(), common_lines().back());
    case 8:  // another byte in place of one, so that the length stays
      if (!line.empty()) {
        char& byte = line[numbers.below(line.size())];
        byte = static_cast<char>(byte ^ (1 << numbers.below(8)));
      }
      return;
    default:
      line.insert(numbers.below(line.size() + 1), kPieces[numbers.below(kPieces.size())]);
      return;
  }
}

}  // namespace

__attribute__((weak)) std::span<const std::string_view> common_lines() {
  return kLines;
}

}  // namespace chatspec::fuzz

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t max_size, unsigned seed) {
  using namespace chatspec::fuzz;
  Numbers numbers(seed * 0x9e3779b97f4a7c15U);
  const bool bytes = wants_bytes() || numbers.below(2) == 0;
  if (bytes && LLVMFuzzerMutate != nullptr) return LLVMFuzzerMutate(data, size, max_size);
  Lines lines = split({reinterpret_cast<const char*>(data), size});
  for (std::size_t i = numbers.below(3) + 1; i > 0; --i) mutate_lines(lines, numbers);
  return put(lines, data, max_size);
}

// The beginning of one conversation and the end of another, cut between lines.
extern "C" std::size_t LLVMFuzzerCustomCrossOver(const std::uint8_t* one, std::size_t one_size,
                                                 const std::uint8_t* other, std::size_t other_size,
                                                 std::uint8_t* out, std::size_t max_out_size,
                                                 unsigned seed) {
  using namespace chatspec::fuzz;
  if (wants_bytes()) return 0;
  Numbers numbers(seed * 0x9e3779b97f4a7c15U);
  Lines lines = split({reinterpret_cast<const char*>(one), one_size});
  const Lines others = split({reinterpret_cast<const char*>(other), other_size});
  lines.resize(numbers.below(lines.size() + 1));
  const std::size_t from = numbers.below(others.size() + 1);
  lines.insert(lines.end(), others.begin() + static_cast<std::ptrdiff_t>(from), others.end());
  return put(lines, out, max_out_size);
}
