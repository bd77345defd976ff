// A suite that a test writes down, without files.

#pragma once

#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "harness/scenario/source.h"
#include "harness/suite/case.h"

namespace chatspec {

// Adding to it is only allowed until its cases are listed, which borrow from it.
class MemorySuite {
 public:
  MemorySuite& add(const std::string& id, const std::string& source) {
    ScenarioFile file{.id = id, .path = id + ".chat", .source = source, .scenario = {}};
    EXPECT_EQ(check_source(file.source, id, file.scenario), "");
    suite_.files.push_back(std::move(file));
    return *this;
  }
  const Suite& suite() const { return suite_; }
  std::vector<Case> cases() const { return list_cases(suite_); }

 private:
  Suite suite_;
};

}  // namespace chatspec
