#include "harness/vectors/tests/vector_case.h"

#include <gtest/gtest.h>

#include "harness/scenario/source.h"

namespace chatspec {

ExampleScenario::ExampleScenario(const std::string& body, const std::string& roles,
                                 const std::string& id) {
  const std::string covers = roles == "client"   ? "HELLO-1"
                             : roles == "server" ? "HELLO-2"
                                                 : "HELLO-1 HELLO-2";
  ScenarioFile file{.id = id,
                    .path = id + ".chat",
                    .source = "# Why it is there.\nscenario  an example\ncovers    " + covers +
                              "\nrole      " + roles + "\n" + body,
                    .scenario = {}};
  EXPECT_EQ(check_source(file.source, id, file.scenario), "") << body;
  suite_.files.push_back(std::move(file));
  cases_ = list_cases(suite_);
}

Script ExampleScenario::script(Role role, const chat::Profile& profile) const {
  const Case& one = cases_.front();
  return make_script(one.scenario, one.id, {.role = role, .profile = profile});
}

}  // namespace chatspec
