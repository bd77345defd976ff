// Ways in which a client comes to a server and goes again, of which each may leave something behind
// that another does not.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "harness/explore/fuzz/said.h"
#include "reference/profile.h"

namespace chatspec {

struct Visit {
  std::string_view name{};  // "breaks-off"
  std::string_view does{};  // for people: "a close within a text"
  SaidConversation said{};
  // How large its text is, where that is what it is about: then memory is looked at, too.
  std::size_t text_bytes = 0;
};

// The server has as many keys as it takes. The profile has line ends.
std::vector<Visit> make_visits(const chat::Profile& profile);
// Their names, in that order.
std::vector<std::string> list_visits();

}  // namespace chatspec
