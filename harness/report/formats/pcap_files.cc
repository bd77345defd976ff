#include "harness/report/formats/pcap_files.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace chatspec {
namespace {

// Names of files are no longer than this on any system, with what is put after them.
constexpr std::size_t kMaxFileNameBytes = 200;

// Letters, digits and a few marks of a name, and `_` in place of the rest. It begins with none of
// the marks, so that it is no hidden file, no option and not "..".
std::string as_file_name(std::string_view name) {
  constexpr std::string_view kAllowed =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
  std::string file;
  for (const char c : name.substr(0, kMaxFileNameBytes)) {
    const bool is_mark = (c == '.' || c == '-') && !file.empty();
    file += kAllowed.contains(c) || is_mark ? c : '_';
  }
  return file;
}

// Whether there was a connection, or at least an attempt to use one: else there is no packet.
bool has_packets(const CaseRecord& played) {
  return std::ranges::any_of(played.events, [](const EventRecord& event) {
    return event.kind == EventKind::kConnected || event.kind == EventKind::kSent ||
           event.kind == EventKind::kReceived;
  });
}

}  // namespace

std::vector<PcapFile> list_pcap_files(std::span<const ResultSuite> suites) {
  std::vector<PcapFile> files;
  std::set<std::string> taken;
  for (const ResultSuite& suite : suites) {
    for (const Result& result : suite.results) {
      if (!result.played || !has_packets(*result.played)) continue;
      const std::string stem = as_file_name(
          suites.size() > 1 ? fmt::format("{}_{}", suite.name, result.name) : result.name);
      std::string name = stem + ".pcap";
      for (std::size_t number = 2; !taken.insert(name).second; ++number)
        name = fmt::format("{}-{}.pcap", stem, number);
      files.push_back({name, &suite.run, result.played});
    }
  }
  return files;
}

}  // namespace chatspec
