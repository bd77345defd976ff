#include "harness/grade/intake/take_in.h"

#include <algorithm>
#include <expected>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "harness/cell/folders/remove_folder.h"
#include "harness/grade/intake/archive.h"
#include "harness/grade/intake/content_hash.h"
#include "harness/grade/intake/gradescope_metadata.h"
#include "harness/grade/intake/litter.h"
#include "harness/grade/intake/platform_names.h"
#include "reference/program/whole_file.h"
#include "reference/signature.h"
#include "reference/text/printable.h"
#include "reference/text/quote.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;

// What is wrong, in a sentence without a full stop.
template <typename Value>
using OrWhyNot = std::expected<Value, std::string>;

// Folders and archives that each hold nothing but the next.
constexpr int kMostWrappings = 8;
constexpr std::size_t kMostDigitsOfId = 8;
constexpr std::size_t kMaxIdBytes = 80;

bool is_folder(const fs::path& path) {
  std::error_code failure;
  return fs::is_directory(fs::symlink_status(path, failure));
}

bool is_file(const fs::path& path) {
  std::error_code failure;
  return fs::is_regular_file(fs::symlink_status(path, failure));
}

bool is_archive(const fs::path& path) {
  return is_file(path) && strip_archive_suffix(path.filename().string()).has_value();
}

// Files that platforms add.
bool is_of_platform(std::string_view name) {
  return name == "index.html" || name == kGradescopeMetadata;
}

// Whose the folders of a Gradescope export are, where it has such a file.
std::map<std::string, GradescopeSubmitters, std::less<>> read_gradescope_metadata(
    const std::vector<fs::path>& entries) {
  constexpr std::size_t kMostBytes = std::size_t{16} << 20;
  const auto file = std::ranges::find(entries, kGradescopeMetadata, [](const fs::path& entry) {
    return entry.filename().string();
  });
  if (file == entries.end() || !is_file(*file)) return {};
  const auto text = chat::read_whole(*file, kMostBytes);
  return parse_gradescope_metadata(text.value_or(""));
}

OrWhyNot<std::vector<fs::path>> list_entries(const fs::path& folder) {
  std::vector<fs::path> entries;
  std::error_code failure;
  for (fs::directory_iterator entry(folder, failure); !failure && entry != fs::end(entry);
       entry.increment(failure)) {
    if (!is_litter(entry->path().filename().string())) entries.push_back(entry->path());
  }
  if (failure) return std::unexpected("cannot read this folder: " + failure.message());
  std::ranges::sort(entries);
  return entries;
}

std::vector<std::string> names_of(const std::vector<fs::path>& entries) {
  std::vector<std::string> names;
  for (const fs::path& entry : entries) names.push_back(entry.filename().string());
  return names;
}

// A file's or folder's name in letters that every file system and every shell takes. What is lost
// by that is told apart by digits.
std::string make_id(std::string_view name) {
  std::string id;
  for (const char c : name.substr(0, kMaxIdBytes)) {
    const bool stays = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '_' || (c == '.' && !id.empty());
    id += stays ? c : '-';
  }
  if (id == name) return id;
  return fmt::format("{}-{}", id, chat::sha256_hex(name).substr(0, kMostDigitsOfId));
}

// Who handed in, and where.
struct Handed {
  std::string student;
  std::string key{};
  std::string platform{};
  fs::path place{};                                       // a folder or an archive, or:
  std::vector<std::pair<fs::path, std::string>> files{};  // each with what the student called it
};

class IntakeMaker {
 public:
  IntakeMaker(fs::path unpacked, const IsProgram& is_program)
      : unpacked_(std::move(unpacked)), is_program_(is_program) {}

  void take_source(const fs::path& source) {
    const std::string name = name_of_source(source);
    if (is_archive(source)) {
      const std::string own_name(*strip_archive_suffix(name));
      const auto folder = unpack(source);
      if (!folder) {
        refuse({.student = own_name, .place = source}, folder.error());
      } else if (is_one_program(*folder)) {
        take_handed({.student = own_name, .place = *folder});
      } else {
        take_folder(*folder, own_name);
      }
    } else if (is_folder(source) || fs::is_directory(source)) {
      take_folder(source, name);
    } else {
      refuse({.student = name, .place = source},
             "it is neither a folder nor an archive (zip, 7z, tar)");
    }
  }

