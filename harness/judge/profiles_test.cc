// The reference client and server pass the suite in every profile that a course might write: played
// in memory, without processes and sockets, so that all of it takes seconds. What concerns the
// program itself, such as its exit status, is left to scenarios/tests/profiles_test.cc.

#include <algorithm>
#include <map>
#include <memory>

#include <gtest/gtest.h>

#include "harness/judge/judge.h"
#include "harness/judge/tests/example_profiles.h"
#include "harness/scenario/item_kind.h"
#include "harness/script/script.h"
#include "harness/suite/case.h"
#include "harness/suite/suite.h"
#include "reference/client_session.h"
#include "reference/files.h"
#include "reference/recording_sink.h"
#include "reference/server_session.h"

namespace chatspec {
namespace {

const Suite& whole_suite() {
  static const Suite suite = load_suite({CHATSPEC_SOURCE_DIR "/scenarios"});
  return suite;
}

// What a program that works reads from its files; nothing where it should complain of them.
struct Input {
  std::vector<std::string> keys, messages, signatures;
};
std::optional<Input> read_input(const Script& script) {
  const Materials& materials = script.materials;
  if (!materials.arguments.empty()) return std::nullopt;
  Input input;
  if (script.role == Role::kServer) {
    const auto keys = materials.key_file ? chat::parse_keys(*materials.key_file, "keys")
                                         : std::unexpected(chat::FileError{});
    if (!keys) return std::nullopt;
    input.keys = *keys;
    return input;
  }
  if (!materials.message_file || !materials.signature_file) return std::nullopt;
  const auto messages = chat::parse_messages(*materials.message_file, "messages");
  const auto signatures =
      chat::parse_signatures_of(script.profile, *materials.signature_file, "signatures");
  if (!messages || !signatures || messages->size() != signatures->size()) return std::nullopt;
  input.messages = *messages;
  input.signatures = *signatures;
  return input;
}

// Plays one script with a session for each of its connections.
class InMemory {
 public:
  InMemory(const Script& script, const Input& input) : script_(script), input_(input) {
    note(EventKind::kStarted, 0, 0);
    note(EventKind::kListening, 0, 0);
  }

  Transcript play() {
    for (std::size_t step = 0; step < script_.steps.size(); ++step) play_step(step);
    return std::move(transcript_);
  }

 private:
  struct Peer {
    chat::RecordingSink seen;
    std::unique_ptr<chat::Session> session;
    std::string received;  // from it
    bool ended = false;
  };

  void play_step(std::size_t index) {
    const Step& step = script_.steps[index];
    Peer& peer = peer_of(step.connection, index);
    switch (step.action) {
      case Action::kSend:
        send(peer, step, index);
        break;
      case Action::kHalfClose:
      case Action::kClose:
      case Action::kReset:
        peer.session->receive_end();
        break;
      case Action::kExpect:
        break;
    }
    drain(peer, step.connection, index);
    if (step.action != Action::kExpect || peer.ended) return;
    peer.ended = peer.session->finished();
    note(peer.ended ? EventKind::kEndOfStream : EventKind::kQuiet, index, step.connection);
  }

  void send(Peer& peer, const Step& step, std::size_t index) {
    const std::string bytes(bytes_to_send(step, script_.profile, peer.received));
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= step.cuts.size(); ++i) {
      const std::size_t end =
          i < step.cuts.size() ? std::min(step.cuts[i], bytes.size()) : bytes.size();
      const std::string segment = bytes.substr(begin, end - begin);
      begin = end;
      note(EventKind::kSent, index, step.connection, segment);
      peer.session->receive(segment);
    }
  }

  Peer& peer_of(int connection, std::size_t step) {
    auto& peer = peers_[connection];
    if (peer) return *peer;
    peer = std::make_unique<Peer>();
    if (script_.role == Role::kServer) {
      peer->session =
          std::make_unique<chat::ServerSession>(script_.profile, input_.keys, peer->seen);
    } else {
      peer->session = std::make_unique<chat::ClientSession>(script_.profile, input_.messages,
                                                            input_.signatures, peer->seen);
    }
    note(EventKind::kConnected, step, connection);
    drain(*peer, connection, step);
    return *peer;
  }

  void drain(Peer& peer, int connection, std::size_t step) {
    for (std::string out = peer.session->take_output(); !out.empty();
         out = peer.session->take_output()) {
      peer.received += out;
      note(EventKind::kReceived, step, connection, out);
    }
  }

  void note(EventKind kind, std::size_t step, int connection, std::string bytes = "") {
    transcript_.append(
        {.kind = kind, .step = step, .connection = connection, .bytes = std::move(bytes)});
  }

  const Script& script_;
  const Input& input_;
  std::map<int, std::unique_ptr<Peer>> peers_;
  Transcript transcript_;
};

struct Played {
  std::size_t cases = 0;
  std::string failures;
};

void play_case(const Case& one, Role role, const chat::Profile& profile, Played& played) {
  Script script = make_script(one.scenario, one.id, {.role = role, .profile = profile});
  std::erase_if(script.steps, [](const Step& step) {
    if (step.action != Action::kExpect) return false;
    const ItemKind kind = step.alternatives.front().kind;  // what is no session's to do
    return is_about_program(kind) || kind == ItemKind::kNothing || kind == ItemKind::kRestart;
  });
  const auto input = read_input(script);
  if (!input || script.steps.empty()) return;
  const Transcript transcript = InMemory(script, *input).play();
  const Judgement judgement = judge(script, one.level(role), transcript);
  ++played.cases;
  if (judgement.verdict == Verdict::kPass || judgement.verdict == Verdict::kSkipped) return;
  played.failures += one.id + (role == Role::kServer ? " (server): " : " (client): ");
  for (const auto& finding : judgement.deviations) played.failures += finding.message + " ";
  if (judgement.failure)
    played.failures += judgement.failure->message + ", expected " + judgement.failure->expected +
                       ", received " + judgement.failure->received + "; " +
                       judgement.failure->cause.sentence;
  played.failures += "\n";
}

// The largest texts try the hash, which is the same for all profiles.
bool is_large(const Case& one) {
  return one.id.starts_with("limits/");
}

class EveryProfile : public testing::TestWithParam<ExampleProfile> {};

TEST_P(EveryProfile, IsSpokenByTheReferencePairAsTheSuiteWantsIt) {
  const auto profile = chat::parse_profile(GetParam().text, "course.profile");
  ASSERT_TRUE(profile) << chat::to_string(profile.error());
  ASSERT_EQ(whole_suite().problems, "");
  Played played;
  for (const Case& one : list_cases(whole_suite())) {
    if (is_large(one) || !one.applies_to(*profile)) continue;
    for (const Role role : {Role::kServer, Role::kClient}) {
      if (one.has_role(role)) play_case(one, role, *profile, played);
    }
  }
  EXPECT_EQ(played.failures, "");
  EXPECT_GE(played.cases, GetParam().cases_at_least);
}

INSTANTIATE_TEST_SUITE_P(Of, EveryProfile, testing::ValuesIn(example_profiles()),
                         [](const auto& tested) { return std::string(tested.param.name); });

}  // namespace
}  // namespace chatspec
