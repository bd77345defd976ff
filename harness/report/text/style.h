// How a report looks on a terminal: its colours, or none, its width, and whether cases lead to
// their scenarios.

#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "harness/judge/findings/verdict.h"
#include "harness/report/text/paragraph.h"

namespace chatspec {

struct CaseRecord;

enum class Emphasis { kNone, kStrong, kFaint, kGood, kRemark, kBad };

// Whether a terminal of this TERM (null where it is not set) does what control sequences say. One
// that is "dumb", or unknown, shows them as rubbish.
bool obeys_controls(const char* term);

// Whether to write colours: as NO_COLOR and CLICOLOR_FORCE say (no-color.org,
// bixense.com/clicolors), else where a terminal shows them. Either is null where it is not set.
bool wants_colour(const char* no_color, const char* clicolor_force, bool is_able_terminal);

// Whether a terminal shows links (OSC 8), as far as its environment tells; many show rubbish in
// their place. FORCE_HYPERLINK says it itself: 0 for no, else yes. `value_of` gives a variable's
// value, or null.
bool shows_links(const std::function<const char*(const char* name)>& value_of);

// In fewer columns nothing can be read, and in more no line of prose.
inline constexpr std::size_t kLeastColumns = 50;
inline constexpr std::size_t kMostColumns = 200;

class Style {
 public:
  // Where the scenario of a case lies, as a URI; "" where that is not known.
  using Locate = std::function<std::string(const CaseRecord&)>;

  // For so many columns, as far as they are no less and no more than those above. Where `locate` is
  // empty there are no links.
  explicit Style(bool colours, std::size_t columns = kColumns, Locate locate = {});

  std::size_t columns() const { return columns_; }
  std::string paint(Emphasis emphasis, std::string_view text) const;
  std::string paint(Verdict verdict) const;  // its word, in its colour
  // The text, which is printable, as a link to the case's scenario.
  std::string link(const CaseRecord& played, std::string_view text) const;

 private:
  bool colours_;
  std::size_t columns_;
  Locate locate_;
};

Emphasis emphasis_of(Verdict verdict);

}  // namespace chatspec
