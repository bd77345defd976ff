// What one side of a conversation is to say by the protocol, and how far what it said agrees.

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reference/profile.h"

namespace chatspec {

// Where the bytes that a side said are no more those that were due. The texts are units, or what
// of them matters: as bytes, to be quoted.
struct Divergence {
  std::string_view requirement{};  // the id of the one by which they were due
  std::string due{};               // empty where nothing was
  std::string said{};
};

class DueStream {
 public:
  // Borrows the profile.
  explicit DueStream(const chat::Profile& profile) : profile_(profile) {}

  // More is due, by a requirement.
  void add(std::string_view bytes, std::string_view requirement);
  // What is added next may have a line end in front of it, which then means nothing.
  void allow_line_end();
  // What the side says. Gives where it first differs; from then on nothing more is compared. What
  // it says while nothing is due differs, too: `requirement` is then empty. Digits of a signature
  // in the other case are remembered, and do not differ (SIG-3, SIG-5).
  std::optional<Divergence> take(std::string_view said);

  bool agrees() const { return agrees_; }
  // Whether something is due that it has not said.
  bool is_owing() const { return agrees_ && at_ < bytes_.size(); }
  // That, up to the end of its unit: of an owing one. `said` is what of the unit was said.
  Divergence owed() const;
  // Whether a signature came with digits in the other case.
  bool has_other_case() const { return has_other_case_; }

 private:
  struct Part {
    std::size_t end;
    std::string_view requirement;
  };

  bool is_allowed(char said);
  const Part& part_at(std::size_t at) const;
  std::size_t unit_begin(std::size_t at) const;
  std::size_t unit_end(std::size_t at) const;
  bool is_other_case(char said) const;
  std::string_view requirement_at(std::size_t at, char said) const;

  const chat::Profile& profile_;
  std::string bytes_{};  // all that was ever due
  std::vector<Part> parts_{};
  std::size_t at_ = 0;  // so many of them were said
  // What may be said besides, before the byte at a place; empty where nothing may.
  std::string_view allowed_{};
  std::size_t allowed_at_ = 0;
  bool agrees_ = true;
  bool has_other_case_ = false;
};

}  // namespace chatspec
