// The folder in which a grading keeps what it has, and leaves what it finds.

#pragma once

#include <expected>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

#include "harness/cell/file_descriptor.h"

namespace chatspec {

//   scores.csv        what each submission earns
//   class.html        all of them, and what they have in common
//   students/ID.html  what one is told, and the same as ID.txt
//   logs/ID.ROLE.jsonl  what was played, and again alone as ID.ROLE.again.jsonl
//   status.json       how far it is, for scripts
//   marks.jsonl       the marks with all that tells why, for a comparison (class_marks.h)
//   marks.before.jsonl  the same as they were before they last changed
//   journal.jsonl     what of it is done
//   unpacked/         of archives; made anew each time
class GradingFolder {
 public:
  // Makes the folder, or takes one that is empty or has a grading that is to be gone on with; else,
  // and while another chatspec grades in it, it is an error. That is a sentence.
  static std::expected<GradingFolder, std::string> take(const std::filesystem::path& path,
                                                        bool resumes);

  // One that is only read, whoever grades in it.
  static GradingFolder look_at(std::filesystem::path path) { return {std::move(path), {}}; }

  std::filesystem::path scores() const { return path_ / "scores.csv"; }
  std::filesystem::path marks() const { return path_ / kMarks; }
  std::filesystem::path marks_before() const { return path_ / "marks.before.jsonl"; }
  std::filesystem::path class_page() const { return path_ / "class.html"; }
  std::filesystem::path student_page(std::string_view id) const;
  std::filesystem::path student_text(std::string_view id) const;
  std::filesystem::path log(std::string_view name) const;
  std::filesystem::path status() const { return path_ / "status.json"; }
  std::filesystem::path journal() const { return path_ / kJournal; }
  std::filesystem::path unpacked() const { return path_ / "unpacked"; }

  static constexpr std::string_view kMarks = "marks.jsonl";
  static constexpr std::string_view kLogs = "logs";

 private:
  static constexpr std::string_view kJournal = "journal.jsonl";

  GradingFolder(std::filesystem::path path, FileDescriptor lock)
      : path_(std::move(path)), lock_(std::move(lock)) {}

  std::filesystem::path path_;
  FileDescriptor lock_;
};

// Behind the name of a log of what was played again.
inline constexpr std::string_view kAgain = ".again";

// Whose log it is that is called ID.ROLE, or ID.ROLE.again: its id.
std::string_view submission_of_log(std::string_view name);

// What must outlive the machine's going down, and what can be made again.
enum class Durability { kToBeKept, kMadeAgain };

// Puts a file in place of what there was, whole or not at all; what is to be kept, also when the
// machine goes down. The error is a sentence that begins with the path.
std::expected<void, std::string> replace_file(const std::filesystem::path& path,
                                              std::string_view bytes, Durability durability);

// Waits until a file that somebody else wrote is on the disk.
std::expected<void, std::string> sync_file(const std::filesystem::path& path);

}  // namespace chatspec
