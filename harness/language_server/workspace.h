// What the client has open, and the scenarios around it: in its folders, beside what is open, and
// in the suite that came with chatspec.

#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "harness/language_server/source_files.h"
#include "harness/language_server/text.h"
#include "harness/scenario/diagnostic.h"
#include "harness/scenario/scenario.h"

namespace chatspec::language_server {

// One scenario as it stands in the client, or on the disk.
struct Document {
  std::string uri{};             // of an open one as the client writes it
  std::filesystem::path path{};  // empty where the URI names no file
  std::string id{};              // "" without a path
  Text text{""};
  Scenario scenario{};
  Diagnostics diagnostics{};  // of the text alone
};

class Workspace {
 public:
  // Borrows `files`. `library` is chatspec's own suite; empty where there is none.
  Workspace(const SourceFiles& files, std::filesystem::path library);

  void add_folder(const std::filesystem::path& folder);
  void remove_folder(const std::filesystem::path& folder);
  // To be called when files may have changed: what was read of the disk is forgotten.
  void forget_files();

  void open(const std::string& uri, std::string text);
  // Of an open document.
  void change(const std::string& uri, Text text);
  void close(const std::string& uri);
  const Document* find_open(const std::string& uri) const;
  const std::map<std::string, Document>& open_documents() const { return open_; }

  // The scenario that `from` would need by this id, or null. It stays until something is closed,
  // changed or forgotten.
  const Document* find_scenario(const std::string& id, const Document& from) const;
  // All that could be meant by an id in this document, each once, in the order of their ids.
  std::vector<const Document*> list_scenarios(const Document& from) const;

  // What is wrong with a document: with its text, and with what it needs.
  std::vector<Diagnostic> check(const Document& document) const;

 private:
  const Document* find_path(const std::filesystem::path& path) const;
  const std::vector<std::filesystem::path>& files_below(const std::filesystem::path& folder) const;
  std::optional<std::filesystem::path> find_anywhere(const std::string& id) const;
  std::vector<Diagnostic> find_circles(const Document& document) const;

  const SourceFiles& files_;
  std::filesystem::path library_;
  std::set<std::filesystem::path> folders_;
  std::map<std::string, Document> open_;
  // What was read of the disk and is still taken to be there. Null of what cannot be read.
  mutable std::map<std::filesystem::path, std::unique_ptr<Document>> read_;
  mutable std::map<std::filesystem::path, std::vector<std::filesystem::path>> listed_;
};

}  // namespace chatspec::language_server
