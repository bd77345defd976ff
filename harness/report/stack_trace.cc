// A trace is a run of frames, and a frame is a line by which its runtime is known with lines that
// belong to it. One table has the runtimes: how a frame begins, what goes with it, whether it is
// the program's own, and at which end the innermost stands. All else is kept as it is.

#include "harness/report/stack_trace.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "reference/text/lines.h"

namespace chatspec {
namespace {

using Lines = std::vector<std::string_view>;

bool has_any(std::string_view text, std::initializer_list<std::string_view> parts) {
  return std::ranges::any_of(parts, [&](std::string_view part) { return text.contains(part); });
}

bool starts_with_any(std::string_view text, std::initializer_list<std::string_view> parts) {
  return std::ranges::any_of(parts, [&](std::string_view part) { return text.starts_with(part); });
}

std::string_view trim_indent(std::string_view line) {
  line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
  return line;
}

// "12:" or "#12 " as frames are numbered.
bool is_numbered(std::string_view text, std::string_view before, std::string_view behind) {
  if (!text.starts_with(before)) return false;
  text.remove_prefix(before.size());
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  return digits > 0 && text.substr(digits).starts_with(behind);
}

struct Runtime {
  bool (*begins_frame)(std::string_view line);
  bool (*goes_with_frame)(std::string_view line);
  bool (*is_foreign)(const Lines& frame);  // of the runtime or a library
  bool innermost_last = false;
  std::size_t most_frames = 3;
  std::size_t least_lines = 1;  // of a frame: what begins like one may be anything
};

bool none_of(std::string_view) {
  return false;
}

constexpr std::array kRuntimes{
    Runtime{.begins_frame = [](std::string_view line) { return line.starts_with("  File \""); },
            .goes_with_frame = [](std::string_view line) { return line.starts_with("    "); },
            .is_foreign =
                [](const Lines& frame) {
                  return has_any(frame.front(), {"/lib/python", "/lib64/python", "File \"<"});
                },
            .innermost_last = true,
            .most_frames = 2},
    // Java and Node.
    Runtime{.begins_frame =
                [](std::string_view line) { return starts_with_any(line, {"\tat ", "    at "}); },
            .goes_with_frame = [](std::string_view line) { return line.starts_with("\t... "); },
            .is_foreign =
                [](const Lines& frame) {
                  return has_any(frame.front(), {"at java.", "at javax.", "at jdk.", "at sun.",
                                                 "node:", "(native"});
                }},
    Runtime{.begins_frame =
                [](std::string_view line) {
                  return !line.empty() && line.front() != '\t' && line.front() != ' ' &&
                         line.ends_with(')') && line.contains('(') &&
                         !line.starts_with("goroutine");
                },
            .goes_with_frame = [](std::string_view line) { return line.starts_with("\t/"); },
            .is_foreign =
                [](const Lines& frame) {
                  return frame.size() < 2 ||
                         !starts_with_any(frame.front(), {"main.", "created by main."});
                },
            .most_frames = 2,
            .least_lines = 2},
    // Rust.
    Runtime{.begins_frame =
                [](std::string_view line) {
                  return line.starts_with("  ") && is_numbered(trim_indent(line), "", ": ");
                },
            .goes_with_frame =
                [](std::string_view line) { return line.starts_with("             at "); },
            .is_foreign =
                [](const Lines& frame) {
                  return frame.size() < 2 || has_any(frame.back(), {"at /rustc/", "/.cargo/"});
                },
            .most_frames = 2,
            .least_lines = 2},
    // Sanitizers.
    Runtime{.begins_frame =
                [](std::string_view line) { return is_numbered(trim_indent(line), "#", " "); },
            .goes_with_frame = none_of,
            .is_foreign =
                [](const Lines& frame) {
                  return has_any(frame.front(), {"libsanitizer/", "compiler-rt/", "/csu/", "+0x"});
                }},
    // Valgrind.
    Runtime{.begins_frame =
                [](std::string_view line) {
                  return line.starts_with("==") && has_any(line, {"   at 0x", "   by 0x"});
                },
            .goes_with_frame = none_of,
            .is_foreign =
                [](const Lines& frame) { return has_any(frame.front(), {"vg_replace", "(in /"}); }},
};

struct Trace {
  std::vector<Lines> frames{};
  std::size_t lines = 0;
};

// The frames that begin with the line `at`.
Trace read_trace(const Runtime& runtime, const Lines& lines, std::size_t at) {
  Trace trace;
  while (at + trace.lines < lines.size() && runtime.begins_frame(lines[at + trace.lines])) {
    Lines frame{lines[at + trace.lines++]};
    while (at + trace.lines < lines.size() && runtime.goes_with_frame(lines[at + trace.lines]))
      frame.push_back(lines[at + trace.lines++]);
    trace.frames.push_back(std::move(frame));
  }
  return trace;
}

// Carets below a line of source take a line and say little.
bool is_underline(std::string_view line) {
  return !line.empty() && line.find_first_not_of(" ^~") == line.npos;
}

std::vector<bool> choose_frames(const Runtime& runtime, const std::vector<Lines>& frames) {
  const bool has_own = !std::ranges::all_of(frames, runtime.is_foreign);
  std::vector<bool> chosen(frames.size(), false);
  std::size_t left = runtime.most_frames;
  for (std::size_t i = 0; i < frames.size() && left > 0; ++i) {
    const std::size_t at = runtime.innermost_last ? frames.size() - 1 - i : i;
    if (has_own && runtime.is_foreign(frames[at])) continue;
    chosen[at] = true;
    --left;
  }
  return chosen;
}

void add_trace(std::string& out, const Runtime& runtime, const Trace& trace) {
  const std::vector<bool> chosen = choose_frames(runtime, trace.frames);
  std::size_t left_out = 0;
  const auto tell_left_out = [&] {
    if (left_out > 0)
      out += fmt::format("    [{} frame{} left out]\n", left_out, left_out == 1 ? " is" : "s are");
    left_out = 0;
  };
  for (std::size_t i = 0; i < trace.frames.size(); ++i) {
    if (!chosen[i]) {
      ++left_out;
      continue;
    }
    tell_left_out();
    for (const std::string_view line : trace.frames[i]) {
      if (!is_underline(line)) out.append(line).append("\n");
    }
  }
  tell_left_out();
}

// A runtime's frames, where some begin with this line.
std::optional<Trace> find_trace(const Runtime& runtime, const Lines& lines, std::size_t at) {
  if (!runtime.begins_frame(lines[at])) return std::nullopt;
  Trace trace = read_trace(runtime, lines, at);
  if (trace.frames.front().size() < runtime.least_lines) return std::nullopt;
  return trace;
}

// So many lines from `at` on are a sanitizer's dump of memory.
std::size_t count_dump_lines(const Lines& lines, std::size_t at) {
  if (!lines[at].starts_with("Shadow bytes around")) return 0;
  std::size_t end = at;
  while (end < lines.size() && !lines[end].ends_with("==ABORTING")) ++end;
  return end - at;
}

}  // namespace

std::string shorten_stack_traces(std::string_view text) {
  Lines lines;
  for (std::string_view rest = text; !rest.empty();) lines.push_back(chat::take_line(rest));
  std::string out;
  for (std::size_t at = 0; at < lines.size();) {
    if (const std::size_t dump = count_dump_lines(lines, at); dump > 0) {
      at += dump;
      continue;
    }
    std::optional<Trace> trace;
    const auto runtime = std::ranges::find_if(kRuntimes, [&](const Runtime& one) {
      trace = find_trace(one, lines, at);
      return trace.has_value();
    });
    if (runtime == kRuntimes.end()) {
      out.append(lines[at++]).append("\n");
      continue;
    }
    add_trace(out, *runtime, *trace);
    at += trace->lines;
  }
  return out;
}

}  // namespace chatspec
