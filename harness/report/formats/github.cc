#include "harness/report/formats/github.h"

#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "harness/report/formats/plain_text.h"
#include "harness/report/formats/problems.h"

namespace chatspec {
namespace {

constexpr std::size_t kMostAnnotations = 10;  // of a kind, in a step

// Of a command, either the message behind it or one of its properties.
std::string escape_github(std::string_view text, bool in_property) {
  std::string out;
  for (const char c : as_plain_text(text)) {
    const bool is_special = c == '%' || c == '\n' || (in_property && (c == ':' || c == ','));
    if (is_special) {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    } else {
      out += c;
    }
  }
  return out;
}

struct Annotation {
  const ResultSuite* suite;
  Problem problem;
};

std::string command_of(std::string_view kind, const Annotation& annotation,
                       std::string_view remark) {
  const Problem& problem = annotation.problem;
  std::string place;
  if (!problem.file.empty())
    place = fmt::format("file={},line={},", escape_github(problem.file, true), problem.line);
  const std::string title = fmt::format(
      "{}{}", annotation.suite->name,
      problem.requirement.empty() ? "" : fmt::format(" breaks {}", problem.requirement));
  std::string message = problem.sentence;
  if (const std::string weight = describe_weight(problem); !weight.empty())
    message += fmt::format("\n{} ({})", problem.cases.front(), weight);
  message += remark;
  return fmt::format("::{} {}title={}::{}\n", kind, place, escape_github(title, true),
                     escape_github(message, false));
}

std::string commands_of(std::string_view kind, const std::vector<Annotation>& annotations) {
  std::string text;
  const std::size_t shown = std::min(annotations.size(), kMostAnnotations);
  for (std::size_t i = 0; i < shown; ++i) {
    const std::size_t more = annotations.size() - shown;
    const bool is_last = i + 1 == shown;
    text += command_of(
        kind, annotations[i],
        is_last && more > 0 ? fmt::format("\nAnd {} more, which the report tells.", more) : "");
  }
  return text;
}

}  // namespace

void write_github(std::span<const ResultSuite> suites, ReportText& out) {
  std::vector<Annotation> errors;
  std::vector<Annotation> warnings;
  for (const ResultSuite& suite : suites) {
    for (Problem& problem : list_problems(suite)) {
      auto& kind = problem.status == Status::kDeviates ? warnings : errors;
      kind.push_back({&suite, std::move(problem)});
    }
  }
  // Those of several runs with the most cases first, of each status.
  for (auto* annotations : {&errors, &warnings}) {
    std::ranges::stable_sort(*annotations, std::greater(), [](const Annotation& one) {
      return std::pair(one.problem.status == Status::kFailed,
                       one.problem.cases.size() + one.problem.kept_back);
    });
  }
  out.add(commands_of("error", errors) + commands_of("warning", warnings));
}

std::string stop_github_commands(std::string_view token) {
  return fmt::format("::stop-commands::{}\n", token);
}

std::string resume_github_commands(std::string_view token) {
  return fmt::format("::{}::\n", token);
}

}  // namespace chatspec
