#include "harness/cli/options/report_style.h"

#include <array>
#include <filesystem>
#include <system_error>
#include <unistd.h>

#include "harness/cli/options/suite_location.h"
#include "harness/report/log/record.h"
#include "harness/report/text/file_uri.h"
#include "harness/scenario/source.h"
#include "harness/suite/repository.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;

// By which terminals on another machine know that the file is not theirs.
std::string host_name() {
  std::array<char, 256> name{};
  return gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

// A log may have come from anywhere: what its names lead to must be a scenario below the folder.
bool is_scenario_of(const fs::path& folder, const fs::path& file) {
  std::error_code failure;
  return file.extension() == kScenarioExtension && !path_below(folder, file).empty() &&
         fs::is_regular_file(file, failure);
}

Style::Locate locate_scenarios() {
  const fs::path repository = find_repository(".");
  const fs::path suite = find_own_suite().value_or(fs::path());
  return [host = host_name(), repository, suite](const CaseRecord& played) -> std::string {
    for (const auto& [folder, name] :
         {std::pair(&repository, &played.path), std::pair(&suite, &played.file)}) {
      if (folder->empty() || name->empty()) continue;
      const fs::path file = *folder / *name;
      if (is_scenario_of(*folder, file)) return make_file_uri(host, file.string());
    }
    return {};
  };
}

}  // namespace

Style make_report_style(const Console& console) {
  const bool wants_links = console.wants_colour() && console.shows_links();
  return Style(console.wants_colour(), console.report_columns(),
               wants_links ? locate_scenarios() : Style::Locate());
}

}  // namespace chatspec
