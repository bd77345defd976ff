// Files as URIs (RFC 8089).

#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace chatspec {

// A path as a part of a URI: what none may hold is written with %.
std::string escape_uri_path(std::string_view path);

// "file://HOST/PATH" of an absolute path; `host` may be empty.
std::string make_file_uri(std::string_view host, std::string_view path);

// The absolute path that a URI of this machine names: one whose host is empty or "localhost".
// Nothing of any other URI, of one with a query, and of a path that would hold a zero byte.
std::optional<std::string> path_of_file_uri(std::string_view uri);

}  // namespace chatspec
