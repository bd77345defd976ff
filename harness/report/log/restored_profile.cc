#include "harness/report/log/restored_profile.h"

#include <map>

#include "reference/profile_settings.h"

namespace chatspec {

std::expected<chat::Profile, std::string> restore_profile(const ProfileRecord& record) {
  std::map<std::string, std::string> settings;
  for (const auto& [name, value] : record.settings) settings.emplace(name, value.begin);
  return chat::make_profile(record.name, settings);
}

}  // namespace chatspec
