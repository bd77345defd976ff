// What another grading has played: of the other part of a class, on another machine, for instance.

#pragma once

#include <expected>
#include <filesystem>
#include <string>

#include "harness/grade/workers/grading_folder.h"
#include "harness/grade/workers/journal.h"

namespace chatspec {

class EarlierGrading {
 public:
  // Reads its journal; nothing of it is changed. The error is a sentence that begins with a path.
  static std::expected<EarlierGrading, std::string> read(const std::filesystem::path& path);

  const JournalContent& journal() const { return journal_; }

  // Copies a log that was written there with that key into the folder, and notes it in the journal;
  // or notes that there can be none, and why. False where it has nothing of that name with that
  // key, or has lost it; the error is a sentence that begins with a path.
  std::expected<bool, std::string> hand_over(const std::string& log, const std::string& key,
                                             const GradingFolder& folder, Journal& journal) const;

 private:
  EarlierGrading(GradingFolder folder, JournalContent journal)
      : folder_(std::move(folder)), journal_(std::move(journal)) {}

  GradingFolder folder_;
  JournalContent journal_;
};

}  // namespace chatspec
