// Where, in what the harness sends, the texts end: an answer that comes before that has come too
// early (DATA-2), whatever it says. Counted in bytes, so that it holds however they are cut into
// segments.

#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <string_view>

#include "harness/scenario/scenario.h"
#include "reference/profile.h"

namespace chatspec {

class Terminators {
 public:
  // Borrows the profile.
  explicit Terminators(const chat::Profile& profile) : profile_(profile) {}

  // Takes the next line that is sent, as `bytes`. `is_of_text` is what TextLines says of it.
  void add(const TranscriptLine& line, bool is_of_text, std::string_view bytes);

  // How many bytes of the connection are sent up to and with the terminator of the next text that
  // is answered. 0 where that cannot be told, since a scenario's own bytes may hold a terminator,
  // too.
  std::size_t take_next(int connection);

 private:
  struct Stream {
    std::size_t sent = 0;
    std::deque<std::size_t> ends;  // of texts that are not answered yet
    bool known = true;
  };

  bool may_hide_terminator(const Item& item, std::string_view bytes) const;

  const chat::Profile& profile_;
  std::map<int, Stream> streams_;  // by connection
};

}  // namespace chatspec
