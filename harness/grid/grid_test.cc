#include "harness/grid/grid.h"

#include <gtest/gtest.h>

namespace chatspec {
namespace {

TEST(Grid, SaysWhoJoinsInAFewLines) {
  const auto grid = parse_grid(
      "title Spring\nprofile own.profile\nisolation plain\ndeadline 3s\n"
      "implementation team-a\n  folder in/a\n  build make\n  server ./server {port} {keys}\n"
      "implementation other\n"
      "  client python3 client.py {host} {port} {messages} {signatures}\n",
      "/course/grid.conf");
  ASSERT_TRUE(grid) << chat::to_string(grid.error());
  EXPECT_EQ(grid->title, "Spring");
  EXPECT_EQ(grid->profile, "/course/own.profile");
  EXPECT_EQ(grid->isolation, "plain");
  EXPECT_EQ(grid->deadline, std::chrono::seconds(3));
  ASSERT_EQ(grid->implementations.size(), 2U);
  EXPECT_EQ(grid->implementations[0].folder, "/course/in/a");
  EXPECT_EQ(grid->implementations[0].build, "make");
  EXPECT_EQ(grid->implementations[0].start(Role::kServer), "./server {port} {keys}");
  EXPECT_EQ(grid->implementations[0].start(Role::kClient), "");
  EXPECT_EQ(grid->implementations[1].name, "other");
}

TEST(Grid, TellsEveryMistakeWithItsLine) {
  const auto grid = parse_grid(
      "isolation none\nimplementation a\nimplementation a\n  build make\n  server s {port} {keys}\n"
      "implementation ../b\n  server s {port} {keys}\nimplementation a--b\n"
      "  server s {port} {keys}\n",
      "g.conf");
  ASSERT_FALSE(grid);
  const std::string errors = chat::to_string(grid.error());
  EXPECT_TRUE(errors.contains("g.conf:1: isolation: expected sandbox or isolated or plain"))
      << errors;
  EXPECT_TRUE(errors.contains("g.conf:2: implementation a: expected `server` or `client`"));
  EXPECT_TRUE(errors.contains("g.conf:3: implementation: a is there already, in line 2"));
  EXPECT_TRUE(errors.contains("g.conf:3: implementation a: expected `folder`"));
  EXPECT_TRUE(errors.contains("g.conf:6: implementation: expected a name of letters"));
  EXPECT_TRUE(errors.contains("g.conf:8: implementation: expected a name of letters"));
}

}  // namespace
}  // namespace chatspec
