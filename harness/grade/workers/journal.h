// What of a grading was done, line by line, so that after whatever end the next one knows where to
// go on.

#pragma once

#include <cstdint>
#include <expected>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "harness/cell/file_descriptor.h"

namespace chatspec {

// A log that was written, or why there is none.
struct JournalEntry {
  std::string log{};      // by which name it goes in the folder of logs
  std::string key{};      // of all on which its content depends; another key means that it is stale
  std::string trouble{};  // why there is no whole log; a sentence without a full stop

  bool operator==(const JournalEntry&) const = default;
};

class Journal {
 public:
  // Opens the journal, or begins one with that seed. An incomplete last line, of one that was
  // killed, is overwritten. The error is a sentence that begins with the path.
  static std::expected<Journal, std::string> open(const std::string& path, std::uint64_t seed);

  std::uint64_t seed() const { return seed_; }
  // The last entry of a log; null where there is none.
  const JournalEntry* find(const std::string& log) const;
  // All logs that have entries, by their names in order.
  std::vector<std::string> logs() const;

  // Adds an entry, which is on the disk afterwards. Gives why it could not.
  std::expected<void, std::string> add(JournalEntry entry);

 private:
  Journal(std::string path, FileDescriptor file) : path_(std::move(path)), file_(std::move(file)) {}

  std::expected<void, std::string> load(std::string_view text);
  std::expected<void, std::string> write_line(const std::string& line);

  std::string path_;
  FileDescriptor file_;
  std::uint64_t seed_ = 0;
  std::map<std::string, JournalEntry> entries_{};  // by their logs
};

}  // namespace chatspec
