// How it works: visit_fields() lists the fields of each kind of record once, and writing and
// reading both go through it. A value is written unless it is the one that a fresh record has, and
// what is not there is read as that. Which JSON a type becomes is said by the overloads of write()
// and read().

#include "harness/report/record_json.h"

#include <concepts>
#include <stdexcept>
#include <type_traits>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "harness/report/printable.h"
#include "reference/quote.h"

namespace chatspec {
namespace {

using Json = nlohmann::ordered_json;  // for writing: keys as they come
using Parsed = nlohmann::json;        // for reading: it finds a key in logarithmic time

enum class Presence { kOptional, kRequired };

template <typename T, typename U>
concept OneOf = std::same_as<std::remove_const_t<T>, U>;

template <OneOf<ToolRecord> R, typename V>
void visit_fields(R& record, V visit) {
  visit("version", record.version);
  visit("commit", record.commit);
}

template <OneOf<MachineRecord> R, typename V>
void visit_fields(R& record, V visit) {
  visit("kernel", record.kernel);
  visit("processors", record.processors);
  visit("memory_bytes", record.memory_bytes);
}

template <OneOf<ProfileRecord> R, typename V>
void visit_fields(R& record, V visit) {
  visit("name", record.name);
  visit("settings", record.settings);
}

template <OneOf<SelectionRecord> R, typename V>
void visit_fields(R& record, V visit) {
  visit("names", record.names);
  visit("tags", record.tags);
  visit("requirements", record.requirements);
  visit("levels", record.levels);
}

template <OneOf<RunRecord> R, typename V>
void visit_fields(R& record, V visit) {
  visit("run_id", record.run_id);
  visit("chatspec", record.tool);
  visit("start", record.start);
  visit("name", record.name);
  visit("argv", record.argv);
  visit("address", record.address);
  visit("role", record.role, Presence::kRequired);
  visit("profile", record.profile);
  visit("delivery", record.delivery);
  visit("isolation", record.isolation);
  visit("isolation_note", record.isolation_note);
  visit("seed", record.seed, Presence::kRequired);
  visit("suite", record.suite);
  visit("selection", record.selection);
  visit("cases", record.cases, Presence::kRequired);
  visit("jobs", record.jobs);
  visit("machine", record.machine);
  visit("folder", record.folder);
  visit("left_out", record.left_out);
}

template <OneOf<BuildRecord> R, typename V>
void visit_fields(R& record, V visit) {
  visit("command", record.command);
  visit("verdict", record.verdict, Presence::kRequired);
  visit("message", record.message);
  visit("output", record.output);
  visit("left_over", record.left_over);
  visit("duration_us", record.duration_us);
}

template <OneOf<CauseRecord> R, typename V>
void visit_fields(R& record, V visit) {
  visit("id", record.id);
  visit("parameters", record.parameters);
  visit("sentence", record.sentence);
}

template <OneOf<EvidenceRecord> R, typename V>
void visit_fields(R& record, V visit) {
  visit("grade", record.grade, Presence::kRequired);
  visit("activity", record.activity);
  visit("system_call", record.system_call);
  visit("connection", record.connection);
  visit("bytes_read", record.bytes_read);
  visit("bytes_unread", record.bytes_unread);
  visit("sentence", record.sentence);
}

template <OneOf<FindingRecord> R, typename V>
void visit_fields(R& record, V visit) {
  visit("code", record.code, Presence::kRequired);
  visit("requirement", record.requirement);
  visit("step", record.step);
  visit("line", record.line);
  visit("expected", record.expected);
  visit("due", record.due);
  visit("received", record.received);
  visit("offset", record.offset);
  visit("message", record.message);
  visit("cause", record.cause);
  visit("evidence", record.evidence);
}

template <OneOf<ExitStatus> R, typename V>
void visit_fields(R& record, V visit) {
  visit("by_signal", record.by_signal);
  visit("value", record.value, Presence::kRequired);
}

template <OneOf<EventRecord> R, typename V>
void visit_fields(R& record, V visit) {
  visit("kind", record.kind, Presence::kRequired);
  visit("at_us", record.at_us);
  visit("step", record.step);
  visit("connection", record.connection);
  visit("bytes", record.bytes);
  visit("evidence", record.evidence);
  visit("exit", record.exit);
}

template <OneOf<OutputRecord> R, typename V>
void visit_fields(R& record, V visit) {
  visit("bytes", record.bytes);
  visit("truncated", record.truncated);
  visit("before_end", record.before_end);
}

template <OneOf<SkipRecord> R, typename V>
void visit_fields(R& record, V visit) {
  visit("kind", record.kind);
  visit("case", record.case_id);
  visit("sentence", record.sentence);
}

template <OneOf<DurationRecord> R, typename V>
void visit_fields(R& record, V visit) {
  visit("start_us", record.start_us);
  visit("play_us", record.play_us);
  visit("stop_us", record.stop_us);
}

template <OneOf<DeliveryRecord> R, typename V>
void visit_fields(R& record, V visit) {
  visit("sentence", record.sentence);
  visit("otherwise", record.otherwise);
  visit("step", record.step);
  visit("place", record.place);
}

template <OneOf<FilesRecord> R, typename V>
void visit_fields(R& record, V visit) {
  visit("keys", record.keys);
  visit("messages", record.messages);
  visit("signatures", record.signatures);
}

template <OneOf<CaseRecord> R, typename V>
void visit_fields(R& record, V visit) {
  visit("id", record.id, Presence::kRequired);
  visit("file", record.file);
  visit("line", record.line);
  visit("source", record.source);
  visit("title", record.title);
  visit("level", record.level);
  visit("tags", record.tags);
  visit("requirements", record.requirements);
  visit("verdict", record.verdict, Presence::kRequired);
  visit("duration", record.duration);
  visit("description", record.description);
  visit("skipped", record.skipped);
  visit("trouble", record.trouble);
  visit("failure", record.failure);
  visit("deviations", record.deviations);
  visit("exit", record.exit);
  visit("output", record.output);
  visit("errors", record.errors);
  visit("left_over", record.left_over);
  visit("delivery", record.delivery);
  visit("files", record.files);
  visit("events", record.events);
}

template <OneOf<EndRecord> R, typename V>
void visit_fields(R& record, V visit) {
  visit("interrupted", record.interrupted, Presence::kRequired);
  visit("served_last", record.served_last);
  visit("given_up", record.given_up);
  visit("duration_us", record.duration_us);
}

struct IgnoreField {
  void operator()(auto&&...) const {}
};
template <typename R>
concept HasFields = requires(R& record) { visit_fields(record, IgnoreField{}); };

// --- Writing

template <typename T>
  requires std::is_arithmetic_v<T> || std::same_as<T, std::string>
Json write(const T& value) {
  return value;
}

template <typename T>
  requires std::is_enum_v<T>
Json write(const T& value) {
  return std::string(to_string(value));
}

Json write(const LoggedBytes& bytes) {
  if (bytes.is_whole()) return chat::escape_bytes(bytes.begin);
  return Json{{"begin", chat::escape_bytes(bytes.begin)},
              {"end", chat::escape_bytes(bytes.end)},
              {"length", bytes.length()},
              {"sha256", bytes.sha256}};
}

Json write(const std::map<std::string, std::string>& values) {
  Json json = Json::object();
  for (const auto& [name, value] : values) json[name] = value;
  return json;
}

template <typename T>
Json write(const std::optional<T>& value);
template <typename T>
Json write(const std::vector<T>& values);
template <typename R>
  requires HasFields<R>
Json write(const R& record);

template <typename T>
Json write(const std::optional<T>& value) {
  return value ? write(*value) : Json();
}

template <typename T>
Json write(const std::vector<T>& values) {
  Json json = Json::array();
  for (const T& value : values) json.push_back(write(value));
  return json;
}

template <typename R>
Json write_all(const R& record) {
  Json json = Json::object();
  visit_fields(record, [&](const char* name, const auto& value, Presence = Presence::kOptional) {
    json[name] = write(value);
  });
  return json;
}

template <typename R>
  requires HasFields<R>
Json write(const R& record) {
  static const Json fresh = write_all(R{});
  Json json = Json::object();
  visit_fields(
      record, [&](const char* name, const auto& value, Presence presence = Presence::kOptional) {
        Json written = write(value);
        const bool says_something = presence == Presence::kRequired || written != fresh.at(name);
        if (says_something) json[name] = std::move(written);
      });
  return json;
}

// --- Reading. What cannot be read throws; parse_json_line() catches it.

[[noreturn]] void refuse(const std::string& why) {
  throw std::invalid_argument(why);
}

// A log may come from anywhere, and reports show its texts.
void read(const Parsed& json, std::string& value) {
  value = without_controls(json.get<std::string>());
}

// Of other numbers the library would make whole ones, somehow.
template <std::integral T>
void read(const Parsed& json, T& value) {
  if constexpr (std::same_as<T, bool>) {
    value = json.get<bool>();
  } else {
    const bool fits = json.is_number_unsigned() && std::in_range<T>(json.get<std::uint64_t>());
    if (!fits) refuse("a whole number is expected in a record");
    json.get_to(value);
  }
}

template <typename T>
void read_word(const Parsed& json, T& value, std::optional<T> (*parse)(std::string_view),
               std::string_view what) {
  const auto found = parse(json.get<std::string>());
  if (!found) refuse(fmt::format("no {} is called {}", what, json.dump()));
  value = *found;
}

void read(const Parsed& json, Verdict& value) {
  read_word(json, value, parse_verdict, "verdict");
}

void read(const Parsed& json, EventKind& value) {
  read_word(json, value, event_kind, "event");
}

void read(const Parsed& json, QuietGrade& value) {
  read_word(json, value, quiet_grade, "grade of evidence");
}

void read(const Parsed& json, Activity& value) {
  read_word(json, value, parse_activity, "activity");
}

void read(const Parsed& json, Role& value) {
  read_word(json, value, chat::parse_role, "role");
}

std::string read_bytes(const Parsed& json) {
  auto bytes = chat::unquote(json.get<std::string>());
  if (!bytes) refuse("bytes in a record are written wrongly: " + bytes.error().message);
  return *std::move(bytes);
}

void read(const Parsed& json, LoggedBytes& value) {
  if (!json.is_object()) {
    value = {.begin = read_bytes(json)};
    return;
  }
  value.begin = read_bytes(json.at("begin"));
  value.end = read_bytes(json.at("end"));
  std::uint64_t length = 0;
  read(json.at("length"), length);
  if (length <= value.begin.size() + value.end.size()) refuse("bytes in a record are too short");
  value.left_out = length - value.begin.size() - value.end.size();
  read(json.at("sha256"), value.sha256);
}

void read(const Parsed& json, std::map<std::string, std::string>& values) {
  if (!json.is_object()) refuse("an object is expected in a record");
  for (const auto& [name, value] : json.items()) read(value, values[without_controls(name)]);
}

template <typename T>
void read(const Parsed& json, std::optional<T>& value);
template <typename T>
void read(const Parsed& json, std::vector<T>& values);
template <typename R>
  requires HasFields<R>
void read(const Parsed& json, R& record);

template <typename T>
void read(const Parsed& json, std::optional<T>& value) {
  if (!json.is_null()) read(json, value.emplace());
}

template <typename T>
void read(const Parsed& json, std::vector<T>& values) {
  if (!json.is_array()) refuse("a list is expected in a record");
  for (const Parsed& element : json) read(element, values.emplace_back());
}

template <typename R>
  requires HasFields<R>
void read(const Parsed& json, R& record) {
  if (!json.is_object()) refuse("an object is expected in a record");
  visit_fields(record, [&](const char* name, auto& value, Presence presence = Presence::kOptional) {
    if (presence == Presence::kRequired || json.contains(name)) read(json.at(name), value);
  });
}

// What the JSON library says begins with the name of its exception, in brackets.
std::string without_name(std::string_view text) {
  const std::size_t end = text.find("] ");
  const bool named = text.starts_with('[') && end != std::string_view::npos;
  return std::string(named ? text.substr(end + 2) : text);
}

template <typename R>
Record read_record(const Parsed& json) {
  R record;
  read(json, record);
  return record;
}

std::optional<Record> read_any(const Parsed& json) {
  const std::string kind = json.at("record").get<std::string>();
  if (kind == "build") return read_record<BuildRecord>(json);
  if (kind == "case") return read_record<CaseRecord>(json);
  if (kind == "end") return read_record<EndRecord>(json);
  if (kind != "run") return std::nullopt;
  std::uint64_t format = 1;  // which had another name for it
  if (json.contains("format")) read(json.at("format"), format);
  if (format != kLogFormat) {
    refuse(fmt::format("the log has format {}; this chatspec reads format {}", format, kLogFormat));
  }
  return read_record<RunRecord>(json);
}

}  // namespace

std::string to_json_line(const Record& record) {
  constexpr const char* kKinds[] = {"run", "build", "case", "end"};
  static_assert(std::size(kKinds) == std::variant_size_v<Record>);
  Json json{{"record", kKinds[record.index()]}};
  if (std::holds_alternative<RunRecord>(record)) json["format"] = kLogFormat;
  json.update(std::visit([](const auto& one) { return write(one); }, record));
  return json.dump(-1, ' ', true, Json::error_handler_t::replace);
}

std::expected<std::optional<Record>, std::string> parse_json_line(std::string_view line) {
  try {
    return read_any(Parsed::parse(line));
  } catch (const Parsed::exception& failure) {
    return std::unexpected("this is no record of an event log: " +
                           without_controls(without_name(failure.what())));
  } catch (const std::invalid_argument& failure) {  // our own above
    return std::unexpected(without_controls(failure.what()));
  }
}

}  // namespace chatspec
