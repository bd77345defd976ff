#include "harness/grade/workers/journal.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "reference/lines.h"
#include "reference/program/whole_file.h"

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

}  // namespace

std::expected<Journal, std::string> Journal::open(const std::string& path, std::uint64_t seed) {
  const auto fail = [&](std::string_view why) {
    return std::unexpected(fmt::format("{}: {}", path, why));
  };
  FileDescriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!file) return fail(fmt::format("cannot open it: {}", std::strerror(errno)));
  const auto text = chat::read_whole(file.get(), kMostJournalBytes);
  if (!text) return fail(text.error());
  const std::size_t end = text->rfind('\n') + 1;  // 0 where there is none
  Journal journal(path, std::move(file));
  if (ftruncate(journal.file_.get(), static_cast<off_t>(end)) != 0 ||
      lseek(journal.file_.get(), 0, SEEK_END) < 0)
    return fail(fmt::format("cannot write it: {}", std::strerror(errno)));
  if (end > 0) {
    if (auto loaded = journal.load(std::string_view(*text).substr(0, end)); !loaded)
      return fail(loaded.error());
    return journal;
  }
  journal.seed_ = seed;
  const std::string line = dump_line({{"grading", kJournalFormat}, {"seed", seed}});
  if (auto written = journal.write_line(line); !written) return std::unexpected(written.error());
  return journal;
}

const JournalEntry* Journal::find(const std::string& log) const {
  const auto entry = entries_.find(log);
  return entry == entries_.end() ? nullptr : &entry->second;
}

std::vector<std::string> Journal::logs() const {
  std::vector<std::string> names;
  for (const auto& [log, entry] : entries_) names.push_back(log);
  return names;
}

std::expected<void, std::string> Journal::add(JournalEntry entry) {
  const std::string line =
      dump_line({{"log", entry.log}, {"key", entry.key}, {"trouble", entry.trouble}});
  if (auto written = write_line(line); !written) return written;
  entries_.insert_or_assign(entry.log, std::move(entry));
  return {};
}

std::expected<void, std::string> Journal::load(std::string_view text) {
  for (std::size_t number = 1; !text.empty(); ++number) {
    const auto line = nlohmann::json::parse(chat::take_line(text), nullptr, false);
    if (!line.is_object())
      return std::unexpected(fmt::format("line {} is none that chatspec grade writes", number));
    if (number > 1) {
      const JournalEntry entry{.log = text_at(line, "log"),
                               .key = text_at(line, "key"),
                               .trouble = text_at(line, "trouble")};
      entries_.insert_or_assign(entry.log, entry);
      continue;
    }
    const auto seed = line.find("seed");
    if (line.value("grading", 0) != kJournalFormat || seed == line.end() ||
        !seed->is_number_unsigned())
      return std::unexpected("it is no journal of a grading that this chatspec can read");
    seed_ = seed->get<std::uint64_t>();
  }
  return {};
}

std::expected<void, std::string> Journal::write_line(const std::string& line) {
  if (!write_all(file_, line) || (fdatasync(file_.get()) != 0 && errno != EINVAL))
    return std::unexpected(fmt::format("{}: cannot write it: {}", path_, std::strerror(errno)));
  return {};
}

}  // namespace chatspec
