// How it works: visit_fields() lists the fields of each kind of record once, and writing and
// reading both go through it. A value is written unless it is the one that a fresh record has, and
// what is not there is read as that. Which JSON a type becomes is said by the overloads of write()
// and read().

#include "harness/report/log/record_json.h"

#include <concepts>
#include <stdexcept>
#include <type_traits>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "harness/report/log/record_fields.h"
#include "harness/report/text/clean_text.h"
#include "reference/text/quote.h"

namespace chatspec {
namespace {

using Json = nlohmann::ordered_json;  // for writing: keys as they come
using Parsed = nlohmann::json;        // for reading: it finds a key in logarithmic time

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
              {"end", chat::escape_bytes(bytes.omitted->end)},
              {"length", bytes.length()},
              {"sha256", bytes.omitted->sha256}};
}

template <typename T>
Json write(const std::map<std::string, T>& values) {
  Json json = Json::object();
  for (const auto& [name, value] : values) json[name] = write(value);
  return json;
}

template <typename T>
Json write(const std::optional<T>& value);
template <typename T>
Json write(const Rare<T>& value);
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
Json write(const Rare<T>& value) {
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
  value = one_line(json.get<std::string>());
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

void read(const Parsed& json, Opening& value) {
  read_word(json, value, parse_opening, "form of the opening");
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
  OmittedBytes& omitted = value.omitted.emplace();
  omitted.end = read_bytes(json.at("end"));
  std::uint64_t length = 0;
  read(json.at("length"), length);
  const std::size_t kept = value.begin.size() + omitted.end.size();
  if (length <= kept) refuse("bytes in a record are too short");
  omitted.count = length - kept;
  read(json.at("sha256"), omitted.sha256);
}

template <typename T>
void read(const Parsed& json, std::map<std::string, T>& values) {
  if (!json.is_object()) refuse("an object is expected in a record");
  for (const auto& [name, value] : json.items()) read(value, values[one_line(name)]);
}

template <typename T>
void read(const Parsed& json, std::optional<T>& value);
template <typename T>
void read(const Parsed& json, Rare<T>& value);
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
void read(const Parsed& json, Rare<T>& value) {
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
  if (kind == "opening") return read_record<OpeningRecord>(json);
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
  constexpr const char* kKinds[] = {"run", "build", "opening", "case", "end"};
  static_assert(std::size(kKinds) == std::variant_size_v<Record>);
  Json json{{"record", kKinds[record.index()]}};
  if (std::holds_alternative<RunRecord>(record)) json["format"] = kLogFormat;
  json.update(std::visit([](const auto& one) { return write(one); }, record));
  return json.dump(-1, ' ', true, Json::error_handler_t::replace);
}

std::expected<std::optional<Record>, std::string> parse_json_line(std::string_view line) {
  try {
    return read_any(Parsed::parse(line));
  } catch (const Parsed::parse_error&) {
    return std::unexpected("this is not a record of a chatspec log, whose lines are JSON");
  } catch (const Parsed::exception& failure) {
    return std::unexpected("this is not a record of a chatspec log: " +
                           one_line(without_name(failure.what())));
  } catch (const std::invalid_argument& failure) {  // our own above
    return std::unexpected(one_line(failure.what()));
  }
}

}  // namespace chatspec