  Intake finish() {
    std::ranges::sort(intake_.submissions, {}, &Submission::id);
    std::ranges::sort(intake_.refused, {}, &RefusedSubmission::id);
    std::ranges::sort(intake_.passed_over);
    return std::move(intake_);
  }

 private:
  static std::string name_of_source(const fs::path& source) {
    const fs::path path = fs::absolute(source).lexically_normal();
    return (path.has_filename() ? path : path.parent_path()).filename().string();
  }

  // A submission, or a folder of them.
  void take_folder(const fs::path& folder, const std::string& name) {
    const auto entries = list_entries(folder);
    if (!entries) return refuse({.student = name, .place = folder}, entries.error());
    const bool is_of_many = std::ranges::any_of(names_of(*entries), [](const std::string& entry) {
      return parse_platform_name(entry).has_value();
    });
    if (!is_of_many && is_program_(names_of(*entries)))
      return take_handed({.student = name, .place = folder});
    // An export lies in a folder of its own within its archive.
    if (entries->size() == 1 && is_folder(entries->front()) && !is_of_many &&
        holds_many(entries->front()))
      return take_folder(entries->front(), name);
    take_entries(*entries);
  }

  // The folder or archive in which a program may lie that does not lie in this one: there is no
  // other, and no more than files beside a folder.
  std::optional<fs::path> find_wrapped(const std::vector<fs::path>& entries) const {
    if (is_program_(names_of(entries))) return std::nullopt;
    const auto is_place = [](const fs::path& one) { return is_folder(one) || is_archive(one); };
    if (std::ranges::count_if(entries, is_place) != 1) return std::nullopt;
    const fs::path& place = *std::ranges::find_if(entries, is_place);
    if (entries.size() == 1) return place;
    const auto inner = is_folder(place) ? list_entries(place) : std::vector<fs::path>();
    return inner && is_program_(names_of(*inner)) ? std::optional(place) : std::nullopt;
  }

  // Whether all of an archive is somebody's program, in however many folders: not where a platform
  // names somebody else, or the program is in yet another archive.
  bool is_one_program(fs::path folder) const {
    for (int i = 0; i <= kMostWrappings; ++i) {
      const auto entries = list_entries(folder);
      if (!entries) return false;
      const auto names = names_of(*entries);
      const auto is_theirs = [](const std::string& name) {
        return is_of_platform(name) || parse_platform_name(name);
      };
      if (std::ranges::any_of(names, is_theirs)) return false;
      if (is_program_(names)) return true;
      const auto next = find_wrapped(*entries);
      if (!next || !is_folder(*next)) return false;
      folder = *next;
    }
    return false;
  }

  bool holds_many(const fs::path& folder) const {
    const auto entries = list_entries(folder);
    return entries && !is_program_(names_of(*entries)) &&
           std::ranges::any_of(*entries, [](const fs::path& entry) {
             return is_folder(entry) || is_archive(entry) ||
                    parse_platform_name(entry.filename().string());
           });
  }

  void take_entries(const std::vector<fs::path>& entries) {
    const auto of_gradescope = read_gradescope_metadata(entries);
    std::map<std::pair<std::string, std::string>, Handed> by_student;
    for (const fs::path& entry : entries) {
      const std::string name = entry.filename().string();
      auto of_platform = parse_platform_name(name);
      if (const auto known = of_gradescope.find(name); known != of_gradescope.end())
        of_platform = {
            .student = known->second.names, .key = known->second.key, .platform = "Gradescope"};
      const bool is_single = of_platform && !of_platform->file.empty() && !is_folder(entry);
      if (is_single) {
        Handed& handed = by_student[{of_platform->student, of_platform->key}];
        handed.student = of_platform->student;
        handed.key = of_platform->key;
        handed.platform = of_platform->platform;
        handed.files.emplace_back(entry, of_platform->file);
      } else if (is_folder(entry) || is_archive(entry)) {
        const std::string own_name(is_folder(entry) ? name : *strip_archive_suffix(name));
        of_platform ? take_handed({.student = of_platform->student,
                                   .key = of_platform->key,
                                   .platform = of_platform->platform,
                                   .place = entry})
                    : take_handed({.student = own_name, .place = entry});
      } else if (!is_of_platform(name)) {
        intake_.passed_over.push_back(entry.string());
      }
    }
    for (auto& [who, handed] : by_student) {
      // A single archive is what it holds.
      if (handed.files.size() == 1 && is_archive(handed.files.front().first))
        handed.place = handed.files.front().first;
      take_handed(std::move(handed));
    }
  }

