#include "harness/grade/source_traces.h"

#include <gtest/gtest.h>

namespace chatspec {
namespace {

TEST(SourceTraces, AreWhatTheSuiteHasInEveryRunAndItsName) {
  const std::vector<KnownConstant> constants{{"0123abcd", "a signature of a/b"},
                                             {"a text of ours", "a text of c/d"}};
  SourceTraces traces(constants);
  traces.look_at("server.py", "import socket\nif text == 'a text of ours':\n  say('0123abcd')\n");
  traces.look_at("lib/util.py", "print('hello')\n");
  traces.look_at("test.sh", "chatspec run");
  const std::vector<SourceTrace> expected{{"server.py", 3, "a signature of a/b"},
                                          {"server.py", 2, "a text of c/d"},
                                          {"test.sh", 1, "the name of chatspec"}};
  EXPECT_EQ(traces.found(), expected);
}

TEST(SourceTraces, AreAFewHoweverManyThereAre) {
  SourceTraces traces({});
  for (int i = 0; i < 100; ++i) traces.look_at(std::to_string(i), "chatspec");
  EXPECT_EQ(traces.found().size(), 5U);
}

}  // namespace
}  // namespace chatspec
