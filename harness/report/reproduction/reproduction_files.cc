// README.txt is for somebody who has nothing but the folder: it says in the order in which they are
// done what to start, with which files, and what was seen.

#include "harness/report/reproduction/reproduction_files.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include <fmt/format.h>

#include "harness/report/log/received_text.h"
#include "harness/report/reproduction/pcap.h"
#include "harness/report/reproduction/python_reproduction.h"
#include "harness/report/reproduction/reproduction_command.h"
#include "harness/report/text/paragraph.h"
#include "reference/profile_settings.h"
#include "reference/text/quote.h"

namespace chatspec {
namespace {

constexpr std::string_view kScriptName = "reproduce.py";
constexpr std::string_view kPcapName = "conversation.pcap";
constexpr std::string_view kProfileName = "profile.txt";

constexpr std::string_view kMadeUpKeys = "first-key\nsecond-key\nthird-key\nfourth-key\n";

struct KindOfFile {
  std::string_view name;
  std::string_view what;
  Rare<LoggedBytes> FilesRecord::* content;
  Role role;  // of the program that is given it
};
constexpr std::array kGivenFiles{
    KindOfFile{"keys.txt", "key file", &FilesRecord::keys, Role::kServer},
    KindOfFile{"messages.txt", "message file", &FilesRecord::messages, Role::kClient},
    KindOfFile{"signatures.txt", "signature file", &FilesRecord::signatures, Role::kClient},
};

// How the reader starts what is tried, in the words of reproduce.py.
constexpr std::string_view kServerUse =
    "Start your server with a port of your own and keys.txt. Then, with this port in place of "
    "PORT:\n"
    "    python3 reproduce.py 127.0.0.1 PORT\n"
    "Or let it start the server:\n"
    "    python3 reproduce.py 127.0.0.1 0 -- YOUR-SERVER {port} {keys}\n";
constexpr std::string_view kClientUse =
    "    python3 reproduce.py\n"
    "It plays the server, and prints the port on which it waits. Start your client with 127.0.0.1, "
    "this port, messages.txt and signatures.txt. Or let it start the client:\n"
    "    python3 reproduce.py -- YOUR-CLIENT {host} {port} {messages} {signatures}\n";
constexpr std::string_view kScriptEnd =
    "It prints what is sent, what comes, and at the first difference what was expected. Its exit "
    "status is 0 where what should come came, 1 where it did not, and 2 where it cannot be told. "
    "`python3 reproduce.py --help` has the rest.\n";

// Commands, which are indented, stay as they are.
std::string wrap_text(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end);
    if (line.starts_with(' ')) {
      out += line;
      continue;
    }
    for (const std::string& wrapped : wrap(line.substr(0, line.find('\n')), kColumns))
      out += wrapped + "\n";
  }
  return out;
}

// The keys of a server that runs already, as the lines of their file; nothing where one is not
// whole.
std::optional<LoggedBytes> join_keys(const std::vector<LoggedBytes>& keys) {
  LoggedBytes file;
  for (const LoggedBytes& key : keys) {
    if (!key.is_whole()) return {};
    file.begin += key.begin + "\n";
  }
  return file;
}

// The settings that chatspec knows, as the lines of a profile's file.
std::string write_profile(const ProfileRecord& profile) {
  std::string text = fmt::format("name {}\n", chat::quote(profile.name));
  for (const chat::ProfileSetting& setting : chat::profile_settings()) {
    const auto found = profile.settings.find(std::string(setting.name));
    if (found == profile.settings.end() || setting.name == "name") continue;
    const std::string& value = found->second.begin;
    text += fmt::format("{} {}\n", setting.name,
                        setting.takes_text ? chat::quote(value) : one_printable_line(value));
  }
  return text;
}

bool was_connected(const CaseRecord& record) {
  return std::ranges::find(record.events, EventKind::kConnected, &EventRecord::kind) !=
         record.events.end();
}

// Of cases that pass, former versions have logged what happened, but not the files.
bool lacks_files(const RunRecord& run, const CaseRecord& record) {
  const bool passed = record.verdict == Verdict::kPass || record.verdict == Verdict::kSkipped;
  return passed && run.address.empty() && record.files == FilesRecord() && was_connected(record);
}

class FileMaker {
 public:
  FileMaker(const RunRecord& run, const CaseRecord& record, const BuildRecord* build)
      : run_(run), record_(record), build_(build) {}

  std::vector<ReproductionFile> make() {
    std::string readme = describe_case();
    readme += "\n1. The files\n\n" + add_given_files();
    readme += "\n2. Without chatspec\n\n" + add_script();
    readme += "\n3. In Wireshark\n\n" + add_pcap();
    readme += "\n4. With chatspec\n\n" + add_command();
    files_.push_back({"README.txt", std::move(readme)});
    return std::move(files_);
  }