  void take_handed(Handed handed) {
    auto folder = find_program(handed);
    if (!folder) return refuse(handed, folder.error());
    const auto entries = list_entries(*folder);
    if (!entries) return refuse(handed, entries.error());
    auto hash = hash_contents(*folder);
    if (!hash) return refuse(handed, hash.error());
    intake_.submissions.push_back({.id = choose_id(handed),
                                   .student = chat::mask_controls(handed.student, ""),
                                   .key = handed.key,
                                   .platform = handed.platform,
                                   .folder = fs::absolute(*folder),
                                   .names = names_of(*entries),
                                   .hash = *std::move(hash)});
  }

  void refuse(const Handed& handed, std::string why) {
    intake_.refused.push_back({.id = choose_id(handed),
                               .student = chat::mask_controls(handed.student, ""),
                               .key = handed.key,
                               .platform = handed.platform,
                               .why = std::move(why)});
  }

  // While a folder has no program of its own, goes into the one in it that may have.
  OrWhyNot<fs::path> find_program(const Handed& handed) {
    OrWhyNot<fs::path> place = handed.place.empty() ? gather(handed) : handed.place;
    for (int i = 0; place && i < kMostWrappings; ++i) {
      if (is_archive(*place)) place = unpack(*place);
      if (!place) break;
      const auto entries = list_entries(*place);
      if (!entries) return std::unexpected(entries.error());
      if (entries->empty()) return std::unexpected("there is no file in it");
      const auto next = find_wrapped(*entries);
      if (!next) return place;
      place = *next;
    }
    if (place && is_archive(*place)) return std::unexpected("archives within archives within it");
    return place;
  }

  // A folder of its own, which nobody has used yet.
  OrWhyNot<fs::path> make_folder() {
    const fs::path folder = unpacked_ / std::to_string(++folders_);
    std::error_code failure;
    if (fs::create_directory(folder, failure)) return folder;
    return std::unexpected(fmt::format("cannot make a folder for it: {}",
                                       failure ? failure.message() : "there is one"));
  }

  OrWhyNot<fs::path> unpack(const fs::path& archive) {
    auto folder = make_folder();
    if (!folder) return folder;
    if (auto outcome = unpack_archive(archive, *folder); !outcome) {
      remove_folder(*folder);
      return std::unexpected(fmt::format(
          "the archive {}: {}", chat::quote(archive.filename().string()), outcome.error()));
    }
    return folder;
  }

  // The files of one student, in a folder. Names that are the same are told by the platform.
  OrWhyNot<fs::path> gather(const Handed& handed) {
    auto folder = make_folder();
    if (!folder) return folder;
    for (const auto& [from, name] : handed.files) {
      std::error_code failure;
      if (!is_file(from)) return std::unexpected(fmt::format("{} is no file", chat::quote(name)));
      fs::copy_file(from, *folder / fs::path(name).filename(), failure);
      if (failure)
        return std::unexpected(
            fmt::format("cannot copy {}: {}", chat::quote(name), failure.message()));
    }
    return folder;
  }

  // One that nobody has yet: the same each time that the same was handed in.
  std::string choose_id(const Handed& handed) {
    const std::string name =
        handed.key.empty() ? handed.student : handed.student + "_" + handed.key;
    std::string id = make_id(name);
    for (int next = 2; !ids_.insert(id).second; ++next)
      id = fmt::format("{}-{}", make_id(name), next);
    return id;
  }

  fs::path unpacked_;
  const IsProgram& is_program_;
  std::set<std::string> ids_{};
  std::size_t folders_ = 0;
  Intake intake_{};
};

}  // namespace

Intake take_in(const std::vector<fs::path>& sources, const fs::path& unpacked,
               const IsProgram& is_program) {
  IntakeMaker maker(unpacked, is_program);
  for (const fs::path& source : sources) maker.take_source(source);
  return maker.finish();
}

}  // namespace chatspec
