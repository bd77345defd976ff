#include "harness/suite/coverage.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <map>
#include <tuple>

#include <fmt/format.h>

namespace chatspec {
namespace {

// Requirements that say nothing in some profiles. PROTOCOL.md says so where they stand.
struct Binding {
  std::string_view begin;  // of the requirement's id
  bool (*binds)(const chat::Profile&);
};
constexpr std::array<Binding, 4> kBindings{{
    {"FRAME-2", [](const chat::Profile& profile) { return profile.has_line_ends(); }},
    {"STREAM-", [](const chat::Profile& profile) { return profile.has_line_ends(); }},
    {"ESC-", [](const chat::Profile& profile) { return profile.escapes(); }},
    {"STUFF-", [](const chat::Profile& profile) { return profile.dot_stuffing; }},
}};

// What no scenario tries, and why.
struct Uncovered {
  std::string_view requirement;
  std::string_view reason;
};
constexpr std::array<Uncovered, 0> kUncovered{};

bool binds(const chat::Requirement& requirement, const chat::Profile& profile) {
  return std::ranges::all_of(kBindings, [&](const Binding& one) {
    return !requirement.id.starts_with(one.begin) || one.binds(profile);
  });
}

std::string_view reason_for(const chat::Requirement& requirement) {
  const auto* found = std::ranges::find(kUncovered, requirement.id, &Uncovered::requirement);
  return found == kUncovered.end() ? std::string_view() : found->reason;
}

// By requirement, role and the place of the profile among the built-in ones.
using Counts = std::map<std::tuple<std::string, Role, std::size_t>, std::size_t>;

Counts count_covered(const std::vector<Case>& cases) {
  Counts counts;
  const auto& profiles = chat::builtin_profiles();
  for (const Case& one : cases) {
    const std::vector<std::string> covers = one.requirements();
    for (std::size_t i = 0; i < profiles.size(); ++i) {
      if (!one.applies_to(profiles[i])) continue;
      for (const Role role : {Role::kServer, Role::kClient}) {
        if (!one.has_role(role)) continue;
        for (const std::string& requirement : covers) ++counts[{requirement, role, i}];
      }
    }
  }
  return counts;
}

CoverageRow make_row(const chat::Requirement& requirement, Role role, const Counts& counts) {
  CoverageRow row{.requirement = &requirement, .role = role, .cells = {}};
  const auto& profiles = chat::builtin_profiles();
  for (std::size_t i = 0; i < profiles.size(); ++i) {
    const auto found = counts.find({std::string(requirement.id), role, i});
    const std::size_t covered = found == counts.end() ? 0 : found->second;
    row.cells.push_back({.cases = covered,
                         .binds = binds(requirement, profiles[i]),
                         .reason = covered == 0 ? reason_for(requirement) : ""});
  }
  return row;
}

std::string render_cell(const CoverageRow::Cell& cell) {
  if (cell.cases > 0) return fmt::format("{}", cell.cases);
  return cell.binds ? "none" : "-";
}

}  // namespace

std::vector<CoverageRow> measure_coverage(const std::vector<Case>& cases) {
  const Counts counts = count_covered(cases);
  std::vector<CoverageRow> rows;
  for (const chat::Requirement& requirement : chat::requirements()) {
    for (const Role role : {Role::kServer, Role::kClient}) {
      if (requirement.binds.has(role)) rows.push_back(make_row(requirement, role, counts));
    }
  }
  return rows;
}

std::string render_coverage(const std::vector<CoverageRow>& rows) {
  std::string out = fmt::format("{:<10} {:<6} {:<6}", "", "level", "role");
  for (const chat::Profile& profile : chat::builtin_profiles())
    out += fmt::format(" {:>6}", profile.name);
  out += '\n';
  for (const CoverageRow& row : rows) {
    out += fmt::format("{:<10} {:<6} {:<6}", row.requirement->id,
                       chat::to_string(row.requirement->level), to_string(row.role));
    assert(row.cells.size() == chat::builtin_profiles().size());
    std::string_view reason;
    for (const CoverageRow::Cell& cell : row.cells) {
      out += fmt::format(" {:>6}", render_cell(cell));
      if (cell.binds && cell.cases == 0 && !cell.reason.empty()) reason = cell.reason;
    }
    out += reason.empty() ? "\n" : fmt::format("  {}\n", reason);
  }
  return out;
}

}  // namespace chatspec
