// For tests: a scenario's source, made into what vectors are made of.

#pragma once

#include <string>
#include <vector>

#include "harness/script/script.h"
#include "harness/suite/case.h"

namespace chatspec {

// A scenario of both roles without title, `covers` and `role`, as it stands in a file
// `a/b.chat`; its mistakes fail the test.
class ExampleScenario {
 public:
  // `roles` is what `role` says: server, client or both.
  explicit ExampleScenario(const std::string& body, const std::string& roles = "server",
                           const std::string& id = "a/b");
  ExampleScenario(const ExampleScenario&) = delete;
  ExampleScenario& operator=(const ExampleScenario&) = delete;

  const std::vector<Case>& cases() const { return cases_; }
  // Of the first case.
  Script script(Role role, const chat::Profile& profile) const;

 private:
  Suite suite_;
  std::vector<Case> cases_;
};

}  // namespace chatspec
