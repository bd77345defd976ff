#include "harness/cli/options/format_options.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <random>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "harness/cli/console/whole_file.h"
#include "harness/cli/options/validators.h"
#include "harness/report/formats/github.h"
#include "harness/report/formats/pcap_files.h"
#include "harness/report/reproduction/pcap.h"

namespace chatspec {
namespace {

constexpr const char* kGroup = "Reports for other programs (FILE may be -, standard output)";

// 128 bits that differ each time.
std::string make_token() {
  std::random_device random;
  std::string token;
  for (int i = 0; i < 4; ++i) token += fmt::format("{:08x}", random());
  return token;
}

}  // namespace

void OpenReports::guard_output(Console& console) const {
  if (!token_.empty()) console.say(stop_github_commands(token_));
}

bool OpenReports::write(std::span<const RunOfLog> runs, Console& console) {
  if (outputs_.empty() && pcap_folder_.empty()) return true;
  const std::vector<ResultSuite> suites = make_results(runs);
  bool all_written = pcap_folder_.empty() || write_pcaps(suites, console);
  for (Output& output : outputs_) {
    if (output.format->target == ReportTarget::kOutput) console.say(resume_github_commands(token_));
    if (!output.file) {
      ReportText text([&](std::string_view piece) { console.say(piece); });
      output.format->write(suites, text);
      text.finish();
    } else if (const int failure = write_file(output, suites); failure != 0) {
      console.complain(
          fmt::format("{}: cannot write the report: {}", output.path, std::strerror(failure)));
      all_written = false;
    }
  }
  return all_written;
}

int OpenReports::write_file(Output& output, std::span<const ResultSuite> suites) {
  std::FILE* file = output.file.get();
  int failure = 0;
  ReportText text([&](std::string_view piece) {
    if (failure == 0 && std::fwrite(piece.data(), 1, piece.size(), file) != piece.size())
      failure = errno;
  });
  output.format->write(suites, text);
  text.finish();
  if (std::fclose(output.file.release()) != 0 && failure == 0) failure = errno;
  return failure;
}

bool OpenReports::write_pcaps(std::span<const ResultSuite> suites, Console& console) const {
  for (const PcapFile& file : list_pcap_files(suites)) {
    const auto written = write_whole_file(fmt::format("{}/{}", pcap_folder_, file.name),
                                          make_pcap(*file.run, *file.played));
    if (written) continue;
    console.complain(written.error());
    return false;
  }
  return true;
}

FormatOptions::FormatOptions() : wanted_(list_report_formats().size()) {}

void FormatOptions::add_to(CLI::App& command) {
  for (std::size_t i = 0; i < wanted_.size(); ++i) {
    const ReportFormat& format = list_report_formats()[i];
    const std::string option(format.option);
    const std::string help(format.help);
    CLI::Option* added = format.target == ReportTarget::kOutput
                             ? command.add_flag(option, wanted_[i].on_output, help)
                             : command.add_option(option, wanted_[i].path, help)
                                   ->type_name("FILE")
                                   ->check(path_of_file());
    added->group(kGroup);
  }
  command
      .add_option(
          "--pcap", pcap_folder_,
          "A folder for packets of each case of which the log has a conversation, a file for "
          "Wireshark each")
      ->type_name("DIR")
      ->group(kGroup)
      ->check(path_of_folder());
}

bool FormatOptions::wants_any() const {
  return !pcap_folder_.empty() || std::ranges::any_of(wanted_, &Wanted::any);
}

bool FormatOptions::takes_output() const {
  return std::ranges::find(wanted_, kStandardOutput, &Wanted::path) != wanted_.end();
}

std::vector<NamedFile> FormatOptions::list_files() const {
  std::vector<NamedFile> files;
  for (std::size_t i = 0; i < wanted_.size(); ++i) {
    files.push_back({list_report_formats()[i].option,
                     wanted_[i].on_output ? std::string(kStandardOutput) : wanted_[i].path});
  }
  return files;
}

std::expected<OpenReports, std::string> FormatOptions::open(
    std::span<const NamedFile> others) const {
  std::vector<NamedFile> files(others.begin(), others.end());
  std::ranges::move(list_files(), std::back_inserter(files));
  if (const auto once = check_named_once(files); !once) return std::unexpected(once.error());
  OpenReports reports;
  reports.pcap_folder_ = pcap_folder_;
  std::error_code failure;
  if (!pcap_folder_.empty()) std::filesystem::create_directories(pcap_folder_, failure);
  if (failure || (!pcap_folder_.empty() && access(pcap_folder_.c_str(), W_OK) != 0)) {
    return std::unexpected(fmt::format("{}: cannot write packets there: {}", pcap_folder_,
                                       failure ? failure.message() : std::strerror(errno)));
  }
  for (std::size_t i = 0; i < wanted_.size(); ++i) {
    if (!wanted_[i].any()) continue;
    const std::string& path = wanted_[i].path;
    const bool is_output = wanted_[i].on_output || path == kStandardOutput;
    std::FILE* file = is_output ? nullptr : std::fopen(path.c_str(), "wbe");
    if (!file && !is_output) {
      return std::unexpected(
          fmt::format("{}: cannot write the report: {}", path, std::strerror(errno)));
    }
    if (wanted_[i].on_output) reports.token_ = make_token();
    reports.outputs_.push_back({&list_report_formats()[i], path, nullptr});
    reports.outputs_.back().file.reset(file);
  }
  return reports;
}

}  // namespace chatspec
