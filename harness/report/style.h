// Colours, or none.

#pragma once

#include <string>
#include <string_view>

#include "harness/judge/verdict.h"

namespace chatspec {

enum class Emphasis { kNone, kStrong, kFaint, kGood, kRemark, kBad };

// Whether a terminal of this TERM (null where it is not set) does what control sequences say. One
// that is "dumb", or unknown, shows them as rubbish.
bool obeys_controls(const char* term);

// Whether to write colours: as NO_COLOR and CLICOLOR_FORCE say (no-color.org,
// bixense.com/clicolors), else where a terminal shows them. Either is null where it is not set.
bool wants_colour(const char* no_color, const char* clicolor_force, bool is_able_terminal);

class Style {
 public:
  explicit Style(bool colours) : colours_(colours) {}
  std::string paint(Emphasis emphasis, std::string_view text) const;
  std::string paint(Verdict verdict) const;  // its word, in its colour

 private:
  bool colours_;
};

Emphasis emphasis_of(Verdict verdict);

}  // namespace chatspec
