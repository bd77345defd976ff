#include "harness/explore/growth/keeping.h"

#include <cstddef>

namespace chatspec {
namespace {

constexpr std::size_t kParts = 4;

double added(std::span<const std::uint64_t> held, std::size_t begin, std::size_t end) {
  return static_cast<double>(held[end]) - static_cast<double>(held[begin]);
}

std::size_t begin_of_telling(std::span<const std::uint64_t> held) {
  return held.size() / 3;
}

}  // namespace

bool keeps_growing(std::span<const std::uint64_t> held, double of_each) {
  if (held.size() < 3 * kParts) return false;
  const std::size_t begin = begin_of_telling(held);
  const std::size_t clients = held.size() - 1 - begin;
  for (std::size_t part = 0; part < kParts; ++part) {
    const std::size_t from = begin + clients * part / kParts;
    const std::size_t to = begin + clients * (part + 1) / kParts;
    if (added(held, from, to) < of_each * static_cast<double>(to - from) / 2) return false;
  }
  return true;
}

double added_by_each(std::span<const std::uint64_t> held) {
  if (held.size() < 2) return 0;
  const std::size_t begin = begin_of_telling(held);
  const std::size_t clients = held.size() - 1 - begin;
  return added(held, begin, held.size() - 1) / static_cast<double>(clients);
}

}  // namespace chatspec
