#include "harness/report/file_uri.h"

#include <cassert>

#include <fmt/format.h>

namespace chatspec {

std::string escape_uri_path(std::string_view path) {
  constexpr std::string_view kAllowed =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/";
  std::string uri;
  for (const char c : path) {
    if (kAllowed.contains(c)) {
      uri += c;
    } else {
      uri += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return uri;
}

std::string make_file_uri(std::string_view host, std::string_view path) {
  assert(path.starts_with('/'));
  return fmt::format("file://{}{}", escape_uri_path(host), escape_uri_path(path));
}

}  // namespace chatspec
