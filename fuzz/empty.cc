// Does nothing: what an engine can do at best. The rate of the other targets is measured against
// it.

#include "fuzz/support/target.h"

namespace chatspec::fuzz {

void test_one(std::string_view) {}

}  // namespace chatspec::fuzz
