#include "harness/grade/intake/litter.h"

#include <algorithm>
#include <array>

namespace chatspec {
namespace {

constexpr std::array<std::string_view, 12> kLitter{
    ".DS_Store", ".idea",        ".vscode",     "$RECYCLE.BIN", "System Volume Information",
    "Thumbs.db", "__MACOSX",     "__pycache__", "desktop.ini",  "ehthumbs.db",
    ".git",      ".pytest_cache"};

}  // namespace

bool is_litter(std::string_view name) {
  // "._NAME" has what macOS knows of NAME.
  return name.starts_with("._") || std::ranges::count(kLitter, name) > 0;
}

}  // namespace chatspec
