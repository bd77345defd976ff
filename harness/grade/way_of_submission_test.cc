#include "harness/grade/way_of_submission.h"

#include <gtest/gtest.h>

namespace chatspec {
namespace {

Assignment of_two_languages() {
  Assignment assignment;
  assignment.ways = {{.name = "java", .when = {"*.java", "Server.*"}},
                     {.name = "python", .when = {"server.py"}}};
  return assignment;
}

TEST(WayOfSubmission, IsTheFirstWhoseFilesAreThere) {
  const Assignment assignment = of_two_languages();
  EXPECT_EQ(choose_way(assignment, {"Client.java", "Server.java"}).value()->name, "java");
  EXPECT_EQ(choose_way(assignment, {"Server.java", "server.py"}).value()->name, "java");
  EXPECT_EQ(choose_way(assignment, {"Client.java", "server.py"}).value()->name, "python");
  EXPECT_FALSE(find_way(assignment, {"my_server.py"}));
}

TEST(WayOfSubmission, SaysWhatWasLookedFor) {
  const Assignment assignment = of_two_languages();
  EXPECT_EQ(choose_way(assignment, {"a", "b\n"}).error(),
            "its files are of none of the assignment's languages: expected java (*.java Server.*) "
            "or python (server.py), found \"a\", \"b\\n\"");
  EXPECT_TRUE(choose_way(assignment, std::vector<std::string>(10, "x"))
                  .error()
                  .ends_with("\"x\" and 2 more"));
}

}  // namespace
}  // namespace chatspec
