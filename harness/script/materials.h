// What a scenario is played with: its keys, messages and signatures as bytes, and the files made of
// them.

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "harness/scenario/scenario.h"
#include "reference/profile.h"

namespace chatspec {

struct Materials {
  std::vector<std::string> keys;
  std::size_t own_keys = 0;           // how many the scenario has, whatever a remote server has
  std::vector<std::string> messages;  // lines separated by LF
  std::vector<std::string> file_signatures;  // what the client's file says, one per message

  // The content of each file, or nothing where it must not exist.
  std::optional<std::string> key_file;
  bool shapes_key_file = false;  // the scenario says what is in the key file, or how
  std::optional<std::string> message_file;
  std::optional<std::string> signature_file;

  // Arguments other than the right ones, by placeholder; nothing for one that is left out.
  std::map<std::string, std::optional<std::string>> arguments;
};

// A remote server has keys of its own; they then stand for the scenario's.
using GivenKeys = std::optional<std::vector<std::string>>;

// Everything random comes from `seed` (the run's) and `id` (the case's) alone, so a case is the
// same in any order of a run. `scenario` has been checked and has no table.
Materials make_materials(const Scenario& scenario, const chat::Profile& profile,
                         std::string_view id, std::uint64_t seed, const GivenKeys& given_keys);

// The signature on the wire for `<signature …>`; wrong ones differ from the right one in every
// digit. Where there is no such key (given keys may be fewer than a scenario's), it is that of the
// text alone, which no server could give.
std::string make_signature(const Materials& materials, const chat::Profile& profile,
                           std::size_t message, std::size_t key, SignatureForm form);

}  // namespace chatspec
