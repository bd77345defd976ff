// The relay and the verdict together, with programs in memory: the reference's sessions, and such
// as misbehave.

#include "harness/grid/relay/pair_player.h"

#include <functional>
#include <memory>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "harness/cell/fake_cell.h"
#include "harness/grid/pair_verdict.h"
#include "reference/client_session.h"
#include "reference/recording_sink.h"
#include "reference/server_session.h"

namespace chatspec {
namespace {

const chat::Profile& kLine = *chat::find_profile("line");
const PairMaterials kMaterials = make_pair_materials(kLine, 7);

// One of the reference's sessions, without a socket.
class ReferencePeer : public FakePeer {
 public:
  explicit ReferencePeer(Role role) : role_(role) {
    if (role == Role::kClient) {
      session_ = std::make_unique<chat::ClientSession>(kLine, kMaterials.texts,
                                                       kMaterials.signatures, heard_);
    } else {
      session_ = std::make_unique<chat::ServerSession>(kLine, kMaterials.keys, heard_);
    }
  }

  FakeActions on_start(const std::vector<std::string>&) override {
    if (role_ == Role::kServer) return {};
    return {{.kind = FakeAction::Kind::kConnect}};
  }
  FakeActions on_connect(int) override { return answer(); }
  FakeActions on_bytes(int, std::string_view bytes) override {
    session_->receive(bytes);
    return answer();
  }
  FakeActions on_end(int) override {
    session_->receive_end();
    return answer();
  }
  FakeActions on_idle() override {
    if (role_ == Role::kServer) return {};
    return {{.kind = FakeAction::Kind::kExit}};
  }

 protected:
  virtual FakeActions answer() {
    FakeActions actions;
    if (std::string output = session_->take_output(); !output.empty())
      actions.push_back({.kind = FakeAction::Kind::kSend, .bytes = std::move(output)});
    if (session_->finished()) actions.push_back({.kind = FakeAction::Kind::kEndStream});
    return actions;
  }

 private:
  Role role_;
  chat::RecordingSink heard_{};
  std::unique_ptr<chat::Session> session_;
};

const Command kClientCommand =
    Command::parse("client {host} {port} {messages} {signatures}", Role::kClient).value();
const Command kServerCommand = Command::parse("server {port} {keys}", Role::kServer).value();

std::string play(std::unique_ptr<FakePeer> client, std::unique_ptr<FakePeer> server) {
  FakeCell client_cell(Role::kClient, std::move(client));
  FakeCell server_cell(Role::kServer, std::move(server));
  const SteadyClock clock;
  const PairTranscript transcript = play_pair(
      {client_cell, kClientCommand}, {server_cell, kServerCommand}, kLine, kMaterials, clock);
  const PairVerdict verdict = judge_pair(kLine, kMaterials, transcript);
  std::string text = fmt::format("{} {}/{}", word_of(verdict.outcome).word, verdict.signed_count,
                                 verdict.messages);
  for (const Departure& one : verdict.departures)
    text += fmt::format(" {} {}: {};", chat::to_string(one.side), one.requirement, one.sentence);
  return text;
}

std::unique_ptr<FakePeer> reference(Role role) {
  return std::make_unique<ReferencePeer>(role);
}

TEST(PairPlayer, HandsOnWhatEachSays) {
  EXPECT_EQ(play(reference(Role::kClient), reference(Role::kServer)), "ok 6/6");
}

TEST(PairPlayer, GivesEachItsFilesAndTheRelaysPlace) {
  FakeCell client(Role::kClient, reference(Role::kClient));
  FakeCell server(Role::kServer, reference(Role::kServer));
  const SteadyClock clock;
  const PairTranscript transcript =
      play_pair({client, kClientCommand}, {server, kServerCommand}, kLine, kMaterials, clock);
  EXPECT_EQ(server.files().at("keys.txt"), kMaterials.key_file());
  EXPECT_EQ(client.files().at("messages.txt"), kMaterials.message_file());
  EXPECT_EQ(client.files().at("signatures.txt"), kMaterials.signature_file());
  EXPECT_FALSE(client.files().contains("keys.txt"));
  EXPECT_EQ(find_event(transcript, Role::kServer, EventKind::kStarted)->bytes,
            "server 15000 /fake/keys.txt");
  EXPECT_EQ(find_event(transcript, Role::kClient, EventKind::kExited)->exit, ExitStatus{});
}

TEST(PairPlayer, ATwoSidedSilenceIsSeenAndTheSilentOneNamed) {
  class Mute : public FakePeer {};
  EXPECT_EQ(
      play(reference(Role::kClient), std::make_unique<Mute>()),
      "server 0/6 server HELLO-2: said nothing more where \"260 OK\\n\" was due (the fake has "
      "nothing to do);");
}

TEST(PairPlayer, WhatAServerSaysFirstIsNoAnswerToTheClient) {
  class Greeter : public ReferencePeer {
   public:
    Greeter() : ReferencePeer(Role::kServer) {}
    FakeActions on_connect(int) override {
      return {{.kind = FakeAction::Kind::kSend, .bytes = "220 hi\n"}};
    }
  };
  const std::string seen = play(reference(Role::kClient), std::make_unique<Greeter>());
  EXPECT_TRUE(
      seen.starts_with("server 0/6 server HELLO-3: said \"220 hi\\n\" where nothing was due;"))
      << seen;
}

TEST(PairPlayer, WhatAClientSaysTooEarlyIsSeenAsThat) {
  class Hasty : public ReferencePeer {
   public:
    Hasty() : ReferencePeer(Role::kClient) {}
    FakeActions on_connect(int connection) override {
      FakeActions actions = ReferencePeer::on_connect(connection);
      actions.push_back({.kind = FakeAction::Kind::kSend, .bytes = "DATA\n"});
      return actions;
    }
  };
  const std::string seen = play(std::make_unique<Hasty>(), reference(Role::kServer));
  EXPECT_TRUE(seen.contains("client HELLO-4: said \"DATA\\n\" where nothing was due;")) << seen;
}

TEST(PairPlayer, AFloodEnds) {
  class Flood : public FakePeer {
   public:
    FakeActions on_start(const std::vector<std::string>&) override {
      return {{.kind = FakeAction::Kind::kConnect}};
    }
    FakeActions on_connect(int) override {
      FakeActions actions;
      for (int i = 0; i < 100; ++i)
        actions.push_back({.kind = FakeAction::Kind::kSend, .bytes = std::string(65536, 'x')});
      return actions;
    }
  };
  const std::string seen = play(std::make_unique<Flood>(), reference(Role::kServer));
  EXPECT_TRUE(seen.starts_with("client 0/6 client HELLO-1")) << seen;
}

TEST(PairPlayer, AServerThatNeverListensIsToBlame) {
  class Deaf : public FakePeer {
   public:
    bool listens() override { return false; }
  };
  EXPECT_EQ(play(reference(Role::kClient), std::make_unique<Deaf>()),
            "server 0/6 server CLI-2: did not listen (it does not listen);");
}

}  // namespace
}  // namespace chatspec
