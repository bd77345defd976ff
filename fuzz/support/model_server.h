// The protocol a second time: PROTOCOL.md's server as a table of states and letters (a Mealy
// machine), which holds whole lines and knows nothing of pieces. Slow and obvious, and made of
// nothing that the reference is made of but SHA-256.

#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chatspec::fuzz {

enum class ModelState { kGreeting, kCommand, kText, kVerdict, kClosed };

struct ModelMessage {
  std::size_t begin = 0;  // of its lines in the stream
  std::size_t end = 0;    // behind its terminator's line end
  std::string text;       // unescaped, lines joined by nothing
};

struct ModelRun {
  std::string sent;
  std::string lines;  // every complete line received, unescaped in texts, each with LF
  ModelState state = ModelState::kGreeting;
  bool violated = false;
  std::vector<ModelMessage> messages;  // those that were signed
};

// What a server with these keys makes of the stream, in the profile `line`.
ModelRun run_model(std::string_view stream, std::span<const std::string> keys);

// The text that a line of a message stands for (ESC-2, ESC-3).
std::string model_unescape(std::string_view line);

}  // namespace chatspec::fuzz
