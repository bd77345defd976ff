// Who wakes from outside.

#pragma once

#include <functional>
#include <map>
#include <string>

namespace wake_program {

// What is done at first, and at the end, or let go of then.
struct Poke {
  std::function<void()> prepare = [] {};
  std::function<void()> wake = [] {};
};

// By the means that they wake.
const std::map<std::string, Poke>& pokes();

// Lets somebody be there who will wake us: a child of ours, or an outsider, who is already.
void expect_poke();

}  // namespace wake_program
