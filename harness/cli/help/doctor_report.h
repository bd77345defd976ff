// What `chatspec doctor` found out, as text and as JSON.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/cell/isolation/obstacle.h"
#include "harness/cell/isolation/promise.h"

namespace chatspec {

struct PromiseFinding {
  const Promise* promise = nullptr;
  bool is_broken = false;
};

// What a tier is on this machine. Where there is an obstacle, nothing else is known of it.
struct TierFinding {
  IsolationWord tier{};
  std::optional<Obstacle> obstacle{};      // keeps it from being used
  std::optional<Obstacle> untried{};       // keeps its promises from being tried
  std::vector<PromiseFinding> promises{};  // none where they were not tried
  std::optional<Obstacle> blindness{};     // keeps silence from being proven

  bool is_well() const;
};

struct DoctorFindings {
  std::vector<TierFinding> tiers{};
  std::string no_groups{};  // why control groups are not at hand; "" where they are
  std::optional<std::string> unseen_crashes{};  // why those of children may not be seen
  std::vector<Obstacle> narrow_limits{};        // which hold in every tier

  bool is_well() const;
};

// For people.
std::string render_doctor_report(const DoctorFindings& findings);

// One object in a line: `well`, `tiers` (each with `tier`, `offered`, `obstacle`, `silence_proven`,
// `promises`), `crashes_of_children_seen` and `narrow_limits`. An obstacle is an object with `what`
// and `remedy`, or null. Printable ASCII.
std::string doctor_report_as_json(const DoctorFindings& findings);

}  // namespace chatspec
