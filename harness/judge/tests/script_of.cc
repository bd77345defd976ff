#include "harness/judge/tests/script_of.h"

#include <string>

#include <gtest/gtest.h>

#include "harness/scenario/source.h"

namespace chatspec {

Script script_of(Role role, std::string_view lines, std::string_view profile) {
  const std::string source = "scenario  t\ncovers    FRAME-3\nrole      " +
                             std::string(to_string(role)) + "\n" + std::string(lines);
  Scenario scenario;
  EXPECT_EQ(check_source(source, "t", scenario), "") << source;
  return make_script(scenario, "t", {.role = role, .profile = *chat::find_profile(profile)});
}

std::size_t last_expectation(const Script& script) {
  std::size_t step = script.steps.size();
  while (step > 0 && script.steps[step - 1].action != Action::kExpect) --step;
  EXPECT_GT(step, 0U);
  return step - 1;
}

}  // namespace chatspec
