// One case that was played, or kept from it, and what became of it.

#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "harness/judge/circumstances.h"
#include "harness/judge/judgement.h"
#include "harness/runs/known_failures.h"
#include "harness/runs/repetition.h"
#include "harness/script/script.h"
#include "harness/suite/case.h"
#include "harness/transcript/transcript.h"

namespace chatspec {

// Whether a program did what every case begins with: a server listens, a client connects.
enum class Appearance {
  kNotAsked,  // or it ended first, or was given something wrong
  kSeen,
  kInVain,  // it did not, although it was given what is right, and ran on
};

struct CaseResult {
  const Case* played = nullptr;
  Judgement judgement{};
  Role role = Role::kServer;  // in which it was played
  // What was judged: of several plays, such as those with other cuts, the one that counts. Without
  // steps and events where it was not played.
  Script script{};
  Transcript transcript{};
  Circumstances circumstances{};
  KnownOutcome known{};  // what the user's lists say of it
  std::string folder{};  // of its cell, which is gone
  Appearance appearance = Appearance::kNotAsked;
  std::chrono::nanoseconds duration{};
  std::vector<Attempt> attempts{};  // where it was played several times, all of them in their order
};

// Of a case that is not played.
CaseResult make_skipped(const Case& played, SkipReason reason);

// Judges what was played, under the circumstances that are known by now.
void judge_again(CaseResult& result);

}  // namespace chatspec
