// What of a grading was done, line by line, so that after whatever end the next one knows where to
// go on.

#pragma once

#include <cstdint>
#include <expected>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "harness/cell/file_descriptor.h"

namespace chatspec {

// A log that was written, or why there is none.
struct JournalEntry {
  std::string log{};      // by which name it goes in the folder of logs
  std::string key{};      // of all on which its content depends; another key means that it is stale
  std::string trouble{};  // why there is no whole log; a sentence without a full stop

  bool operator==(const JournalEntry&) const = default;
};

// What stands in a journal.
struct JournalContent {
  std::uint64_t seed = 0;                         // of the grading
  std::map<std::string, JournalEntry> entries{};  // the last of each log, by its name

  // The entry of a log; null where there is none.
  const JournalEntry* find(const std::string& log) const;
};

// Reads a journal to which somebody may be writing: up to the last line that is complete. The error
// is a sentence that begins with the path.
std::expected<JournalContent, std::string> read_journal(const std::string& path);

class Journal {
 public:
  // Opens the journal, or begins one with that seed. An incomplete last line, of one that was
  // killed, is overwritten. The error is a sentence that begins with the path.
  static std::expected<Journal, std::string> open(const std::string& path, std::uint64_t seed);

  const JournalContent& content() const { return content_; }

  // Adds an entry, which is on the disk afterwards. Gives why it could not.
  std::expected<void, std::string> add(JournalEntry entry);

 private:
  Journal(std::string path, FileDescriptor file) : path_(std::move(path)), file_(std::move(file)) {}

  std::expected<void, std::string> write_line(const std::string& line);

  std::string path_;
  FileDescriptor file_;
  JournalContent content_{};
};

}  // namespace chatspec
