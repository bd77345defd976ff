#include <cstddef>
#include <cstdint>

#include "fuzz/support/target.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  chatspec::fuzz::test_one({reinterpret_cast<const char*>(data), size});
  return 0;
}
