// What the items of a transcript are in a profile: the bytes that go over the connection, what is
// expected, and what people are shown of them.

#pragma once

#include <string>
#include <string_view>

#include "harness/scenario/scenario.h"
#include "harness/script/dialect.h"
#include "harness/script/script.h"

namespace chatspec {

// Where an item stands.
struct Surroundings {
  Role speaker = Role::kClient;
  bool is_of_text = false;  // between DATA and its terminator, or that
  std::string_view ok;      // what `260 OK` stands for there, without its line end
};

// Borrows profile and materials.
class Wording {
 public:
  Wording(const chat::Profile& profile, const Materials& materials, const Scenario& scenario)
      : profile_(profile), materials_(materials), dialect_(profile, scenario) {}

  // Empty where the item is none that goes over the connection, or a pattern.
  std::string bytes_of(const Item& item, const Surroundings& there) const;
  // A way to meet an expectation, with all that comes next in it.
  Expectation way_of(const Alternative& alternative, const Surroundings& there) const;
  // As it stands in scenarios, in the profile's words.
  std::string shown(const Item& item, const Surroundings& there) const;

  // Whether the signature will stand after this reply, in the same unit.
  bool announces(const Item& item, Role speaker) const;

 private:
  std::string said(const Item& item, const Surroundings& there) const;
  Pattern pattern_of(const Item& item) const;
  Expectation expectation_of(const Item& item, const Surroundings& there) const;

  const chat::Profile& profile_;
  const Materials& materials_;
  Dialect dialect_;
};

}  // namespace chatspec
