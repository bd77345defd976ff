#include "harness/grade/workers/journal.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "reference/program/whole_file.h"
#include "reference/text/lines.h"

namespace chatspec {
namespace {

constexpr std::size_t kMostJournalBytes = std::size_t{256} << 20;
constexpr int kJournalFormat = 1;

// What does not stand in UTF-8 is replaced: it is for people.
std::string dump_line(const nlohmann::json& value) {
  return value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

std::string text_at(const nlohmann::json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

// The lines that are complete.
std::string_view whole_lines(std::string_view text) {
  return text.substr(0, text.rfind('\n') + 1);  // + 1 is 0 where there is none
}

std::expected<std::uint64_t, std::string> parse_first_line(const nlohmann::json& line) {
  const auto seed = line.find("seed");
  if (line.value("grading", 0) != kJournalFormat || seed == line.end() ||
      !seed->is_number_unsigned())
    return std::unexpected("it is no journal of a grading that this chatspec can read");
  return seed->get<std::uint64_t>();
}

std::expected<JournalContent, std::string> parse_journal(std::string_view lines) {
  JournalContent content;
  for (std::size_t number = 1; !lines.empty(); ++number) {
    const auto line = nlohmann::json::parse(chat::take_line(lines), nullptr, false);
    if (!line.is_object())
      return std::unexpected(fmt::format("line {} is none that chatspec grade writes", number));
    if (number > 1) {
      const JournalEntry entry{.log = text_at(line, "log"),
                               .key = text_at(line, "key"),
                               .trouble = text_at(line, "trouble")};
      content.entries.insert_or_assign(entry.log, entry);
      continue;
    }
    const auto seed = parse_first_line(line);
    if (!seed) return std::unexpected(seed.error());
    content.seed = *seed;
  }
  return content;
}

}  // namespace

const JournalEntry* JournalContent::find(const std::string& log) const {
  const auto entry = entries.find(log);
  return entry == entries.end() ? nullptr : &entry->second;
}

std::expected<JournalContent, std::string> read_journal(const std::string& path) {
  const auto fail = [&](std::string_view why) {
    return std::unexpected(fmt::format("{}: {}", path, why));
  };
  const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!file) return fail(fmt::format("cannot open it: {}", std::strerror(errno)));
  const auto text = chat::read_whole(file.get(), kMostJournalBytes);
  if (!text) return fail(text.error());
  const std::string_view lines = whole_lines(*text);
  if (lines.empty()) return fail("it is no journal of a grading");
  auto content = parse_journal(lines);
  if (!content) return fail(content.error());
  return content;
}

std::expected<Journal, std::string> Journal::open(const std::string& path, std::uint64_t seed) {
  const auto fail = [&](std::string_view why) {
    return std::unexpected(fmt::format("{}: {}", path, why));
  };
  FileDescriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!file) return fail(fmt::format("cannot open it: {}", std::strerror(errno)));
  const auto text = chat::read_whole(file.get(), kMostJournalBytes);
  if (!text) return fail(text.error());
  const std::string_view lines = whole_lines(*text);
  Journal journal(path, std::move(file));
  if (ftruncate(journal.file_.get(), static_cast<off_t>(lines.size())) != 0 ||
      lseek(journal.file_.get(), 0, SEEK_END) < 0)
    return fail(fmt::format("cannot write it: {}", std::strerror(errno)));
  if (!lines.empty()) {
    auto content = parse_journal(lines);
    if (!content) return fail(content.error());
    journal.content_ = *std::move(content);
    return journal;
  }
  journal.content_.seed = seed;
  const std::string line = dump_line({{"grading", kJournalFormat}, {"seed", seed}});
  if (auto written = journal.write_line(line); !written) return std::unexpected(written.error());
  return journal;
}

std::expected<void, std::string> Journal::add(JournalEntry entry) {
  const std::string line =
      dump_line({{"log", entry.log}, {"key", entry.key}, {"trouble", entry.trouble}});
  if (auto written = write_line(line); !written) return written;
  content_.entries.insert_or_assign(entry.log, std::move(entry));
  return {};
}

std::expected<void, std::string> Journal::write_line(const std::string& line) {
  if (!write_all(file_, line) || (fdatasync(file_.get()) != 0 && errno != EINVAL))
    return std::unexpected(fmt::format("{}: cannot write it: {}", path_, std::strerror(errno)));
  return {};
}

}  // namespace chatspec
