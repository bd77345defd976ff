#include "harness/explore/protocol/client_requirements.h"

#include <algorithm>

#include "reference/framing.h"
#include "reference/text/printable.h"

namespace chatspec {
namespace {

// Longer lines of a message are what LIMIT-1 is about.
constexpr std::size_t kUsualMessageLineBytes = 1000;
// And messages that are longer than such a line, LIMIT-2.
constexpr std::size_t kUsualMessageBytes = std::size_t{64} << 10;

// What is only recommended comes first: where it is not met, nothing that must be is known to fail.
void add_of_message(const chat::Profile& profile, std::string_view message,
                    std::vector<std::string>& found) {
  const auto has = [&](char c) { return message.find(c) != message.npos; };
  const auto lines = chat::text_lines(message);
  if (!std::ranges::all_of(message, [](char c) { return c == '\n' || chat::is_printable(c); }))
    found.emplace_back("BYTE-1");
  if (message.size() > kUsualMessageBytes) found.emplace_back("LIMIT-2");
  if (std::ranges::any_of(lines, [](auto line) { return line.size() > kUsualMessageLineBytes; }))
    found.emplace_back("LIMIT-1");
  if (profile.escape && (has(*profile.escape) || has(profile.terminator.front())))
    found.emplace_back("ESC-1");
  if (message.empty()) found.emplace_back("DATA-6");
  if (std::ranges::find(lines, "") != lines.end()) found.emplace_back("DATA-5");
}

std::string_view main_requirement(const ClientStepFacts& facts) {
  if (facts.has_quit) return "QUIT-1";
  if (facts.has_verdict) return "VERDICT-1";
  if (facts.text) return "DATA-1";
  if (facts.has_acted) return "HELLO-1";
  return "STREAM-3";  // it waits for more
}

}  // namespace

std::vector<std::string> find_step_requirements(const chat::Profile& profile,
                                                const ClientStepFacts& facts) {
  if (facts.is_end) return {"END-2"};
  if (facts.is_no_signature) return {"VERDICT-1"};
  if (!facts.violation.empty()) return {std::string(facts.violation)};
  std::vector<std::string> found;
  if (facts.was_upper_case) found.emplace_back("SIG-5");
  if (facts.text) add_of_message(profile, *facts.text, found);
  if (facts.was_crlf) found.emplace_back("FRAME-2");
  if (facts.is_cut || facts.was_cut || facts.was_joined) found.emplace_back("STREAM-3");
  const std::string_view main = main_requirement(facts);
  if (std::ranges::find(found, main) == found.end()) found.emplace_back(main);
  return found;
}

}  // namespace chatspec
