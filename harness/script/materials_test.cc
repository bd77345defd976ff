#include "harness/script/materials.h"

#include <gtest/gtest.h>

#include "harness/scenario/source.h"
#include "harness/script/script.h"
#include "reference/signature.h"

namespace chatspec {
namespace {

TEST(Materials, AMessageForWhichNoKeyIsLeftHasALineInTheSignatureFileToo) {
  Scenario scenario;
  ASSERT_EQ(check_source("scenario  t\ncovers    STATE-4\nrole      server\nkey       k\n"
                         "message   one\nmessage   two\n\nC: HELLO\nS: <close>\n",
                         "f", scenario),
            "");
  const chat::Profile& line = *chat::find_profile("line");
  const Materials own = make_materials(scenario, line, "a/b", 0, std::nullopt);
  ASSERT_EQ(own.file_signatures.size(), 2U);
  EXPECT_EQ(own.file_signatures[0], chat::sign(line, "one", "k"));
  EXPECT_TRUE(chat::is_signature(own.file_signatures[1]));
  const Materials given = make_materials(scenario, line, "a/b", 0, GivenKeys({"x"}));
  EXPECT_EQ(given.file_signatures.size(), 2U);
}

TEST(Materials, GivenKeysMayBeFewerThanTheSignaturesThatAScenarioExpects) {
  Scenario scenario;
  ASSERT_EQ(check_source("scenario  t\ncovers    SIG-2\nrole      server\n"
                         "message   one\nmessage   two\n\n"
                         "C: HELLO\nS: <signature 2>\nS: <signature 1 with key 2>\n",
                         "f", scenario),
            "");
  const Script script = make_script(scenario, "a/b",
                                    {.role = Role::kServer,
                                     .profile = *chat::find_profile("line"),
                                     .given_keys = GivenKeys({"x"})});
  ASSERT_EQ(script.steps.size(), 3U);
  EXPECT_EQ(script.steps[1].alternatives.front().key, 2U);
  EXPECT_EQ(script.steps[2].alternatives.front().key, 2U);
}

}  // namespace
}  // namespace chatspec
