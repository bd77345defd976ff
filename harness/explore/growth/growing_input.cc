#include "harness/explore/growth/growing_input.h"

#include <array>

namespace chatspec {
namespace {

constexpr std::size_t kLeastBytes = 4096;
// A message of so many is handled (LIMIT-2).
constexpr std::size_t kMostBytes = std::size_t{16} << 20;
constexpr std::size_t kLeastMessages = 8;
constexpr std::size_t kMostMessages = 4096;

std::vector<std::string> repeat(char c, std::size_t size) {
  return {std::string(size, c)};
}

std::vector<std::string> make_lines(std::size_t size) {
  std::string text(2 * size - 1, '\n');
  for (std::size_t i = 0; i < text.size(); i += 2) text[i] = 'x';
  return {std::move(text)};
}

constexpr std::array kInputs{
    GrowingInput{"one-line", "bytes in one line", kLeastBytes, kMostBytes,
                 [](std::size_t size) { return repeat('x', size); }},
    GrowingInput{"lines", "lines of one byte", kLeastBytes, kMostBytes / 2, make_lines},
    GrowingInput{"empty-lines", "empty lines", kLeastBytes, kMostBytes,
                 [](std::size_t size) { return repeat('\n', size - 1); }},
    GrowingInput{"backslashes", "backslashes in one line", kLeastBytes, kMostBytes / 2,
                 [](std::size_t size) { return repeat('\\', size); }},
    GrowingInput{"dots", "dots in one line", kLeastBytes, kMostBytes / 2,
                 [](std::size_t size) { return repeat('.', size); }},
    GrowingInput{"messages", "messages", kLeastMessages, kMostMessages,
                 [](std::size_t size) { return std::vector<std::string>(size, "message"); }},
};

}  // namespace

std::span<const GrowingInput> growing_inputs() {
  return kInputs;
}

}  // namespace chatspec
