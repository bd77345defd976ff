#include "harness/cli/help/doctor_report.h"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace chatspec {
namespace {

std::string render_obstacle(const Obstacle& obstacle) {
  std::string text = fmt::format("             {}\n", obstacle.what);
  if (!obstacle.remedy.empty())
    text += fmt::format("             to mend it: {}\n", obstacle.remedy);
  return text;
}

std::string_view how_kept(const Promise& promise, Isolation tier, bool has_groups) {
  const bool by_groups = !promise.by_groups.empty() && has_groups;
  return by_groups ? promise.by_groups : promise.in(tier)->how;
}

// One promise, how it is kept here, and what it takes to keep it better.
std::string render_promise(const PromiseFinding& finding, Isolation tier,
                           const std::string& no_groups) {
  const Promise& promise = *finding.promise;
  std::string text = fmt::format("    {}  {}\n", finding.is_broken ? "NO " : "yes", promise.text);
  if (finding.is_broken)
    return text + "             it is not kept here: a program that tried has broken it\n";
  text += fmt::format("             kept by {}\n", how_kept(promise, tier, no_groups.empty()));
  if (promise.by_groups.empty() || no_groups.empty()) return text;
  return text +
         fmt::format(
             "             better by {}, but {}\n"
             "             to mend it: systemd-run --user --scope -p Delegate=yes chatspec … "
             "(as root without --user)\n",
             promise.by_groups, no_groups);
}

std::string render_tier(const TierFinding& finding, const std::string& no_groups) {
  std::string text = fmt::format("{:<10} {}  {}\n", finding.tier.word,
                                 finding.obstacle ? "no " : "yes", finding.tier.meaning);
  if (finding.obstacle) return text + render_obstacle(*finding.obstacle);
  if (finding.untried)
    text += "             but its promises cannot be tried:\n" + render_obstacle(*finding.untried);
  for (const PromiseFinding& promise : finding.promises)
    text += render_promise(promise, finding.tier.isolation, no_groups);
  if (finding.blindness)
    text += "             but silence cannot be proven there and rests on deadlines:\n" +
            render_obstacle(*finding.blindness);
  return text;
}

using Json = nlohmann::ordered_json;

Json json_of(const std::optional<Obstacle>& obstacle) {
  if (!obstacle) return nullptr;
  return Json{{"what", obstacle->what}, {"remedy", obstacle->remedy}};
}

Json json_of(const TierFinding& finding, bool has_groups) {
  Json promises = Json::array();
  for (const PromiseFinding& one : finding.promises)
    promises.push_back({{"id", one.promise->id},
                        {"text", one.promise->text},
                        {"kept", !one.is_broken},
                        {"by", how_kept(*one.promise, finding.tier.isolation, has_groups)}});
  const auto& obstacle = finding.obstacle ? finding.obstacle : finding.untried;
  return Json{{"tier", finding.tier.word},
              {"offered", !finding.obstacle},
              {"obstacle", json_of(obstacle ? obstacle : finding.blindness)},
              {"silence_proven", !finding.obstacle && !finding.blindness},
              {"promises", promises}};
}

}  // namespace

bool TierFinding::is_well() const {
  return !obstacle && !untried && !blindness &&
         std::ranges::none_of(promises, &PromiseFinding::is_broken);
}

bool DoctorFindings::is_well() const {
  return narrow_limits.empty() && std::ranges::all_of(tiers, &TierFinding::is_well);
}

std::string render_doctor_report(const DoctorFindings& findings) {
  std::string text;
  for (const TierFinding& tier : findings.tiers) text += render_tier(tier, findings.no_groups);
  if (findings.unseen_crashes)
    text += fmt::format(
        "crashes    of a program's first process are seen; those of its children may not be, "
        "since\n"
        "             {}\n"
        "             to mend it: sysctl -w kernel.core_pattern=core, and ulimit -Hc unlimited\n",
        *findings.unseen_crashes);
  text += fmt::format("{:<10} yes  {}\n", to_string(Isolation::kRemote),
                      "a server that somebody else started; its silence rests on deadlines");
  if (!findings.narrow_limits.empty()) text += "           but in every tier:\n";
  for (const Obstacle& obstacle : findings.narrow_limits) text += render_obstacle(obstacle);
  return text;
}

std::string doctor_report_as_json(const DoctorFindings& findings) {
  Json tiers = Json::array();
  for (const TierFinding& tier : findings.tiers)
    tiers.push_back(json_of(tier, findings.no_groups.empty()));
  Json limits = Json::array();
  for (const Obstacle& limit : findings.narrow_limits) limits.push_back(json_of(limit));
  const Json object{{"well", findings.is_well()},
                    {"tiers", tiers},
                    {"crashes_of_children_seen", !findings.unseen_crashes},
                    {"narrow_limits", limits}};
  return object.dump(-1, ' ', true, Json::error_handler_t::replace) + "\n";
}

}  // namespace chatspec
