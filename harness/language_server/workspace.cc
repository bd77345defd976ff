#include "harness/language_server/workspace.h"

#include <algorithm>
#include <cassert>
#include <set>
#include <utility>

#include "harness/report/text/file_uri.h"
#include "harness/scenario/source.h"
#include "harness/scenario/vocabulary.h"
#include "harness/suite/needs.h"
#include "harness/suite/scenario_file.h"

namespace chatspec::language_server {
namespace {

namespace fs = std::filesystem;

Document make_document(std::string uri, fs::path path, std::string text) {
  Document document{.uri = std::move(uri), .path = std::move(path)};
  if (!document.path.empty()) document.id = scenario_id(document.path);
  document.text = Text(std::move(text));
  document.diagnostics = check_text(document.text.bytes(), document.scenario);
  return document;
}

ScenarioFile as_file(const Document& document) {
  return {document.id, document.path, {}, document.scenario};
}

}  // namespace

Workspace::Workspace(const SourceFiles& files, fs::path library)
    : files_(files), library_(std::move(library)) {}

void Workspace::add_folder(const fs::path& folder) {
  folders_.insert(folder);
}

void Workspace::remove_folder(const fs::path& folder) {
  folders_.erase(folder);
}

void Workspace::forget_files() {
  read_.clear();
  listed_.clear();
}

void Workspace::open(const std::string& uri, std::string text) {
  open_[uri] = make_document(uri, path_of_file_uri(uri).value_or(""), std::move(text));
}

void Workspace::change(const std::string& uri, Text text) {
  Document& document = open_.at(uri);
  document.text = std::move(text);
  document.diagnostics = check_text(document.text.bytes(), document.scenario);
}

void Workspace::close(const std::string& uri) {
  open_.erase(uri);
}

const Document* Workspace::find_open(const std::string& uri) const {
  const auto found = open_.find(uri);
  return found == open_.end() ? nullptr : &found->second;
}

const Document* Workspace::find_path(const fs::path& path) const {
  for (const auto& [uri, document] : open_) {
    if (document.path == path) return &document;
  }
  const auto [entry, is_new] = read_.try_emplace(path);
  if (is_new) {
    auto text = files_.read(path);
    if (text) {
      entry->second = std::make_unique<Document>(
          make_document(make_file_uri("", path.string()), path, *std::move(text)));
    }
  }
  return entry->second.get();
}

const std::vector<fs::path>& Workspace::files_below(const fs::path& folder) const {
  const auto [entry, is_new] = listed_.try_emplace(folder);
  if (is_new) entry->second = files_.list_scenarios(folder);
  return entry->second;
}

std::optional<fs::path> Workspace::find_anywhere(const std::string& id) const {
  for (const auto& [uri, document] : open_) {
    if (document.id == id) return document.path;
  }
  std::vector<fs::path> folders(folders_.begin(), folders_.end());
  if (!library_.empty()) folders.push_back(library_);
  for (const fs::path& folder : folders) {
    const auto& files = files_below(folder);
    const auto found = std::ranges::find(files, id, scenario_id);
    if (found != files.end()) return *found;
  }
  return std::nullopt;
}

const Document* Workspace::find_scenario(const std::string& id, const Document& from) const {
  if (!is_scenario_id(id)) return nullptr;
  std::optional<fs::path> path;
  if (!from.path.empty()) {
    path = find_need(from.path, id, library_,
                     [&](const fs::path& file) { return files_.exists(file); });
  }
  if (!path) path = find_anywhere(id);
  return path ? find_path(*path) : nullptr;
}

std::vector<const Document*> Workspace::list_scenarios(const Document& from) const {
  std::map<std::string, const Document*> found;
  const auto add_all_below = [&](const fs::path& folder) {
    for (const fs::path& file : files_below(folder)) {
      if (const Document* document = find_path(file)) found.try_emplace(document->id, document);
    }
  };
  for (const auto& [uri, document] : open_) {
    if (!document.id.empty()) found.try_emplace(document.id, &document);
  }
  for (const fs::path& folder : folders_) add_all_below(folder);
  if (folders_.empty() && !from.path.empty()) add_all_below(from.path.parent_path().parent_path());
  if (!library_.empty()) add_all_below(library_);
  std::vector<const Document*> all;
  for (const auto& [id, document] : found) all.push_back(document);
  return all;
}

std::vector<Diagnostic> Workspace::find_circles(const Document& document) const {
  std::vector<ScenarioFile> files{as_file(document)};
  std::set<std::string> known{document.id};
  for (std::size_t i = 0; i < files.size(); ++i) {
    const Scenario scenario = files[i].scenario;
    const Needs* needs = scenario.find<Needs>();
    if (!needs) continue;
    for (const Name& need : needs->scenarios) {
      if (!known.insert(need.text).second) continue;
      const Document* needed = find_scenario(need.text, document);
      if (needed) files.push_back(as_file(*needed));
    }
  }
  std::vector<Diagnostic> found;
  for (const FileDiagnostics& one : chatspec::find_circles(files)) {
    if (one.file != files.data()) continue;  // the client shows it in the file that closes it
    std::ranges::copy(one.diagnostics.entries(), std::back_inserter(found));
  }
  return found;
}

std::vector<Diagnostic> Workspace::check(const Document& document) const {
  std::vector<Diagnostic> all = document.diagnostics.entries();
  const auto is_known = [&](const std::string& id) {
    return find_scenario(id, document) != nullptr;
  };
  const auto list_known = [&] {
    std::set<std::string> ids;
    for (const Document* one : list_scenarios(document)) ids.insert(one->id);
    return ids;
  };
  const Diagnostics of_needs = check_needs(document.id, document.scenario, is_known, list_known);
  std::ranges::copy(of_needs.entries(), std::back_inserter(all));
  if (!document.id.empty()) std::ranges::copy(find_circles(document), std::back_inserter(all));
  return all;
}

}  // namespace chatspec::language_server
