#include "harness/report/log/record.h"

namespace chatspec {

bool has_line_ends(const ProfileRecord& profile) {
  const auto line_end = profile.settings.find("line-end");
  return line_end == profile.settings.end() || line_end->second.begin != "none";
}

}  // namespace chatspec
