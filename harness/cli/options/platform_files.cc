#include "harness/cli/options/platform_files.h"

#include <algorithm>
#include <chrono>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "harness/cli/console/environment.h"
#include "harness/cli/console/whole_file.h"
#include "harness/cli/options/validators.h"
#include "harness/grade/mark_report.h"
#include "harness/grade/platform_results.h"

namespace chatspec {

void PlatformFiles::add_options(CLI::App& command) {
  for (const PlatformResult& platform : list_platform_results()) {
    command
        .add_option(std::string(platform.option), paths_[platform.option],
                    std::string(platform.help) + " to this file (- is standard output)")
        ->type_name("FILE")
        ->check(path_of_file());
  }
}

std::string_view PlatformFiles::find_asked() const {
  const auto asked =
      std::ranges::find_if(paths_, [](const auto& path) { return !path.second.empty(); });
  return asked == paths_.end() ? std::string_view() : asked->first;
}

bool PlatformFiles::takes_output() const {
  return std::ranges::any_of(paths_, [](const auto& path) { return path.second == "-"; });
}

ExitCode PlatformFiles::write(const Assignment& assignment, const Mark& mark,
                              Console& console) const {
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  const HidesCase hides = [&](const CaseRecord& played) { return assignment.hides(played, now); };
  const MarkedSubmission marked{assignment, mark, hides, now, own_environment()};
  std::vector<std::pair<std::string, std::string>> texts;  // by their paths
  for (const PlatformResult& platform : list_platform_results()) {
    const auto path = paths_.find(platform.option);
    if (path == paths_.end() || path->second.empty()) continue;
    auto text = platform.render(marked);
    if (!text) {
      console.complain(fmt::format("{}: {}", platform.option, text.error()));
      return ExitCode::kUsage;
    }
    if (*text) texts.emplace_back(path->second, **std::move(text));
  }
  for (const auto& [path, text] : texts) {
    if (const auto written = write_file_or_output(path, text, console); !written) {
      console.complain(written.error());
      return ExitCode::kInternal;
    }
  }
  return ExitCode::kGood;
}

}  // namespace chatspec
