// The reports in other programs' formats that a command line asks for (formats.h), and where they
// go.

#pragma once

#include <cstdio>
#include <expected>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/cli/console/console.h"
#include "harness/cli/console/named_files.h"
#include "harness/report/formats/formats.h"
#include "harness/report/log/run_of_log.h"

namespace CLI {
class App;
}

namespace chatspec {

// Files that are open, empty and ready for a report each.
class OpenReports {
 public:
  // To be called before anything is said: where workflow commands will stand on standard output,
  // nothing that a program wrote is to be taken for one.
  void guard_output(Console& console) const;

  // Writes all of them, of the same runs. False where one could not be written, which is told.
  bool write(std::span<const RunOfLog> runs, Console& console);

 private:
  friend class FormatOptions;
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  struct Output {
    const ReportFormat* format = nullptr;
    std::string path;
    std::unique_ptr<std::FILE, Close> file;  // null where it is standard output
  };
  // The number of what went wrong, 0 where nothing did. The file is closed then.
  static int write_file(Output& output, std::span<const ResultSuite> suites);
  bool write_pcaps(std::span<const ResultSuite> suites, Console& console) const;

  std::vector<Output> outputs_;
  std::string pcap_folder_{};  // empty where none is wanted
  std::string token_{};        // that nobody can guess; empty where no commands are wanted
};

class FormatOptions {
 public:
  FormatOptions();

  // An option for each format. The command line is read into this object, which must outlive that.
  void add_to(CLI::App& command);

  bool wants_any() const;
  // Whether standard output is for one of them (`-`), and for nothing else.
  bool takes_output() const;

  // Where they are to be written.
  std::vector<NamedFile> list_files() const;

  // Opens their files, so that one which cannot be written is told before anything is done; what
  // they held is lost. The folder for packets is made where there is none. The error is a sentence:
  // also where a file is named twice, or is one of `others`.
  std::expected<OpenReports, std::string> open(std::span<const NamedFile> others) const;

 private:
  struct Wanted {
    std::string path{};      // empty where it is not wanted
    bool on_output = false;  // of one whose target that is
    bool any() const { return on_output || !path.empty(); }
  };

  std::vector<Wanted> wanted_;  // in the formats' order
  std::string pcap_folder_{};
};

}  // namespace chatspec
