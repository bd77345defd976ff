// A copy of the machine's settings, in which all that are small lie in one folder. Bubblewrap goes
// through the list of all mounts after each that it makes, so that to show some forty files one by
// one is a third of its work.

#pragma once

#include <filesystem>
#include <memory>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "harness/cell/folders/scratch_folder.h"

namespace chatspec {

// Where a system keeps its settings.
inline constexpr std::string_view kSettingsFolder = "/etc";

class SettingsCopy {
 public:
  // Of these paths those that lie in kSettingsFolder, and within which none of `hidden` lies. Null
  // where no copy can be made.
  static std::shared_ptr<const SettingsCopy> make(
      const std::vector<std::filesystem::path>& settings,
      const std::vector<std::filesystem::path>& hidden);

  // What is to be seen as kSettingsFolder. It has an empty place for each setting that is not held.
  const std::filesystem::path& path() const { return path_; }
  bool holds(const std::filesystem::path& setting) const { return held_.contains(setting); }

 private:
  SettingsCopy(ScratchFolder folder, std::filesystem::path path)
      : folder_(std::move(folder)), path_(std::move(path)) {}
  bool add(const std::filesystem::path& setting);
  bool add_place(const std::filesystem::path& setting) const;

  ScratchFolder folder_;
  std::filesystem::path path_;
  std::set<std::filesystem::path> held_{};
};

}  // namespace chatspec
