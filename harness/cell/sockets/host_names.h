// To which addresses a host's name leads, by a text such as that of /etc/hosts and nothing else: in
// a cell, which has no network, nothing else can be asked; nor does this wait for a resolver.

#pragma once

#include <string_view>
#include <vector>

#include "harness/cell/address.h"

namespace chatspec {

inline constexpr std::string_view kHostsFile = "/etc/hosts";

// In the order of the text, with port 0. An address in numbers leads to itself. Empty where the
// text does not know the name.
std::vector<Address> find_host(std::string_view name, std::string_view hosts);

}  // namespace chatspec
