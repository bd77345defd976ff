#include "harness/grade/recipe_of_submission.h"

#include <gtest/gtest.h>

namespace chatspec {
namespace {

Assignment of_two_languages() {
  Assignment assignment;
  assignment.recipes = {{.name = "java", .when = {"*.java", "Server.*"}},
                        {.name = "python", .when = {"server.py"}}};
  return assignment;
}

TEST(RecipeOfSubmission, IsTheFirstWhoseFilesAreThere) {
  const Assignment assignment = of_two_languages();
  EXPECT_EQ(choose_recipe(assignment, {"Client.java", "Server.java"}).value()->name, "java");
  EXPECT_EQ(choose_recipe(assignment, {"Server.java", "server.py"}).value()->name, "java");
  EXPECT_EQ(choose_recipe(assignment, {"Client.java", "server.py"}).value()->name, "python");
  EXPECT_FALSE(find_recipe(assignment, {"my_server.py"}));
}

TEST(RecipeOfSubmission, SaysWhatWasLookedFor) {
  const Assignment assignment = of_two_languages();
  EXPECT_EQ(choose_recipe(assignment, {"a", "b\n"}).error(),
            "its files are of none of the assignment's languages: expected java (*.java Server.*) "
            "or python (server.py), found \"a\", \"b\\n\"");
  EXPECT_TRUE(choose_recipe(assignment, std::vector<std::string>(10, "x"))
                  .error()
                  .ends_with("\"x\" and 2 more"));
}

}  // namespace
}  // namespace chatspec
