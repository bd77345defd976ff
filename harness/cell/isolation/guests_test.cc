#include "harness/cell/isolation/guests.h"

#include <gtest/gtest.h>

namespace chatspec {
namespace {

TEST(Guests, AreThereWhereEveryNumberIsMapped) {
  EXPECT_TRUE(maps_guests("         0          0 4294967295\n"));
  EXPECT_TRUE(maps_guests("0 100000 65536\n1000000000 1000000000 1100000000\n"));
}

TEST(Guests, AreNotThereInARootlessContainer) {
  EXPECT_FALSE(maps_guests("         0       1000          1\n         1     100000      65536\n"));
  EXPECT_FALSE(maps_guests("0 1000 1\n"));
  EXPECT_FALSE(maps_guests("1000000000 1000000000 1000000001\n"));  // only the first of them
  EXPECT_FALSE(maps_guests(""));
  EXPECT_FALSE(maps_guests("no map\n"));
}

TEST(Guests, AreAsManyAsSupervisors) {
  EXPECT_NE(guest_of(2), guest_of(3));
}

}  // namespace
}  // namespace chatspec
