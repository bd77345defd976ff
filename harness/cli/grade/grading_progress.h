// How far a grading is: a line for people, and status.json for scripts.

#pragma once

#include <cstddef>
#include <expected>
#include <filesystem>
#include <map>
#include <string>

#include "harness/cell/clock.h"
#include "harness/cli/console/console.h"

namespace chatspec {

class GradingProgress {
 public:
  // Of what is known before anything is played.
  struct Extent {
    std::size_t submissions = 0;
    std::size_t refused = 0;
  };
  // Clock and console outlive it.
  GradingProgress(const Extent& extent, std::filesystem::path status, const Clock& clock,
                  Console& console);

  // Each error is a sentence: status.json could not be written.
  std::expected<void, std::string> begin(std::size_t runs);  // so many more are to be played
  // One of them ended, and left a log or did not; by its name and where its log would be.
  std::expected<void, std::string> note_end(const std::string& name,
                                            const std::filesystem::path& log);
  // Nothing more is played: all was, or what is left was not begun.
  std::expected<void, std::string> finish(bool all_played);

  // Takes away the line for people, where it is rewritten.
  void clear_line();

 private:
  std::expected<void, std::string> write_status(bool is_finished) const;
  std::string describe(const std::string& name) const;

  Extent extent_;
  std::filesystem::path status_;
  const Clock& clock_;
  Console& console_;
  TimePoint begin_;
  std::size_t done_ = 0;
  std::size_t to_do_ = 0;
  std::map<std::string, std::size_t> failures_{};  // runs, by a code by which something failed
};

}  // namespace chatspec
