// Conversations of an editor with the language server, as they are kept in tests/sessions/. To
// accept what changed, run this test with CHATSPEC_UPDATE_GOLDEN=1 and read the difference.

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "harness/language_server/tests/session_player.h"
#include "reference/tests/test_folder.h"

namespace chatspec::language_server {
namespace {

namespace fs = std::filesystem;

TEST(Sessions, AreAnsweredAsTheyAreKept) {
  std::size_t count = 0;
  const fs::path folder = fs::path(CHATSPEC_SOURCE_DIR) / "harness/language_server/tests/sessions";
  for (const auto& entry : fs::directory_iterator(folder)) {
    ++count;
    const std::string kept = chat::content_of(entry.path());
    const std::string played = play_session(kept);
    if (std::getenv("CHATSPEC_UPDATE_GOLDEN"))
      std::ofstream(entry.path(), std::ios::binary) << played;
    EXPECT_EQ(played, kept) << entry.path();
  }
  EXPECT_GE(count, 5U) << "the test has looked in the wrong place";
}

}  // namespace
}  // namespace chatspec::language_server
