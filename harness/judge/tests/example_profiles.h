// For tests: profiles as courses write them.

#pragma once

#include <cstddef>
#include <iosfwd>
#include <span>
#include <string_view>

namespace chatspec {

struct ExampleProfile {
  std::string_view name;  // letters
  std::string_view text;  // of its file
  // How many cases of the suite mean in it what they say, in both roles together: a mistake in
  // telling which (dialect.h) would otherwise leave the suite empty unnoticed.
  std::size_t cases_at_least;
};

void PrintTo(const ExampleProfile& profile, std::ostream* out);

std::span<const ExampleProfile> example_profiles();

}  // namespace chatspec
