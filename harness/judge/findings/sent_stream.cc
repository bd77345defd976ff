#include "harness/judge/findings/sent_stream.h"

#include <algorithm>
#include <cassert>

#include "harness/judge/findings/line_end_text.h"
#include "reference/text/lines.h"

namespace chatspec {
namespace {

// Steps in, units out: a unit may be made of what several steps send.
class UnitReader {
 public:
  UnitReader(const chat::Profile& profile, SentStream& stream)
      : profile_(profile), stream_(stream) {}

  void add(const Step& step, std::size_t index) {
    const std::size_t before = stream_.bytes.size();
    stream_.bytes += step.bytes;
    for (const std::size_t cut : step.cuts) stream_.segment_ends.push_back(before + cut);
    stream_.segment_ends.push_back(stream_.bytes.size());
    profile_.has_line_ends() ? add_lines(before, index) : add_unit(before, index);
  }

 private:
  void add_lines(std::size_t begin, std::size_t step) {
    auto& units = stream_.units;
    if (!units.empty() && !units.back().has_line_end) {
      step = units.back().step;
      begin = units.back().begin;
      units.pop_back();
    }
    for (std::string_view rest = std::string_view(stream_.bytes).substr(begin); !rest.empty();) {
      const std::string_view line = chat::take_whole_line(rest);
      finish({.begin = begin,
              .end = begin + line.size(),
              .step = step,
              .is_of_text = stream_.is_within_text,
              .has_line_end = line.ends_with('\n')});
      begin += line.size();
    }
  }

  void add_unit(std::size_t begin, std::size_t step) {
    finish({.begin = begin,
            .end = stream_.bytes.size(),
            .step = step,
            .is_of_text = stream_.is_within_text});
  }

  void finish(SentUnit unit) {
    const std::string_view content = strip_line_end(stream_.bytes_of(unit));
    const bool is_whole = unit.has_line_end || !profile_.has_line_ends();
    if (is_whole && unit.is_of_text) {
      unit.is_terminator = profile_.has_line_ends() ? content == profile_.terminator
                                                    : content.ends_with(profile_.terminator);
      stream_.is_within_text = !unit.is_terminator;
    } else if (is_whole) {
      stream_.is_within_text = content == profile_.data;
    }
    stream_.units.push_back(unit);
  }

  const chat::Profile& profile_;
  SentStream& stream_;
};

}  // namespace

std::size_t SentStream::count_segments(const SentUnit& unit) const {
  const auto within = std::ranges::upper_bound(segment_ends, unit.begin);
  const auto behind = std::ranges::lower_bound(segment_ends, unit.end);
  return behind > within ? 1 + static_cast<std::size_t>(behind - within) : 1;
}

bool SentStream::ends_segment(const SentUnit& unit) const {
  return std::ranges::binary_search(segment_ends, unit.end);
}

SentStream find_sent_before(const Script& script, std::size_t step) {
  assert(step <= script.steps.size());
  SentStream stream;
  UnitReader reader(script.profile, stream);
  for (std::size_t i = 0; i < step; ++i) {
    const Step& before = script.steps[i];
    if (step < script.steps.size() && before.connection != script.steps[step].connection) continue;
    if (before.action == Action::kSend) reader.add(before, i);
    if (before.action != Action::kSend && before.action != Action::kExpect) stream.has_ended = true;
  }
  return stream;
}

}  // namespace chatspec
