#include "harness/report/log/merged_log.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "harness/report/log/shards_of_run.h"
#include "harness/report/text/shell_words.h"
#include "reference/signature.h"
#include "reference/text/quote.h"

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

std::expected<void, std::string> check_same(const NamedRun& first, const NamedRun& other) {
  for (const Identity& identity : kIdentities) {
    const std::string wanted = identity.value(*first.run->run);
    const std::string found = identity.value(*other.run->run);
    if (wanted == found) continue;
    return std::unexpected(fmt::format("{} is not of the same run as {}: its {} is {} and not {}",
                                       other.log, first.log, identity.name, chat::quote(found),
                                       chat::quote(wanted)));
  }
  if (first.run->run->profile == other.run->run->profile) return {};
  return std::unexpected(
      fmt::format("{} is not of the same run as {}: the settings of its profile are others",
                  other.log, first.log));
}

std::expected<std::vector<NamedRun>, std::string> list_parts(std::span<const LogPart> parts) {
  std::vector<NamedRun> all;
  for (const LogPart& part : parts) {
    for (const RunOfLog& run : part.runs) {
      if (!run.run)
        return std::unexpected(fmt::format("{}: a run in it has no beginning", part.name));
      all.push_back({part.name, &run});
      if (auto same = check_same(all.front(), all.back()); !same)
        return std::unexpected(same.error());
    }
  }
  if (all.empty()) return std::unexpected("there is no run to merge");
  return all;
}

std::expected<void, std::string> check_no_case_twice(const std::vector<NamedRun>& parts) {
  std::map<std::string_view, std::string_view> seen;
  for (const NamedRun& part : parts) {
    for (const CaseRecord* played : part.run->cases) {
      const auto [first, is_new] = seen.emplace(played->id, part.log);
      if (is_new) continue;
      return std::unexpected(fmt::format("{} is in {} and again in {}; a case can count once only",
                                         chat::escape_bytes(played->id), first->second, part.log));
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

RunRecord merge_beginnings(const std::vector<NamedRun>& parts) {
  RunRecord merged = *parts.front().run->run;
  std::string ids = merged.run_id;
  for (const NamedRun& part : std::span(parts).subspan(1)) {
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
  merged.shard.reset();
  if (parts.size() > 1) merged.run_id = chat::sha256_hex(ids).substr(0, 16);
  return merged;
}

void add_builds(const std::vector<NamedRun>& parts, std::vector<Record>& records) {
  bool is_told = false;
  for (const NamedRun& part : parts) {
    for (const BuildRecord* build : part.run->builds) {
      if (!is_told || build->verdict != Verdict::kPass) records.emplace_back(*build);
      is_told = true;
    }
  }
}

// What stands where cases do, in their order.
struct Played {
  std::uint64_t place = 0;  // in the run that was dealt out to shards; 0 where it was not
  const OpeningRecord* opening = nullptr;
  const CaseRecord* played = nullptr;
};

// In the order of the whole where the parts are shards, else one part after the other.
std::vector<Played> list_played(const std::vector<NamedRun>& parts) {
  std::vector<Played> all;
  for (const NamedRun& part : parts) {
    const auto& cases = part.run->cases;
    for (std::size_t i = 0; i <= cases.size(); ++i) {
      const bool is_last = i == cases.size();
      const std::uint64_t place = !is_last ? cases[i]->place : i > 0 ? cases[i - 1]->place : 0;
      if (part.run->opening && i == part.run->cases_before_opening)
        all.push_back({.place = place, .opening = part.run->opening});
      if (!is_last) all.push_back({.place = place, .played = cases[i]});
    }
  }
  std::ranges::stable_sort(all, {}, &Played::place);
  return all;
}

void add_cases(const std::vector<NamedRun>& parts, std::vector<Record>& records) {
  bool has_opening = false;
  for (const Played& one : list_played(parts)) {
    if (one.opening) {
      if (!has_opening) records.emplace_back(*one.opening);
      has_opening = true;
      continue;
    }
    CaseRecord played = *one.played;
    played.place = 0;
    records.emplace_back(std::move(played));
  }
}

void add_end(const std::vector<NamedRun>& parts, std::vector<Record>& records) {
  EndRecord merged;
  for (const NamedRun& part : parts) {
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
  if (auto shards = check_shards(*all); !shards) return std::unexpected(shards.error());
  if (auto once = check_no_case_twice(*all); !once) return std::unexpected(once.error());
  std::vector<Record> records{merge_beginnings(*all)};
  add_builds(*all, records);
  add_cases(*all, records);
  add_end(*all, records);
  return records;
}

}  // namespace chatspec
