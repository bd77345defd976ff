#include "harness/cell/isolation/settings_copy.h"

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <system_error>

#include "harness/cell/isolation/system_view.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;

// What is larger is sooner shown than copied.
constexpr std::uint64_t kMostSettingBytes = std::uint64_t{256} << 10;
constexpr int kMostSettingEntries = 40;

// Whether a setting is small, and nothing in it but folders, links, and files that we may read.
bool is_cheap(const fs::path& setting) {
  std::error_code error;
  std::uint64_t bytes = 0;
  int entries = 0;
  const auto take = [&](const fs::path& path, fs::file_status status) {
    if (status.type() == fs::file_type::regular) bytes += fs::file_size(path, error);
    return !error && ++entries <= kMostSettingEntries && bytes <= kMostSettingBytes &&
           (status.type() == fs::file_type::directory || status.type() == fs::file_type::symlink ||
            (status.type() == fs::file_type::regular && std::ifstream(path).is_open()));
  };
  const fs::file_status status = fs::symlink_status(setting, error);
  if (!take(setting, status)) return false;
  if (status.type() != fs::file_type::directory) return true;
  fs::recursive_directory_iterator entry(setting, error);
  for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    if (!take(entry->path(), entry->symlink_status(error))) return false;
  }
  return !error;
}

// Links as they are, and modes as they are, whatever files we make have otherwise.
void copy_with_modes(const fs::path& from, const fs::path& to, std::error_code& error) {
  fs::copy(from, to, fs::copy_options::recursive | fs::copy_options::copy_symlinks, error);
  if (error || !fs::is_directory(fs::symlink_status(from, error))) return;
  fs::permissions(to, fs::status(from, error).permissions(), error);
  for (fs::recursive_directory_iterator entry(from, error);
       !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    if (entry->is_directory(error) && !entry->is_symlink(error))
      fs::permissions(to / entry->path().lexically_relative(from),
                      entry->status(error).permissions(), error);
  }
}

}  // namespace

std::shared_ptr<const SettingsCopy> SettingsCopy::make(const std::vector<fs::path>& settings,
                                                       const std::vector<fs::path>& hidden) {
  const auto temporary = find_temporary_folder();
  if (!temporary) return nullptr;
  auto folder = ScratchFolder::make(*temporary);
  if (!folder) return nullptr;
  const fs::path path = folder->path() / "settings";
  std::error_code error;
  fs::create_directory(path, error);
  fs::permissions(path, fs::perms{0755}, error);
  if (error) return nullptr;
  std::shared_ptr<SettingsCopy> copy(new SettingsCopy(*std::move(folder), path));
  for (const fs::path& setting : settings) {
    if (setting.parent_path() != kSettingsFolder) continue;
    const bool is_open = std::ranges::none_of(
        hidden, [&](const fs::path& one) { return lies_within(one, setting); });
    if (!(is_open && copy->add(setting)) && !copy->add_place(setting)) return nullptr;
  }
  return copy;
}

bool SettingsCopy::add(const fs::path& setting) {
  if (!is_cheap(setting)) return false;
  std::error_code error;
  const fs::path place = path_ / setting.filename();
  copy_with_modes(setting, place, error);
  if (!error) {
    held_.insert(setting);
    return true;
  }
  fs::remove_all(place, error);
  return false;
}

bool SettingsCopy::add_place(const fs::path& setting) const {
  std::error_code error;
  const fs::path place = path_ / setting.filename();
  if (fs::is_symlink(fs::symlink_status(setting, error))) return false;
  if (fs::is_directory(setting, error)) return fs::create_directory(place, error);
  return std::ofstream(place).is_open();
}

}  // namespace chatspec
