#include "harness/report/formats/report_text.h"

#include <vector>

#include <gtest/gtest.h>

namespace chatspec {
namespace {

TEST(ReportText, GoesOnInPiecesThatAreTheWholeAndNeverMuch) {
  std::vector<std::size_t> pieces;
  std::string whole;
  ReportText text([&](std::string_view piece) {
    pieces.push_back(piece.size());
    whole += piece;
  });
  std::string added;
  for (int i = 0; i < 100'000; ++i) {
    text.add(std::to_string(i));
    added += std::to_string(i);
    EXPECT_EQ(text.size(), added.size());
    EXPECT_LT(added.size() - whole.size(), std::size_t{1} << 17U);
  }
  text.finish();
  EXPECT_EQ(whole, added);
  EXPECT_GT(pieces.size(), 2U);
  EXPECT_LT(pieces.size(), 100U);
}

}  // namespace
}  // namespace chatspec
