// Ways to cut a stream into what single receives return. The input alone decides, so a corpus file
// stays a plain stream of bytes and still replays the same cuts everywhere.

#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace chatspec::fuzz {

// FNV-1a, in 64 bits: the same on every machine.
constexpr std::uint64_t hash_of(std::string_view bytes) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return hash;
}

// A stream of numbers that are as good as random, from a seed (xorshift64*; Marsaglia 2003,
// Vigna 2016).
class Numbers {
 public:
  explicit Numbers(std::uint64_t seed) : state_(seed | 1U) {}
  std::uint64_t next() {
    state_ ^= state_ >> 12U;
    state_ ^= state_ << 25U;
    state_ ^= state_ >> 27U;
    return (state_ * 0x2545f4914f6cdd1dU) >> 32U;
  }
  std::size_t below(std::size_t bound) { return next() % bound; }

 private:
  std::uint64_t state_;
};

class Cuts {
 public:
  enum class Way {
    kWhole,
    kBytes,    // byte by byte
    kHashed,   // pieces of 1 to 16 bytes, now and then a longer one
    kSpecial,  // before and after every `\`, `.`, CR and LF
    kLines,    // after every LF
  };

  Cuts(Way way, std::string_view stream)
      : way_(way), numbers_(way == Way::kHashed ? hash_of(stream) : 0) {}

  // Takes the next piece, of at least one byte, from the front of `rest`, which is not empty.
  std::string_view take(std::string_view& rest) {
    const std::string_view piece = rest.substr(0, length(rest));
    rest.remove_prefix(piece.size());
    return piece;
  }

 private:
  std::size_t length(std::string_view rest) {
    switch (way_) {
      case Way::kWhole:
        return rest.size();
      case Way::kBytes:
        return 1;
      case Way::kHashed: {
        const std::uint64_t number = numbers_.next();
        return 1 + (number % 8 == 0 ? number / 8 % 128 : number / 8 % 16);
      }
      case Way::kSpecial:
        return std::max<std::size_t>(1, std::min(rest.find_first_of("\\.\r\n"), rest.size()));
      case Way::kLines:
        return std::min(rest.find('\n'), rest.size() - 1) + 1;
    }
    return 1;
  }

  Way way_;
  Numbers numbers_;
};

}  // namespace chatspec::fuzz
