// Lists of words that a command line may name, for shells to complete.

#pragma once

#include <string>
#include <vector>

namespace chatspec {

// The name is that which stands for the value in help, such as TAG. The words have nothing that a
// shell would not take for a part of a word.
struct WordList {
  std::string name;
  std::vector<std::string> words;
};

// What the protocol, the judge and lint have names for, and the names and tags of chatspec's own
// suite, where that is found.
std::vector<WordList> collect_word_lists();

// The same without a word in which a shell would see more than a word.
std::vector<std::string> only_plain_words(std::vector<std::string> words);

}  // namespace chatspec
