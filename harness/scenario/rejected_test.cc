// Scenarios that must be rejected, each with the message that its author gets: rejected/NAME.chat
// and rejected/NAME.txt. To accept what changed, run this test with CHATSPEC_UPDATE_GOLDEN=1 and
// read the difference.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "harness/scenario/source.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(RejectedScenarios, GetTheMessageThatIsKeptBesideThem) {
  const fs::path folder = fs::path(CHATSPEC_SOURCE_DIR) / "harness/scenario/rejected";
  std::size_t count = 0;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() != kScenarioExtension) continue;
    ++count;
    Scenario scenario;
    const std::string shown =
        check_source(read(entry.path()), entry.path().filename().string(), scenario);
    EXPECT_NE(shown, "") << entry.path() << " is not rejected";
    const fs::path golden = fs::path(entry.path()).replace_extension(".txt");
    if (std::getenv("CHATSPEC_UPDATE_GOLDEN")) std::ofstream(golden, std::ios::binary) << shown;
    EXPECT_EQ(shown, read(golden)) << entry.path();
  }
  EXPECT_GE(count, 20U);
}

}  // namespace
}  // namespace chatspec
