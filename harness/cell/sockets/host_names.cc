#include "harness/cell/sockets/host_names.h"

#include <algorithm>
#include <optional>
#include <string>
#include <strings.h>

#include <arpa/inet.h>

#include "reference/text/lines.h"

namespace chatspec {
namespace {

std::optional<Address> parse_address(std::string_view numbers) {
  const std::string text(numbers);
  in_addr four{};
  in6_addr six{};
  if (inet_pton(AF_INET, text.c_str(), &four) == 1) return Address::ipv4(four, 0);
  if (inet_pton(AF_INET6, text.c_str(), &six) == 1) return Address::ipv6(six, 0);
  return std::nullopt;
}

bool is_same_name(std::string_view one, std::string_view other) {
  return one.size() == other.size() && strncasecmp(one.data(), other.data(), one.size()) == 0;
}

bool names_host(std::string_view names, std::string_view wanted) {
  for (std::string_view name; !(name = chat::take_word(names)).empty();) {
    if (is_same_name(name, wanted)) return true;
  }
  return false;
}

}  // namespace

std::vector<Address> find_host(std::string_view name, std::string_view hosts) {
  if (const auto itself = parse_address(name)) return {*itself};
  std::vector<Address> found;
  while (!hosts.empty()) {
    std::string_view line = chat::take_line(hosts);
    line = line.substr(0, line.find('#'));
    const auto address = parse_address(chat::take_word(line));
    if (address && names_host(line, name)) found.push_back(*address);
  }
  return found;
}

}  // namespace chatspec
