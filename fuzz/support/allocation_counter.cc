#include "fuzz/support/allocation_counter.h"

#include <algorithm>
#include <cstdlib>
#include <malloc.h>
#include <new>

namespace chatspec::fuzz {

Allocations& allocations() {
  static constinit Allocations counted;
  return counted;
}

}  // namespace chatspec::fuzz

namespace {

void* allocate(std::size_t size) noexcept {
  void* memory = std::malloc(size);
  if (memory == nullptr) return nullptr;
  auto& counted = chatspec::fuzz::allocations();
  ++counted.count;
  counted.live_bytes += malloc_usable_size(memory);
  counted.peak_bytes = std::max(counted.peak_bytes, counted.live_bytes);
  return memory;
}

void release(void* memory) noexcept {
  if (memory != nullptr) chatspec::fuzz::allocations().live_bytes -= malloc_usable_size(memory);
  std::free(memory);
}

}  // namespace

// All forms but those for larger alignments, which nothing here uses: a sanitizer's own would not
// go together with these.
void* operator new(std::size_t size) {
  void* memory = allocate(size);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}
void* operator new[](std::size_t size) {
  return operator new(size);
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  return allocate(size);
}
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept {
  return allocate(size);
}
void operator delete(void* memory) noexcept {
  release(memory);
}
void operator delete[](void* memory) noexcept {
  release(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  release(memory);
}
void operator delete[](void* memory, std::size_t) noexcept {
  release(memory);
}
void operator delete(void* memory, const std::nothrow_t&) noexcept {
  release(memory);
}
void operator delete[](void* memory, const std::nothrow_t&) noexcept {
  release(memory);
}
