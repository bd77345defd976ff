#include "harness/grid/due_stream.h"

#include <algorithm>
#include <cassert>
#include <cctype>
#include <iterator>

namespace chatspec {
namespace {

constexpr std::string_view kLineEndRequirement = "FRAME-1";
constexpr std::string_view kEscapeRequirement = "ESC-1";

bool is_line_end(char c) {
  return c == '\n' || c == '\r';
}

bool is_hex_digit(char c) {
  return std::isxdigit(static_cast<unsigned char>(c)) != 0;
}

char lower(char c) {
  return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
}

}  // namespace

void DueStream::add(std::string_view bytes, std::string_view requirement) {
  if (bytes.empty()) return;
  bytes_ += bytes;
  parts_.push_back({.end = bytes_.size(), .requirement = requirement});
}

void DueStream::allow_line_end() {
  allowed_ = profile_.has_line_ends() ? profile_.line_end_bytes() : "\n";
  allowed_at_ = bytes_.size();
}

std::optional<Divergence> DueStream::take(std::string_view said) {
  if (!agrees_) return std::nullopt;
  for (std::size_t i = 0; i < said.size(); ++i) {
    if (is_allowed(said[i])) continue;
    if (at_ == bytes_.size()) {
      agrees_ = false;
      return Divergence{.said = std::string(said.substr(i))};
    }
    const bool is_case = said[i] != bytes_[at_] && is_other_case(said[i]);
    if (said[i] == bytes_[at_] || is_case) {
      has_other_case_ |= is_case;
      ++at_;
      continue;
    }
    agrees_ = false;
    const std::size_t unit = unit_begin(at_);
    // As much of the unit as came with these bytes, since what came before is as it was due.
    std::string received = bytes_.substr(unit, at_ - unit);
    const std::string_view rest = said.substr(i);
    const std::size_t line_end = rest.find('\n');
    received += rest.substr(0, line_end == rest.npos ? line_end : line_end + 1);
    return Divergence{.requirement = requirement_at(at_, said[i]),
                      .due = bytes_.substr(unit, unit_end(at_) - unit),
                      .said = std::move(received)};
  }
  return std::nullopt;
}

Divergence DueStream::owed() const {
  assert(is_owing());
  const std::size_t unit = unit_begin(at_);
  const std::size_t end = unit_end(at_);
  const bool lacks_line_end =
      at_ > unit && std::all_of(bytes_.begin() + std::ptrdiff_t(at_),
                                bytes_.begin() + std::ptrdiff_t(end), is_line_end);
  return {.requirement = lacks_line_end ? kLineEndRequirement : part_at(at_).requirement,
          .due = bytes_.substr(unit, end - unit),
          .said = bytes_.substr(unit, at_ - unit)};
}

// The same byte that is due anyhow is no line end in front of it.
bool DueStream::is_allowed(char said) {
  if (allowed_.empty() || at_ != allowed_at_ || said != allowed_.front()) return false;
  if (at_ < bytes_.size() && bytes_[at_] == said) return false;
  allowed_.remove_prefix(1);
  return true;
}

const DueStream::Part& DueStream::part_at(std::size_t at) const {
  const auto part = std::ranges::find_if(parts_, [&](const Part& one) { return at < one.end; });
  assert(part != parts_.end());
  return *part;
}

// A unit lies within what was due at once.
std::size_t DueStream::unit_begin(std::size_t at) const {
  const Part& part = part_at(at);
  const std::size_t part_begin = &part == parts_.data() ? 0 : std::prev(&part)->end;
  const std::size_t line_end = at == 0 ? bytes_.npos : bytes_.rfind('\n', at - 1);
  return line_end == bytes_.npos ? part_begin : std::max(part_begin, line_end + 1);
}

std::size_t DueStream::unit_end(std::size_t at) const {
  const std::size_t line_end = bytes_.find('\n', at);
  const std::size_t part_end = part_at(at).end;
  return line_end == bytes_.npos ? part_end : std::min(part_end, line_end + 1);
}

// A digit of a signature: one in a stretch of as many as a hash has.
bool DueStream::is_other_case(char said) const {
  const bool is_hex = profile_.signature_coding != chat::SignatureCoding::kBase64;
  if (!is_hex || !is_hex_digit(bytes_[at_]) || lower(said) != lower(bytes_[at_])) return false;
  std::size_t begin = at_;
  while (begin > 0 && is_hex_digit(bytes_[begin - 1])) --begin;
  std::size_t end = at_;
  while (end < bytes_.size() && is_hex_digit(bytes_[end])) ++end;
  return end - begin >= 2 * chat::find_hash(profile_.hash)->bytes;
}

std::string_view DueStream::requirement_at(std::size_t at, char said) const {
  if (is_line_end(bytes_[at]) || said == '\r') return kLineEndRequirement;
  const std::string_view requirement = part_at(at).requirement;
  const bool is_escape = profile_.escapes() && (bytes_[at] == *profile_.escape ||
                                                (at > 0 && bytes_[at - 1] == *profile_.escape));
  return requirement == "DATA-1" && is_escape ? kEscapeRequirement : requirement;
}

}  // namespace chatspec
