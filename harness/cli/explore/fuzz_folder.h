// The folder in which findings of `fuzz` stand, with what it needs to go on from there.

#pragma once

#include <expected>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "harness/cli/console/made_folder.h"
#include "harness/cli/console/whole_file.h"
#include "harness/explore/fuzz_report.h"
#include "reference/profile.h"
#include "reference/role.h"

namespace chatspec {

// Who is spoken to, and how. The profile is borrowed.
struct Spoken {
  chat::Role role = chat::Role::kServer;
  const chat::Profile& profile;
};

// The causes that the scenarios of a folder, or a single one, name. The error is a sentence.
std::expected<std::set<std::string>, std::string> read_causes(const std::filesystem::path& path);

// What the files of a folder say: conversations (`*.said`) as they are; other files as bytes that a
// client sends, or as a client's message. What is too long for a conversation is left out. The
// error is a sentence.
std::expected<std::vector<SaidConversation>, std::string> read_corpus(
    const std::filesystem::path& folder, const Spoken& spoken);

class FuzzFolder {
 public:
  // Makes it where it is not there.
  static std::expected<void, FolderTrouble> make(const std::filesystem::path& path);
  // Reads what is in one that is there. The error is a sentence.
  static std::expected<FuzzFolder, std::string> open(const std::filesystem::path& path,
                                                     const Spoken& spoken);

  const std::set<std::string>& known() const { return known_; }
  const std::vector<SaidConversation>& corpus() const { return corpus_; }

  // Gives the name of the scenario's file, after that of the folder.
  std::expected<std::string, std::string> add(const chat::Profile& profile,
                                              const FuzzFinding& finding);
  std::expected<void, std::string> add(const SaidConversation& conversation) const;

 private:
  explicit FuzzFolder(std::filesystem::path path) : path_(std::move(path)) {}

  std::filesystem::path path_;
  std::set<std::string> known_;
  std::vector<SaidConversation> corpus_;
  std::size_t count_ = 0;  // of findings
};

}  // namespace chatspec
