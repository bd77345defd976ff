// For tests: conversations between a client and a server as they would be seen from between them.

#pragma once

#include <functional>
#include <string>

#include "harness/grid/pair_materials.h"
#include "harness/grid/pair_transcript.h"
#include "reference/client_session.h"
#include "reference/recording_sink.h"
#include "reference/server_session.h"

namespace chatspec::testing_pairs {

inline const chat::Profile& line_profile() {
  return *chat::find_profile("line");
}

// What a side really says where the reference would say this; "" for nothing.
using Alter = std::function<std::string(Role side, const std::string& said)>;

inline void add(PairTranscript& transcript, Role side, Event event) {
  transcript.push_back({.side = side, .event = std::move(event)});
}

// The reference programs, each of whose sayings is altered before the other hears it; what follows
// is what the other makes of that. Ends where neither says anything more.
class AlteredTalk {
 public:
  AlteredTalk(const PairMaterials& materials, Alter alter)
      : client_(line_profile(), materials.texts, materials.signatures, heard_),
        server_(line_profile(), materials.keys, heard_),
        alter_(std::move(alter)) {}

  PairTranscript talk() {
    add(transcript_, Role::kServer, {.kind = EventKind::kConnected});
    add(transcript_, Role::kClient, {.kind = EventKind::kConnected});
    while (speak(Role::kClient) || speak(Role::kServer)) {
    }
    for (const Role side : {Role::kClient, Role::kServer}) {
      if (session(side).finished())
        add(transcript_, side, {.kind = EventKind::kEndOfStream});
      else
        add(transcript_, side,
            {.kind = EventKind::kQuiet,
             .bytes = "blocked in recv()",
             .grade = QuietGrade::kProven});
    }
    return std::move(transcript_);
  }

 private:
  chat::Session& session(Role side) {
    if (side == Role::kClient) return client_;
    return server_;
  }

  bool speak(Role side) {
    const std::string said = session(side).take_output();
    const std::string altered = said.empty() ? "" : alter_(side, said);
    if (altered.empty()) return false;
    add(transcript_, side, {.kind = EventKind::kReceived, .bytes = altered});
    session(chat::other(side)).receive(altered);
    return true;
  }

  chat::RecordingSink heard_{};
  chat::ClientSession client_;
  chat::ServerSession server_;
  Alter alter_;
  PairTranscript transcript_{};
};

inline std::string as_it_is(Role, const std::string& said) {
  return said;
}

inline std::string replaced(std::string text, const std::string& what, const std::string& by) {
  for (std::size_t at = 0; (at = text.find(what, at)) != text.npos; at += by.size())
    text.replace(at, what.size(), by);
  return text;
}

}  // namespace chatspec::testing_pairs
