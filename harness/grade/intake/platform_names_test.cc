#include "harness/grade/intake/platform_names.h"

#include <gtest/gtest.h>

namespace chatspec {
namespace {

TEST(PlatformNames, AreThoseOfCanvas) {
  EXPECT_EQ(parse_platform_name("doejane_12345_67890_server.py"),
            (PlatformName{"doejane", "12345", "server.py", "Canvas"}));
  EXPECT_EQ(parse_platform_name("doejane_LATE_12345_67890_my_chat_server-1.py"),
            (PlatformName{"doejane", "12345", "my_chat_server-1.py", "Canvas"}));
}

TEST(PlatformNames, AreThoseOfMoodle) {
  EXPECT_EQ(parse_platform_name("Jane van der Doe_12345_assignsubmission_file_"),
            (PlatformName{"Jane van der Doe", "12345", "", "Moodle"}));
  EXPECT_EQ(parse_platform_name("Jane Doe_12345_assignsubmission_file"),
            (PlatformName{"Jane Doe", "12345", "", "Moodle"}));
  EXPECT_EQ(parse_platform_name("Zoë Å_12345_assignsubmission_file_chat server.zip"),
            (PlatformName{"Zoë Å", "12345", "chat server.zip", "Moodle"}));
}

TEST(PlatformNames, AreThoseOfBrightspace) {
  EXPECT_EQ(parse_platform_name("1234-5678 - Jane Doe - Nov 3, 2026 1105 PM"),
            (PlatformName{"Jane Doe", "1234-5678", "", "Brightspace"}));
  EXPECT_EQ(parse_platform_name("1234-5678 - Jane - Doe - November 13, 2026 905 AM - server.py"),
            (PlatformName{"Jane - Doe", "1234-5678", "server.py", "Brightspace"}));
}

TEST(PlatformNames, AreThoseOfGradescope) {
  EXPECT_EQ(parse_platform_name("submission_4711"),
            (PlatformName{"submission_4711", "4711", "", ""}));
}

TEST(PlatformNames, AreNoOthers) {
  for (const char* name : {"", "jane", "jane_doe", "chat_2026", "server_1_2", "_1_2_x", "a_1_b_c",
                           "submission_", "submission_1_", "assignsubmission_file_",
                           "1234 - Jane - Nov 3, 2026 1105 PM", "a_12_\xff"})
    EXPECT_FALSE(parse_platform_name(name)) << name;
}

}  // namespace
}  // namespace chatspec
