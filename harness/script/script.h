// A scenario made ready to be played: for one role, one profile and one seed, every line is either
// something that the harness does or something that it expects, with the bytes written out. The
// player walks through a script, and so does the judge.

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "harness/scenario/scenario.h"
#include "harness/script/materials.h"
#include "reference/profile.h"

namespace chatspec {

// What an expectation is about, which decides how a difference is named and explained.
enum class Subject {
  kReply,
  kCommand,
  kVerdict,  // PASS or FAIL
  kSignature,
  kText,
  kOther,
};

struct Expectation {
  ItemKind kind = ItemKind::kUnit;
  Subject subject = Subject::kOther;
  std::string bytes;        // what must come, line end included; empty where it is a pattern
  Pattern pattern{};        // kLike, kAnyLine, kPrints, kComplains: of the line, without its end
  std::size_t message = 0;  // kSignature, kText: of the message, from 1
  std::size_t key = 0;      // kSignature: of the key, from 1
  ExitWanted exit = ExitWanted::kAny;
  std::size_t status = 0;  // of ExitWanted::kStatus
  bool deviates = false;
  std::string requirement;  // not met by deviating; may be empty
  // What comes next where this is the way: further lines, each as above.
  std::vector<Expectation> then{};
};

// So many lines of a text go out one by one where a scenario says `apart`; what follows them goes
// out in one segment.
inline constexpr std::size_t kMaxTextLinesApart = 64;

enum class Action { kSend, kHalfClose, kClose, kReset, kExpect };

struct Step {
  Action action = Action::kSend;
  int connection = 1;
  Role speaker = Role::kClient;
  std::string shown;     // the line or lines of the scenario, without the speaker, for people
  std::size_t line = 0;  // in the scenario's file
  std::string bytes;     // kSend
  // kSend: what goes out in place of `bytes` where the last unit that was received is the profile's
  // FAIL (VERDICT-2); empty where that makes no difference.
  std::string bytes_after_fail{};
  std::vector<std::size_t> cuts;  // kSend: offsets in `bytes` after which a segment ends, rising
  std::vector<Expectation> alternatives;  // kExpect: at least one
  // kExpect of the answer to a text (DATA-2): how many bytes must have been sent on the connection
  // before it may come, up to and with the terminator. 0 where that is not known.
  std::size_t due_after = 0;
};

struct Script {
  Role role = Role::kServer;  // of the implementation under test
  chat::Profile profile;
  Materials materials;
  std::vector<Step> steps;
};

// What a step sends on a connection on which this was received, and taken as expected.
std::string_view bytes_to_send(const Step& step, const chat::Profile& profile,
                               std::string_view received);

struct ScriptOptions {
  Role role = Role::kServer;
  chat::Profile profile;
  std::uint64_t seed = 0;
  GivenKeys given_keys{};
};

// `scenario` has been checked, has no table and has the role.
Script make_script(const Scenario& scenario, std::string_view id, const ScriptOptions& options);

}  // namespace chatspec
