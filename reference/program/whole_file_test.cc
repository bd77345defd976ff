#include "reference/program/whole_file.h"

#include <thread>
#include <unistd.h>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "reference/tests/test_folder.h"

namespace chat {
namespace {

constexpr std::size_t kPlenty = std::size_t{1} << 20;

TEST(WholeFile, HasEveryByte) {
  const TestFolder folder;
  const std::string bytes("a\0b\r\n\xff", 6);
  EXPECT_EQ(read_whole(folder.write("f", bytes), kPlenty), bytes);
  EXPECT_EQ(read_whole(folder.write("empty", ""), kPlenty), "");
  const std::string long_one(300'000, 'x');
  EXPECT_EQ(read_whole(folder.write("long", long_one), kPlenty), long_one);
}

TEST(WholeFile, MayBeAPipe) {
  const TestFolder folder;
  ASSERT_EQ(mkfifo(folder.at("pipe").c_str(), 0600), 0);
  const std::jthread writer([&] { folder.write("pipe", std::string(100'000, 'y')); });
  EXPECT_EQ(read_whole(folder.at("pipe"), kPlenty), std::string(100'000, 'y'));
}

TEST(WholeFile, ThatCannotBeReadIsToldWithTheReason) {
  const TestFolder folder;
  const auto reason = [](const auto& content) { return content ? "none" : content.error(); };
  EXPECT_EQ(reason(read_whole(folder.at("none"), kPlenty)), "No such file or directory");
  EXPECT_EQ(reason(read_whole(folder.path(), kPlenty)), "Is a directory");
  EXPECT_EQ(reason(read_whole(-1, kPlenty)), "Bad file descriptor");
}

TEST(Pieces, ComeInOrderUntilSomebodyHasEnough) {
  const TestFolder folder;
  const std::string bytes = std::string(200'000, 'x') + "end";
  std::string taken;
  const auto take = [&](std::string_view piece) -> std::expected<void, std::string> {
    taken += piece;
    if (taken.size() > bytes.size()) return std::unexpected("enough");
    return {};
  };
  ASSERT_TRUE(read_pieces(folder.write("f", bytes), take));
  EXPECT_EQ(taken, bytes);
  const auto endless = read_pieces("/dev/zero", take);
  ASSERT_FALSE(endless);
  EXPECT_EQ(endless.error(), "enough");
}

TEST(WholeFile, HasAnEnd) {
  const TestFolder folder;
  const auto endless = read_whole("/dev/zero", 1000);
  ASSERT_FALSE(endless);
  EXPECT_EQ(endless.error(), "it has more than 1000 bytes");
  EXPECT_TRUE(read_whole(folder.write("just", std::string(1000, 'x')), 1000));
  EXPECT_FALSE(read_whole(folder.write("more", std::string(1001, 'x')), 1000));
}

}  // namespace
}  // namespace chat
