// Looks on at a conversation between a client and a server, and knows at any time what each of them
// is to say by the protocol. The reference's own sessions tell it: a server's that hears what the
// real client says, and a client's that hears what the real server says. So each side is held only
// to what the protocol makes of what it was really told, whatever the other one did wrong.

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/grid/due_stream.h"
#include "harness/grid/pair_materials.h"
#include "harness/grid/pair_transcript.h"
#include "reference/client_session.h"
#include "reference/no_text.h"
#include "reference/server_session.h"

namespace chatspec {

// Where a side first left the protocol, or did what it should not.
struct Departure {
  Role side = Role::kClient;
  bool is_must = true;        // else a should
  std::string requirement{};  // its id; empty where it is none of them in particular
  std::string sentence{};     // without its subject and a full stop: "said \"HI\" where … was due"

  std::string because{};  // why it may be so, a sentence; empty where nothing explains it

  bool operator==(const Departure&) const = default;
};

// A signature that came in place of the right one.
struct WrongSignature {
  std::size_t message = 0;  // from 0
  std::string received{};   // with its line end
};

class PairWatch {
 public:
  // Borrows both.
  PairWatch(const chat::Profile& profile, const PairMaterials& materials);
  PairWatch(const PairWatch&) = delete;
  PairWatch& operator=(const PairWatch&) = delete;

  // A side said this, and the other one hears it.
  void hear(Role side, std::string_view bytes);
  // A side ended what it says: by FIN, or with a reset, after which nobody can end it in order.
  void hear_end(Role side, bool by_reset);
  // A side does nothing more; what is known of that, for people, stands in `how`.
  void hear_silence(Role side, std::string_view how);
  // Something else that a side did against a requirement.
  void note(Departure departure);

  // Who is to say or to do something now.
  Role turn() const;
  // Whether both have said all that there was, rightly, and ended.
  bool is_complete() const;
  // How many messages have come back signed as they should.
  std::size_t signed_count() const;
  // In their order; of each side at most one that is a must.
  const std::vector<Departure>& departures() const { return departures_; }
  bool has_left(Role side) const;
  // Where the server left the protocol by it.
  const std::optional<WrongSignature>& wrong_signature() const { return wrong_signature_; }

 private:
  // Keeps of what the server hears the verdicts; none of our texts has a line that looks like one.
  class Verdicts : public chat::TextSink {
   public:
    explicit Verdicts(const chat::Profile& profile) : profile_(profile) {}
    void text(std::string_view piece) override;
    void line_end() override;
    const std::vector<chat::Outcome>& heard() const { return heard_; }

   private:
    const chat::Profile& profile_;
    std::string line_{};
    std::vector<chat::Outcome> heard_{};
  };
  struct Side {
    explicit Side(const chat::Profile& profile) : due(profile) {}
    DueStream due;
    bool has_ended = false;
  };

  Side& at(Role side) { return side == Role::kClient ? client_ : server_; }
  const Side& at(Role side) const { return side == Role::kClient ? client_ : server_; }
  // The session that stands for a side, and hears the other.
  chat::Session& shadow(Role side);
  const chat::Session& shadow(Role side) const;
  void collect_due(Role side);
  void collect_due_of_client();
  void collect_due_of_server();
  // Whether there is nothing left for it but to end the connection.
  bool is_to_end(Role side) const;
  void note_divergence(Role side, const Divergence& divergence);
  std::string_view requirement_of_surplus(Role side, std::string_view said) const;
  std::string_view requirement_of_end(Role side) const;

  const chat::Profile& profile_;
  const PairMaterials& materials_;
  chat::NoText ignored_;
  Verdicts verdicts_;
  chat::ClientSession client_shadow_;
  chat::ServerSession server_shadow_;
  Side client_;
  Side server_;
  bool has_greeted_ = false;  // a reply of the server was due
  std::optional<Role> last_speaker_{};
  std::vector<Departure> departures_{};
  std::optional<WrongSignature> wrong_signature_{};
};

}  // namespace chatspec
