#include "harness/play/interpreter.h"

#include <sstream>

#include <gtest/gtest.h>

namespace chatspec {
namespace {

std::vector<std::string> split(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

TEST(FindScriptWord, FindsItBehindTheOptionsThatAreKnown) {
  struct Row {
    std::string text;
    std::string script;  // "" where it is not plain
  };
  for (const Row& row : {
           Row{"python3 server.py {port}", "server.py"},
           Row{"/usr/bin/python3.11 -u src/server {port}", "src/server"},
           Row{"python3 -uB -W ignore -X dev server.py", "server.py"},
           Row{"python -m pkg", ""},
           Row{"python3 -c print() server.py", ""},
           Row{"python3 {keys}", ""},
           Row{"python3 {script}.py", ""},
           Row{"python3 - server.py", ""},
           Row{"python3", ""},
           Row{"python3 -W", ""},
           Row{"python3 server", ""},
           Row{"node server.js", "server.js"},
           Row{"node --require x.js server.js", ""},
           Row{"java -jar server.jar", ""},
           Row{"java Server {port}", ""},
           Row{"java -cp a:b Server.java", ""},
           Row{"java Server.java {port}", "Server.java"},
           Row{"sh -c server.sh", ""},
           Row{"bash -eu run.sh", "run.sh"},
           Row{"./server.py x.py", ""},
           Row{"env python3 server.py", ""},
       }) {
    const auto words = split(row.text);
    const auto found = find_script_word(words);
    EXPECT_EQ(found ? words[*found] : "", row.script) << row.text;
  }
}

TEST(IsModuleName, HoldsForTheWordBehindMinusM) {
  EXPECT_TRUE(is_module_name(split("python3 -u -m pkg {port}"), 3));
  EXPECT_FALSE(is_module_name(split("python3 -u -m pkg {port}"), 4));
  EXPECT_FALSE(is_module_name(split("server -m pkg"), 2));
  EXPECT_FALSE(is_module_name(split("python3 server.py"), 1));
}

}  // namespace
}  // namespace chatspec
