// The readers of fault_report.h's table: each knows what one tool's report looks like, from the
// line with its marker on, and finds what happened and where.

#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace chatspec {

using Lines = std::span<const std::string_view>;

// What a reader finds; as it stands there, neither printable nor cut.
struct Told {
  std::string what{};
  std::string place{};
  bool survived = false;  // it says itself that only a thread, a task or a request ended by it
};

// `at` is the line with the marker. Nothing where it is no report.
using ReportReader = std::optional<Told> (*)(Lines lines, std::size_t at);

std::optional<Told> read_sanitizer(Lines lines, std::size_t at);  // ASan, LSan, MSan, TSan
std::optional<Told> read_undefined(Lines lines, std::size_t at);  // UBSan
std::optional<Told> read_valgrind(Lines lines, std::size_t at);
std::optional<Told> read_python(Lines lines, std::size_t at);
std::optional<Told> read_java(Lines lines, std::size_t at);
std::optional<Told> read_go(Lines lines, std::size_t at);
std::optional<Told> read_rust(Lines lines, std::size_t at);
std::optional<Told> read_node(Lines lines, std::size_t at);
std::optional<Told> read_ruby(Lines lines, std::size_t at);
std::optional<Told> read_php(Lines lines, std::size_t at);
std::optional<Told> read_ocaml(Lines lines, std::size_t at);
std::optional<Told> read_dotnet(Lines lines, std::size_t at);     // also Mono
std::optional<Told> read_terminate(Lines lines, std::size_t at);  // C++
std::optional<Told> read_assertion(Lines lines, std::size_t at);  // assert() of C
std::optional<Told> read_own_line(Lines lines, std::size_t at);   // a line that begins with it
std::optional<Told> read_shell(Lines lines, std::size_t at);      // of a process that it started

}  // namespace chatspec
