// The reference programs pass the suite however what is sent to them is cut into segments. That
// each log is judged again to the same, run_suite() holds.

#include <gtest/gtest.h>

#include "scenarios/tests/run_chatspec.h"

namespace chatspec {
namespace {

class WholeDelivery : public testing::TestWithParam<const char*> {
 protected:
  static void expect_to_pass(const std::string& program) {
    const SuiteOutcome outcome =
        run_suite(std::string("--deadline 60 --delivery ") + GetParam() + " " + program);
    EXPECT_EQ(outcome.program.status, 0) << outcome.program.output;
    EXPECT_GT(outcome.cases.size(), 400U);
  }
};

TEST_P(WholeDelivery, IsAllTheSameToTheReferenceServer) {
  expect_to_pass("--server " + quote_word(CHATSPEC_BIN_DIR "/chat-server {port} {keys}"));
}

TEST_P(WholeDelivery, IsAllTheSameToTheReferenceClient) {
  expect_to_pass("--client " +
                 quote_word(CHATSPEC_BIN_DIR "/chat-client {host} {port} {messages} {signatures}"));
}

INSTANTIATE_TEST_SUITE_P(Of, WholeDelivery, testing::Values("units", "joined", "bytes"),
                         [](const auto& tested) { return std::string(tested.param); });

}  // namespace
}  // namespace chatspec
