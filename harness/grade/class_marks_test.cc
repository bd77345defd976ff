#include "harness/grade/class_marks.h"

#include <gtest/gtest.h>

namespace chatspec {
namespace {

ClassMarks marks_of_two() {
  return {.chatspec = "1.0 abc",
          .suite = "5f",
          .seed = 18'446'744'073'709'551'615U,
          .settings = {"title Exercise \"3\"", "c: server ./server {port} {keys}"},
          .parts = {{Role::kServer, "hello quit", *Points::parse("30.5")}},
          .played = {{Role::kServer, "hello/a"}, {Role::kClient, "hello/b[x]"}},
          .scores = {{.id = "ann",
                      .student = "Ann\n",
                      .key = "12",
                      .language = "c",
                      .files = "0a",
                      .total = *Points::parse("12.25"),
                      .remark = "the client could not be built",
                      .parts = {*Points::parse("12.25")},
                      .mistakes = {{Role::kClient, "mistake/lf", "no LF", "LINE-1", "hello/b[x]",
                                    *Points::parse("2")}},
                      .cases = {{Role::kClient, "hello/b[x]", Verdict::kHang, "silence"}},
                      .flaky = 2},
                     {.id = "bob", .why_not = "it is encrypted"}}};
}

TEST(ClassMarks, AreReadAsTheyWereWritten) {
  const ClassMarks marks = marks_of_two();
  const auto read = read_class_marks(write_class_marks(marks));
  ASSERT_TRUE(read) << read.error();
  EXPECT_EQ(*read, marks);
}

TEST(ClassMarks, HoldTextsThatAreNoUtf8) {
  ClassMarks marks = marks_of_two();
  marks.scores.front().student = "J\xf6rg";
  const auto read = read_class_marks(write_class_marks(marks));
  ASSERT_TRUE(read) << read.error();
  EXPECT_EQ(read->scores.front().student, "J\xef\xbf\xbdrg");
}

TEST(ClassMarks, AreRefusedWithTheLineWhereTheyAreNone) {
  const std::string whole = write_class_marks(marks_of_two());
  const auto expect_wrong = [](const std::string& text, std::string_view line) {
    const auto read = read_class_marks(text);
    ASSERT_FALSE(read) << text;
    EXPECT_TRUE(read.error().starts_with(line)) << read.error();
  };
  expect_wrong("", "line 1: ");
  expect_wrong("[]\n", "line 1: ");
  expect_wrong("{\"marks\":2}\n", "line 1: ");
  expect_wrong(whole.substr(0, whole.size() - 3), "line 3: ");
  expect_wrong(whole + "{}\n", "line 4: ");
  std::string text = whole;
  expect_wrong(text.replace(text.find("12.25"), 5, "12,25"), "line 2: ");
  text = whole;
  expect_wrong(text.replace(text.find("hang"), 4, "hung"), "line 2: ");
}

}  // namespace
}  // namespace chatspec
