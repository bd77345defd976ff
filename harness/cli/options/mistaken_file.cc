#include "harness/cli/options/mistaken_file.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "reference/text/quote.h"

namespace chatspec {
namespace {

struct OtherKind {
  std::string_view begin;  // of each such file
  std::string_view name;
};

constexpr std::array kOtherKinds{
    OtherKind{R"({"record":)", "a log of chatspec"},
    OtherKind{"#!", "a program"},
    OtherKind{"\x7f"
              "ELF",
              "a program"},
    OtherKind{"PK\x03\x04", "an archive"},
    OtherKind{"\x1f\x8b", "an archive"},
    OtherKind{"%PDF-", "a PDF"},
    OtherKind{"<!DOCTYPE", "a page"},
    OtherKind{"<!doctype", "a page"},
};

}  // namespace

std::expected<void, std::string> refuse_other_kinds(std::string_view content,
                                                    const std::string& path,
                                                    std::string_view wanted) {
  const auto kind = std::ranges::find_if(
      kOtherKinds, [&](const OtherKind& one) { return content.starts_with(one.begin); });
  if (kind == kOtherKinds.end()) return {};
  return std::unexpected(fmt::format("{}: this is {}; what is expected here is {}",
                                     chat::escape_bytes(path), kind->name, wanted));
}

}  // namespace chatspec
