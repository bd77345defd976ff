#include "reference/text/file_error.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace chat {
namespace {

TEST(FileErrors, StandOneBelowTheOther) {
  const std::vector<FileError> errors{{.file = "f", .line = 3, .message = "a"},
                                      {.file = "f", .message = "b"}};
  EXPECT_EQ(to_string(errors), "f:3: a\nf: b");
  EXPECT_EQ(to_string(std::vector<FileError>{}), "");
}

TEST(FileErrors, AreCountedWhereThereAreMany) {
  std::vector<FileError> errors(10, {.file = "f", .line = 1, .message = "a"});
  EXPECT_FALSE(to_string(errors).contains("more"));
  errors.resize(12, {.file = "f", .line = 2, .message = "unseen"});
  EXPECT_TRUE(to_string(errors).ends_with("a\n… and 2 more"));
  EXPECT_FALSE(to_string(errors).contains("unseen"));
}

}  // namespace
}  // namespace chat
