// Each reader gets the lines and the one that holds its marker. It finds the message there or near
// it, and the place in the first frame of the stack below (of Python the last one) that is the
// program's own: frames of the runtime, of libraries and of the sanitizer itself are passed over.
// The text is the program's and may be anything, so nothing is assumed to stand there, and a search
// ends after kMostFrames lines.

#include "harness/judge/faults/report_readers.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <utility>

#include <fmt/format.h>

namespace chatspec {
namespace {

constexpr std::size_t kMostFrames = 64;  // of a stack, that are looked at
constexpr std::size_t kMostTracebackLines = 4096;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::string_view trim_front(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
  return text;
}

std::string_view before(std::string_view text, std::string_view mark) {
  return text.substr(0, text.find(mark));
}

// What stands after the mark; nothing where there is none.
std::string_view behind(std::string_view text, std::string_view mark) {
  const std::size_t at = text.find(mark);
  return at == std::string_view::npos ? std::string_view() : text.substr(at + mark.size());
}

bool contains_any(std::string_view text, std::initializer_list<std::string_view> parts) {
  return std::ranges::any_of(parts, [&](auto part) { return text.contains(part); });
}

// Whether the text ends with ":12", as FILE:LINE and FILE:LINE:COLUMN do.
bool ends_with_line(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  return colon != std::string_view::npos && colon > 0 && colon + 1 < text.size() &&
         std::ranges::all_of(text.substr(colon + 1), is_digit);
}

std::string place_in(std::string_view file, std::string_view function) {
  return function.empty() ? std::string(file) : fmt::format("{}, in {}", file, function);
}

std::string_view line_at(Lines lines, std::size_t at) {
  return at < lines.size() ? lines[at] : std::string_view();
}

// The first place that `place_of` finds in the lines after `at`.
template <typename PlaceOf>
std::string first_place(Lines lines, std::size_t at, PlaceOf place_of) {
  const std::size_t end = std::min(lines.size(), at + 1 + kMostFrames);
  for (std::size_t i = at + 1; i < end; ++i) {
    if (std::string place = place_of(lines[i]); !place.empty()) return place;
  }
  return {};
}

// "    #1 0x564ed78565f9 in main /tmp/s.cc:10" or "    #0 main /tmp/s.cc:14 (s+0x2382)"
std::string sanitizer_place(std::string_view line) {
  line = trim_front(line);
  if (!line.starts_with('#') || contains_any(line, {"libsanitizer/", "compiler-rt/"})) return {};
  line = behind(line, " ");
  if (line.starts_with("0x")) line = behind(line, " in ");
  if (line.ends_with(')')) line = line.substr(0, line.rfind(" ("));
  const std::size_t blank = line.rfind(' ');
  if (blank == std::string_view::npos || !ends_with_line(line)) return {};
  return place_in(line.substr(blank + 1), line.substr(0, blank));
}

// "==12==    by 0x1093AF: main (s.cc:10)"
std::string valgrind_place(std::string_view line) {
  if (!contains_any(line, {"   at 0x", "   by 0x"}) || !line.ends_with(')')) return {};
  const std::string_view frame = behind(behind(line, " 0x"), ": ");
  const std::size_t opening = frame.rfind(" (");
  if (opening == std::string_view::npos || frame.contains("vg_replace")) return {};
  const std::string_view file = frame.substr(opening + 2, frame.size() - opening - 3);
  return ends_with_line(file) ? place_in(file, frame.substr(0, opening)) : std::string();
}

// `  File "server.py", line 3, in main`
std::string python_place(std::string_view line) {
  const std::string_view file = before(behind(line, "  File \""), "\"");
  if (file.empty() || file.starts_with('<') || contains_any(file, {"/lib/python", "/lib64/python"}))
    return {};
  const std::string_view number = behind(line, "\", line ");
  return place_in(fmt::format("{}:{}", file, before(number, ",")), behind(number, ", in "));
}

// "	at Server.main(Server.java:5)"
std::string java_place(std::string_view line) {
  const std::string_view frame = behind(line, "\tat ");
  if (contains_any(frame, {"java.base/"}) || frame.starts_with("java.") || !frame.ends_with(')'))
    return {};
  const std::string_view file = behind(frame, "(");
  return place_in(file.substr(0, file.size() - 1), before(frame, "("));
}

// "    at go (/tmp/t.js:1:23)" or "    at /tmp/t.js:1:23"
std::string node_place(std::string_view line) {
  if (!line.starts_with("    at ") || line.contains("node:")) return {};
  std::string_view frame = line.substr(7);
  if (!frame.ends_with(')')) return ends_with_line(frame) ? std::string(frame) : std::string();
  frame.remove_suffix(1);
  const std::size_t opening = frame.rfind(" (");
  if (opening == std::string_view::npos || !ends_with_line(frame)) return {};
  return place_in(frame.substr(opening + 2), frame.substr(0, opening));
}

// "   at P.Main() in /home/me/Server.cs:line 12", or without what stands after " in ".
std::string dotnet_place(std::string_view line) {
  const std::string_view frame = behind(line, "  at ");
  if (frame.empty() || frame.starts_with("System.")) return {};
  const std::string_view method = before(before(frame, " ("), "(");
  const std::string_view file = behind(frame, ") in ");
  if (file.empty()) return std::string(method);
  return place_in(fmt::format("{}:{}", before(file, ":line "), behind(file, ":line ")), method);
}

constexpr std::array<std::string_view, 2> kPythonChain{
    "During handling of the above exception, another exception occurred:",
    "The above exception was the direct cause of the following exception:"};

bool is_chained(Lines lines, std::size_t at) {
  return std::ranges::find(kPythonChain, line_at(lines, at)) != kPythonChain.end();
}

// The line above a traceback; above the first, where several are chained.
std::string_view python_heading(Lines lines, std::size_t at) {
  const std::size_t top = at - std::min(at, kMostTracebackLines);
  while (at >= 2 && is_chained(lines, at - 2)) {
    std::size_t earlier = at - 2;
    while (earlier > top && lines[earlier] != lines[at]) --earlier;
    if (lines[earlier] != lines[at]) return {};
    at = earlier;
  }
  return at > 0 ? lines[at - 1] : std::string_view();
}

bool is_last(Lines lines, std::size_t at) {
  return std::ranges::all_of(lines.subspan(std::min(at + 1, lines.size())),
                             [](auto line) { return trim_front(line).empty(); });
}

// The same, but for lines that begin with one of these.
bool is_last_but_for(Lines lines, std::size_t at,
                     std::initializer_list<std::string_view> beginnings) {
  return std::ranges::all_of(lines.subspan(std::min(at + 1, lines.size())), [&](auto line) {
    return trim_front(line).empty() ||
           std::ranges::any_of(beginnings, [&](auto begin) { return line.starts_with(begin); });
  });
}

}  // namespace

std::optional<Told> read_sanitizer(Lines lines, std::size_t at) {
  std::string_view line = lines[at];
  if (!line.starts_with("==") && !line.starts_with("WARNING: ")) return std::nullopt;
  line = behind(line, line.contains("ERROR: ") ? "ERROR: " : "WARNING: ");
  // How much memory there is, is the cell's to say.
  if (contains_any(line, {"out of memory", "out-of-memory", "allocation-size-too-big"}))
    return std::nullopt;
  line = before(before(line, " on address "), " (pid=");
  return Told{.what = std::string(line), .place = first_place(lines, at, sanitizer_place)};
}

// "s.cc:13:47: runtime error: signed integer overflow: …"
std::optional<Told> read_undefined(Lines lines, std::size_t at) {
  constexpr std::string_view kMark = ": runtime error: ";
  const std::string_view place = before(lines[at], kMark);
  if (!ends_with_line(place)) return std::nullopt;
  return Told{.what = fmt::format("runtime error: {}", behind(lines[at], kMark)),
              .place = std::string(place)};
}

std::optional<Told> read_valgrind(Lines lines, std::size_t at) {
  const std::string_view pid = before(behind(lines[at], "=="), "==");
  if (!lines[at].starts_with("==") || !std::ranges::all_of(pid, is_digit)) return std::nullopt;
  return Told{.what = fmt::format("Valgrind: {}", behind(behind(lines[at], "=="), "== ")),
              .place = first_place(lines, at, valgrind_place)};
}

// An uncaught exception is the last that a program says; one in a thread, a task or a server's
// request stands below a line that says so.
std::optional<Told> read_python(Lines lines, std::size_t at) {
  if (lines[at] != "Traceback (most recent call last):") return std::nullopt;
  Told told;
  std::size_t end = at + 1;
  for (; end < lines.size() && lines[end].starts_with(' ') && end - at < kMostTracebackLines;
       ++end) {
    if (std::string place = python_place(lines[end]); !place.empty()) told.place = std::move(place);
  }
  if (end == at + 1 || end >= lines.size() || is_chained(lines, end + 2)) return std::nullopt;
  told.what = lines[end];
  const std::string_view heading = python_heading(lines, at);
  if (heading.starts_with("Exception ignored")) return std::nullopt;
  constexpr std::array<std::string_view, 5> kSurvived{
      "Exception in thread ", "Process ", "Exception occurred during processing of request",
      "Task exception was never retrieved", "future: <"};
  told.survived = std::ranges::any_of(kSurvived, [&](auto s) { return heading.starts_with(s); });
  if (!told.survived && !is_last(lines, end)) return std::nullopt;
  return told;
}

std::optional<Told> read_java(Lines lines, std::size_t at) {
  if (!lines[at].starts_with("Exception in thread \"")) return std::nullopt;
  const std::string_view what = behind(lines[at], "\" ");
  if (what.empty()) return std::nullopt;
  return Told{.what = std::string(what), .place = first_place(lines, at, java_place)};
}

// A blank line and "goroutine 1 [running]:" follow. Then each frame has two lines, the function and
// "\t/home/me/server.go:12 +0x1d".
std::optional<Told> read_go(Lines lines, std::size_t at) {
  if (!lines[at].starts_with("panic: ") && !lines[at].starts_with("fatal error: "))
    return std::nullopt;
  constexpr std::size_t kMostBetween = 8;
  std::size_t stack = at + 1;
  while (stack < lines.size() && stack - at < kMostBetween &&
         !lines[stack].starts_with("goroutine "))
    ++stack;
  if (!line_at(lines, stack).starts_with("goroutine ")) return std::nullopt;
  Told told{.what = std::string(lines[at])};
  const std::size_t end = std::min(lines.size(), stack + kMostFrames);
  for (std::size_t i = stack + 1; i < end && !lines[i].empty(); ++i) {
    if (!lines[i].starts_with('\t') || !lines[i - 1].starts_with("main.")) continue;
    const std::string_view function = lines[i - 1];
    told.place = place_in(before(lines[i].substr(1), " "), function.substr(0, function.rfind('(')));
    break;
  }
  return told;
}

// "thread 'main' panicked at t.rs:1:47:" and the message below it; from compilers before 1.73 both
// in one line: "thread 'main' panicked at 'message', t.rs:1:47".
std::optional<Told> read_rust(Lines lines, std::size_t at) {
  if (!lines[at].starts_with("thread '")) return std::nullopt;
  std::string_view place = behind(lines[at], " panicked at ");
  if (place.starts_with('\'')) {
    const std::size_t comma = place.rfind(", ");
    if (comma == std::string_view::npos) return std::nullopt;
    return Told{.what = std::string(place.substr(0, comma)),
                .place = std::string(place.substr(comma + 2))};
  }
  if (!place.ends_with(':')) return std::nullopt;
  place.remove_suffix(1);
  if (!ends_with_line(place)) return std::nullopt;
  return Told{.what = std::string(line_at(lines, at + 1)), .place = std::string(place)};
}

// The version ends the report. Above it stands "Error: message" with its stack, and above that the
// place: "/tmp/t.js:1", the line of source and a caret.
std::optional<Told> read_node(Lines lines, std::size_t at) {
  if (!lines[at].starts_with("Node.js v")) return std::nullopt;
  const std::size_t top = at - std::min(at, kMostFrames);
  for (std::size_t caret = at; caret > top + 1; --caret) {
    if (trim_front(lines[caret - 1]) != "^") continue;
    std::size_t what = caret;
    while (what < at && lines[what].empty()) ++what;
    if (what == at) return std::nullopt;
    return Told{.what = std::string(lines[what]), .place = first_place(lines, what, node_place)};
  }
  return std::nullopt;
}

// "server.rb:2:in `receive': undefined method `chomp' for nil (NoMethodError)"; since 3.4 the first
// quote is a ', too. The source and the other frames follow, after blanks and tabs, and nothing
// else: whoever catches an exception and prints it most often goes on.
std::optional<Told> read_ruby(Lines lines, std::size_t at) {
  constexpr std::string_view kIn = ":in ";
  const std::string_view line = lines[at];
  const std::string_view place = before(line, kIn);
  if (!ends_with_line(place) || place.starts_with('\t') || !line.ends_with(')'))
    return std::nullopt;
  const std::string_view frame = behind(line, kIn);
  if (!frame.starts_with('`') && !frame.starts_with('\'')) return std::nullopt;
  const std::string_view method = before(frame.substr(1), "': ");
  const std::string_view what = behind(frame, "': ");
  const std::string_view thrown = what.substr(std::min(what.rfind('(') + 1, what.size()));
  const bool is_class = !thrown.empty() && thrown.front() >= 'A' && thrown.front() <= 'Z';
  if (!is_class || thrown.contains(' ') || !is_last_but_for(lines, at, {" ", "\t"}))
    return std::nullopt;
  return Told{.what = std::string(what), .place = place_in(place, method)};
}

// "PHP Fatal error:  Uncaught RuntimeException: no hello in /home/me/server.php:2"
std::optional<Told> read_php(Lines lines, std::size_t at) {
  const std::string_view line = lines[at];
  if (!line.starts_with("PHP Fatal error: ") && !line.starts_with("Fatal error: "))
    return std::nullopt;
  const std::string_view what = behind(line, "Uncaught ");
  const std::size_t in = what.rfind(" in ");
  if (in == std::string_view::npos || !ends_with_line(what)) return Told{.what = std::string(what)};
  return Told{.what = std::string(what.substr(0, in)), .place = std::string(what.substr(in + 4))};
}

// "Fatal error: exception Failure("int_of_string")"; with OCAMLRUNPARAM=b, lines like
// "Raised at Dune__exe__Server.go in file "server.ml", line 12, characters 4-20" follow.
std::optional<Told> read_ocaml(Lines lines, std::size_t at) {
  constexpr std::string_view kMark = "Fatal error: exception ";
  if (!lines[at].starts_with(kMark) ||
      !is_last_but_for(lines, at, {"Raised ", "Re-raised ", "Called "}))
    return std::nullopt;
  const std::string_view raised = line_at(lines, at + 1);
  const std::string_view file = before(behind(raised, " in file \""), "\"");
  const std::string_view number = before(behind(raised, "\", line "), ",");
  return Told{.what = std::string(lines[at].substr(kMark.size())),
              .place = file.empty() ? "" : fmt::format("{}:{}", file, number)};
}

// Mono: "[ERROR] FATAL UNHANDLED EXCEPTION: System.FormatException: …", .NET: "Unhandled exception.
// System.FormatException: …"; then frames, "   at P.Main() in /home/me/Server.cs:line 12".
std::optional<Told> read_dotnet(Lines lines, std::size_t at) {
  constexpr std::string_view kMono = "[ERROR] FATAL UNHANDLED EXCEPTION: ";
  constexpr std::string_view kNet = "Unhandled exception. ";
  const std::string_view mark = lines[at].starts_with(kMono) ? kMono : kNet;
  std::string place = first_place(lines, at, dotnet_place);
  if (!lines[at].starts_with(mark) || (mark == kNet && place.empty())) return std::nullopt;
  return Told{.what = std::string(lines[at].substr(mark.size())), .place = std::move(place)};
}

std::optional<Told> read_terminate(Lines lines, std::size_t at) {
  const std::string_view line = lines[at];
  if (!line.starts_with("terminate called ") && !line.starts_with("libc++abi: "))
    return std::nullopt;
  Told told{.what = std::string(line)};
  const std::string_view message = behind(line_at(lines, at + 1), "  what():  ");
  if (!message.empty()) told.what += fmt::format(": {}", message);
  return told;
}

// "server: s.cc:17: int main(int, char**): Assertion `n==5' failed."
std::optional<Told> read_assertion(Lines lines, std::size_t at) {
  constexpr std::string_view kMark = ": Assertion `";
  if (!lines[at].ends_with("' failed.")) return std::nullopt;
  const std::string_view head = before(lines[at], kMark);
  const std::string_view tail = behind(head, ": ");  // after the program's name
  const std::size_t line_end = tail.find(": ");
  const std::string_view file = tail.substr(0, line_end);
  if (!ends_with_line(file)) return std::nullopt;
  const std::string_view function =
      line_end == std::string_view::npos ? std::string_view() : tail.substr(line_end + 2);
  return Told{.what = fmt::format("Assertion `{}", behind(lines[at], kMark)),
              .place = place_in(file, function)};
}

std::optional<Told> read_own_line(Lines lines, std::size_t at) {
  constexpr std::array<std::string_view, 8> kBegins{"*** stack smashing detected ***",
                                                    "*** buffer overflow detected ***",
                                                    "double free or corruption (",
                                                    "free(): ",
                                                    "malloc(): ",
                                                    "munmap_chunk(): ",
                                                    "corrupted size vs. prev_size",
                                                    "Fatal Python error: "};
  const bool begins =
      std::ranges::any_of(kBegins, [&](auto begin) { return lines[at].starts_with(begin); });
  return begins ? std::optional(Told{.what = std::string(lines[at])}) : std::nullopt;
}

// dash: "Segmentation fault (core dumped)". bash:
// "./run.sh: line 2:  3504 Segmentation fault      (core dumped) ./server"
std::optional<Told> read_shell(Lines lines, std::size_t at) {
  constexpr std::array<std::string_view, 6> kDeaths{
      "Segmentation fault",       "Aborted",        "Bus error", "Illegal instruction",
      "Floating point exception", "Bad system call"};
  const std::string_view line = lines[at];
  for (const std::string_view death : kDeaths) {
    // "Aborted" alone may well be a program's own word.
    if ((line == death && death != "Aborted") || line == fmt::format("{} (core dumped)", death))
      return Told{.what = std::string(line)};
    std::string_view number = behind(before(line, fmt::format(" {}", death)), ": line ");
    number = trim_front(behind(number, ":"));
    const bool bash = !number.empty() && std::ranges::all_of(number, is_digit);
    if (bash && line.contains(death)) return Told{.what = std::string(death)};
  }
  return std::nullopt;
}

}  // namespace chatspec
