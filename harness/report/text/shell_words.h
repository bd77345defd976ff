// Words as a shell reads them.

#pragma once

#include <span>
#include <string>

namespace chatspec {

// The words as one text that a shell takes apart into these words again.
std::string quote_words(std::span<const std::string> words);

// The same in one line that can be shown whatever the words hold: one with control characters is
// written as $'a\nb', which not every shell knows.
std::string show_words(std::span<const std::string> words);

}  // namespace chatspec
