#include "harness/report/merged_log.h"

#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>

#include "harness/report/shell_words.h"
#include "reference/quote.h"
#include "reference/signature.h"

namespace chatspec {
namespace {

// All of it, also where the log has kept only a part.
std::string command_line_of(const RunRecord& run) {
  std::vector<std::string> words;
  for (const LoggedBytes& word : run.argv)
    words.push_back(word.begin + (word.omitted ? word.omitted->sha256 : ""));
  return quote_words(words);
}

// What is the same in all parts of one run.
struct Identity {
  std::string_view name;
  std::string (*value)(const RunRecord&);
};
constexpr std::array kIdentities{
    Identity{"suite", [](const RunRecord& run) { return run.suite; }},
    Identity{"seed", [](const RunRecord& run) { return std::to_string(run.seed); }},
    Identity{"implementation", [](const RunRecord& run) { return run.name; }},
    Identity{"role", [](const RunRecord& run) { return std::string(chat::to_string(run.role)); }},
    Identity{"command line", command_line_of},
    Identity{"address", [](const RunRecord& run) { return run.address; }},
    Identity{"folder", [](const RunRecord& run) { return run.folder; }},
    Identity{"profile", [](const RunRecord& run) { return run.profile.name; }},
    Identity{"delivery", [](const RunRecord& run) { return run.delivery; }},
    Identity{"isolation", [](const RunRecord& run) { return run.isolation; }},
};

struct PartOfRun {
  const LogPart* part;
  const RunOfLog* run;
};

std::expected<void, std::string> check_same(const PartOfRun& first, const PartOfRun& other) {
  for (const Identity& identity : kIdentities) {
    const std::string wanted = identity.value(*first.run->run);
    const std::string found = identity.value(*other.run->run);
    if (wanted == found) continue;
    return std::unexpected(fmt::format("{} is not of the same run as {}: its {} is {} and not {}",
                                       other.part->name, first.part->name, identity.name,
                                       chat::quote(found), chat::quote(wanted)));
  }
  if (first.run->run->profile == other.run->run->profile) return {};
  return std::unexpected(
      fmt::format("{} is not of the same run as {}: the settings of its profile are others",
                  other.part->name, first.part->name));
}

std::expected<std::vector<PartOfRun>, std::string> list_parts(std::span<const LogPart> parts) {
  std::vector<PartOfRun> all;
  for (const LogPart& part : parts) {
    for (const RunOfLog& run : part.runs) {
      if (!run.run)
        return std::unexpected(fmt::format("{}: a run in it has no beginning", part.name));
      all.push_back({&part, &run});
      if (auto same = check_same(all.front(), all.back()); !same)
        return std::unexpected(same.error());
    }
  }
  if (all.empty()) return std::unexpected("there is no run to merge");
  return all;
}

std::expected<void, std::string> check_no_case_twice(const std::vector<PartOfRun>& parts) {
  std::map<std::string_view, const LogPart*> seen;
  for (const PartOfRun& part : parts) {
    for (const CaseRecord* played : part.run->cases) {
      const auto [first, is_new] = seen.emplace(played->id, part.part);
      if (is_new) continue;
      return std::unexpected(fmt::format("{} is in {} and again in {}; a case can count once only",
                                         chat::escape_bytes(played->id), first->second->name,
                                         part.part->name));
    }
  }
  return {};
}

// What was selected by either; all where one of them names nothing.
void unite(std::vector<std::string>& words, const std::vector<std::string>& others) {
  if (words.empty() || others.empty()) return words.clear();
  for (const std::string& word : others) {
    if (std::ranges::find(words, word) == words.end()) words.push_back(word);
  }
}

// What both left out.
void intersect(std::vector<std::string>& words, const std::vector<std::string>& others) {
  std::erase_if(words,
                [&](const std::string& word) { return std::ranges::count(others, word) == 0; });
}

RunRecord merge_beginnings(const std::vector<PartOfRun>& parts) {
  RunRecord merged = *parts.front().run->run;
  std::string ids = merged.run_id;
  for (const PartOfRun& part : std::span(parts).subspan(1)) {
    const RunRecord& run = *part.run->run;
    merged.cases += run.cases;
    merged.start = std::min(merged.start, run.start);
    merged.case_limit_us = std::max(merged.case_limit_us, run.case_limit_us);
    if (merged.machine != run.machine) merged.machine = {};
    unite(merged.selection.names, run.selection.names);
    unite(merged.selection.tags, run.selection.tags);
    unite(merged.selection.requirements, run.selection.requirements);
    unite(merged.selection.levels, run.selection.levels);
    intersect(merged.selection.excluded, run.selection.excluded);
    ids += " " + run.run_id;
  }
  if (parts.size() > 1) merged.run_id = chat::sha256_hex(ids).substr(0, 16);
  return merged;
}

void add_builds(const std::vector<PartOfRun>& parts, std::vector<Record>& records) {
  bool is_told = false;
  for (const PartOfRun& part : parts) {
    for (const BuildRecord* build : part.run->builds) {
      if (!is_told || build->verdict != Verdict::kPass) records.emplace_back(*build);
      is_told = true;
    }
  }
}

void add_cases(const std::vector<PartOfRun>& parts, std::vector<Record>& records) {
  bool has_opening = false;
  for (const PartOfRun& part : parts) {
    for (std::size_t i = 0; i <= part.run->cases.size(); ++i) {
      const bool is_its_place = part.run->opening && i == part.run->cases_before_opening;
      if (is_its_place && !has_opening) records.emplace_back(*part.run->opening);
      has_opening = has_opening || is_its_place;
      if (i < part.run->cases.size()) records.emplace_back(*part.run->cases[i]);
    }
  }
}

void add_end(const std::vector<PartOfRun>& parts, std::vector<Record>& records) {
  EndRecord merged;
  for (const PartOfRun& part : parts) {
    const EndRecord* end = part.run->end;
    if (!end) return;
    merged.interrupted = merged.interrupted || end->interrupted;
    merged.duration_us += end->duration_us;
    if (merged.served_last.empty()) merged.served_last = end->served_last;
    if (merged.given_up.empty()) merged.given_up = end->given_up;
    if (merged.stopped.empty() || end->is_out_of_time()) merged.stopped = end->stopped;
  }
  records.emplace_back(merged);
}

}  // namespace

std::expected<std::vector<Record>, std::string> merge_logs(std::span<const LogPart> parts) {
  const auto all = list_parts(parts);
  if (!all) return std::unexpected(all.error());
  if (auto once = check_no_case_twice(*all); !once) return std::unexpected(once.error());
  std::vector<Record> records{merge_beginnings(*all)};
  add_builds(*all, records);
  add_cases(*all, records);
  add_end(*all, records);
  return records;
}

}  // namespace chatspec
