// What a client and a server are to talk about when they are played against each other.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "reference/client_session.h"
#include "reference/profile.h"

namespace chatspec {

// A message, the key with which it is signed, and the signature that the client's file has for it,
// for each message. The simplest come first, so that how far a pair comes says something.
struct PairMaterials {
  std::vector<std::string> texts{};
  std::vector<std::string> keys{};
  std::vector<std::string> signatures{};
  std::vector<chat::Outcome> outcomes{};  // what the client is to find: one signature is wrong

  std::string key_file() const;
  std::string message_file() const;
  std::string signature_file() const;
};

// The same for the same seed; keys and texts of another seed are others, so that nobody has the
// answers in store.
PairMaterials make_pair_materials(const chat::Profile& profile, std::uint64_t seed);

}  // namespace chatspec