 private:
  std::string describe_case() const {
    std::string text = fmt::format("{}: {}\n", record_.id, record_.title);
    text = one_printable_line(text.substr(0, text.size() - 1)) + "\n\n";
    if (const auto& failure = record_.failure) {
      describe_finding(text, *failure);
    } else {
      for (const FindingRecord& deviation : record_.deviations) describe_finding(text, deviation);
    }
    return wrap_text(text);
  }

  static void describe_finding(std::string& text, const FindingRecord& finding) {
    text += fmt::format("What went wrong: {}\n", one_printable_line(finding.message));
    if (!finding.expected.empty())
      text += fmt::format("    expected  {}\n", one_printable_line(finding.expected));
    if (!finding.received.empty())
      text += fmt::format("    received  {}\n", show_received(finding));
  }

  std::string add_given_files() {
    std::string text;
    for (const KindOfFile& given : kGivenFiles) {
      if (given.role == run_.role) text += add_given_file(given);
    }
    return wrap_text(text);
  }

  std::string add_given_file(const KindOfFile& given) {
    Rare<LoggedBytes> content = record_.files.*given.content;
    if (!content && given.role == Role::kServer && run_.keys) content = join_keys(*run_.keys);
    if (!content && given.role == Role::kServer && was_connected(record_)) {
      files_.push_back({std::string(given.name), std::string(kMadeUpKeys)});
      return fmt::format(
          "{} is a {} that is made up: this case asks for no signature, and the log does not hold "
          "the keys.\n",
          given.name, given.what);
    }
    if (!content) {
      return fmt::format(
          "{} is not here, since the log has no {}: in this case the program finds no such file.\n",
          given.name, given.what);
    }
    if (!content->is_whole()) {
      return fmt::format(
          "{} is not here, since the log has only the beginning and the end of its {} bytes. Play "
          "the "
          "case again with chatspec (4.), which makes the same file of the seed.\n",
          given.name, content->length());
    }
    files_.push_back({std::string(given.name), content->begin});
    return fmt::format("{} is the {} that the program was given.\n", given.name, given.what);
  }

  std::string add_script() {
    const auto steps = list_play_steps(run_, record_);
    if (!steps) {
      return wrap_text(
          fmt::format("{} is not here: {}, and it would have to send and compare all of them. "
                      "Play the case with chatspec (4.).\n",
                      kScriptName, steps.error()));
    }
    files_.push_back({std::string(kScriptName), make_python_reproduction(run_, record_, *steps)});
    return wrap_text(
        fmt::format("{}{}", run_.role == Role::kServer ? kServerUse : kClientUse, kScriptEnd));
  }

  std::string add_pcap() {
    files_.push_back({std::string(kPcapName), make_pcap(run_, record_)});
    return wrap_text(fmt::format(
        "{} has the conversation as it went, in the same segments and with the times of the log. "
        "Addresses, ports and sequence numbers are made up. Bytes that the log has not kept look "
        "as if they had not been captured.\n",
        kPcapName));
  }

  std::string add_command() {
    std::string text;
    if (!is_builtin(run_.profile)) {
      files_.push_back({std::string(kProfileName), write_profile(run_.profile)});
      text += fmt::format("{} is the profile of the run.\n", kProfileName);
    }
    const auto command = make_run_command(run_, record_, build_);
    if (!command) return wrap_text(text + "The log does not say how the program was started.\n");
    text += "Where the program was tried, this plays the case again";
    text += is_builtin(run_.profile) && !run_.keys
                ? ":\n"
                : " (name the files of this folder by their paths):\n";
    return wrap_text(text) + "\n" + wrap_command(*command, kColumns) + "\n";
  }

  const RunRecord& run_;
  const CaseRecord& record_;
  const BuildRecord* build_;
  std::vector<ReproductionFile> files_;
};

}  // namespace

std::expected<std::vector<ReproductionFile>, std::string> make_reproduction_files(
    const RunRecord& run, const CaseRecord& record, const BuildRecord* build) {
  if (record.verdict == Verdict::kError)
    return std::unexpected("chatspec itself was in trouble there, so there is nothing to show");
  if (record.events.empty() && record.skipped)
    return std::unexpected("it was skipped, so nothing happened: " + record.skipped->sentence);
  if (record.events.empty()) {
    return std::unexpected(
        "the log does not have what happened in it, as in most cases that pass: run it again with "
        "--log-events all");
  }
  if (lacks_files(run, record)) {
    return std::unexpected(
        "the log does not have the files that the program was given: run it again with this "
        "version of chatspec and --log-events all");
  }
  return FileMaker(run, record, build).make();
}

}  // namespace chatspec
