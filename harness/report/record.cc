#include "harness/report/record.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "harness/report/printable.h"

namespace chatspec {
namespace {

using Json = nlohmann::ordered_json;  // for writing: keys as they come

// Of a field that older logs do not have.
constexpr bool kMayBeAbsent = true;

// One list of fields per record, for both directions.
template <typename Record, typename Visitor>
void visit_fields(Record& record, Visitor visit)
  requires std::is_same_v<std::remove_const_t<Record>, RunRecord>
{
  visit("tool_version", record.tool_version);
  visit("role", record.role);
  visit("implementation", record.implementation);
  visit("profile", record.profile);
  visit("delivery", record.delivery);
  visit("isolation", record.isolation);
  visit("isolation_note", record.isolation_note);
  visit("seed", record.seed);
  visit("cases", record.cases);
  visit("folder", record.folder, kMayBeAbsent);
  visit("left_out", record.left_out, kMayBeAbsent);
}

template <typename Record, typename Visitor>
void visit_fields(Record& record, Visitor visit)
  requires std::is_same_v<std::remove_const_t<Record>, BuildRecord>
{
  visit("command", record.command);
  visit("verdict", record.verdict);
  visit("message", record.message);
  visit("output", record.output);
  visit("left_over", record.left_over);
  visit("duration_us", record.duration_us);
}

template <typename Record, typename Visitor>
void visit_fields(Record& record, Visitor visit)
  requires std::is_same_v<std::remove_const_t<Record>, FindingRecord>
{
  visit("code", record.code);
  visit("requirement", record.requirement);
  visit("expected", record.expected);
  visit("received", record.received);
  visit("message", record.message);
  visit("cause", record.cause);
  visit("evidence", record.evidence);
  visit("grade", record.grade);
}

template <typename Record, typename Visitor>
void visit_fields(Record& record, Visitor visit)
  requires std::is_same_v<std::remove_const_t<Record>, ExchangeRecord>
{
  visit("speaker", record.speaker);
  visit("text", record.text);
  visit("is_note", record.is_note);
}

template <typename Record, typename Visitor>
void visit_fields(Record& record, Visitor visit)
  requires std::is_same_v<std::remove_const_t<Record>, CaseRecord>
{
  visit("id", record.id);
  visit("title", record.title);
  visit("description", record.description);
  visit("level", record.level);
  visit("requirements", record.requirements);
  visit("verdict", record.verdict);
  visit("failure", record.failure);
  visit("deviations", record.deviations);
  visit("exchange", record.exchange);
  visit("reason", record.reason);
  visit("left_over", record.left_over);
  visit("delivery", record.delivery);
  visit("errors", record.errors);
  visit("reproduction", record.reproduction);
  visit("duration_us", record.duration_us);
}

template <typename Record, typename Visitor>
void visit_fields(Record& record, Visitor visit)
  requires std::is_same_v<std::remove_const_t<Record>, EndRecord>
{
  visit("interrupted", record.interrupted);
  visit("served_last", record.served_last);
  visit("given_up", record.given_up, kMayBeAbsent);
  visit("duration_us", record.duration_us);
}

template <typename Value>
Json to_json(const Value& value);

template <typename Record>
Json fields_to_json(const Record& record) {
  Json json = Json::object();
  visit_fields(record, [&](const char* name, const auto& value, bool = false) {
    json[name] = to_json(value);
  });
  return json;
}

template <typename Value>
Json to_json(const Value& value) {
  if constexpr (std::is_same_v<Value, Verdict>) {
    return std::string(to_string(value));
  } else if constexpr (requires { value.begin(); } && !std::is_same_v<Value, std::string>) {
    Json json = Json::array();
    for (const auto& element : value) json.push_back(to_json(element));
    return json;
  } else if constexpr (std::is_class_v<Value> && !std::is_same_v<Value, std::string>) {
    return fields_to_json(value);
  } else {
    return value;
  }
}

template <typename Value>
void from_json(const nlohmann::json& json, Value& value);

template <typename Record>
Record fields_from_json(const nlohmann::json& json) {
  Record record;
  visit_fields(record, [&](const char* name, auto& value, bool may_be_absent = false) {
    if (!may_be_absent || json.contains(name)) from_json(json.at(name), value);
  });
  return record;
}

template <typename Value>
void from_json(const nlohmann::json& json, Value& value) {
  if constexpr (std::is_same_v<Value, Verdict>) {
    const auto verdict = parse_verdict(json.get<std::string>());
    if (!verdict) throw std::invalid_argument(fmt::format("no verdict is called {}", json.dump()));
    value = *verdict;
  } else if constexpr (requires { value.begin(); } && !std::is_same_v<Value, std::string>) {
    if (!json.is_array()) throw std::invalid_argument("a list is expected in a record");
    for (const nlohmann::json& element : json) from_json(element, value.emplace_back());
  } else if constexpr (std::is_class_v<Value> && !std::is_same_v<Value, std::string>) {
    value = fields_from_json<Value>(json);
  } else if constexpr (std::is_same_v<Value, std::string>) {
    // A log may come from anywhere, and reports show its texts.
    value = without_controls(json.get<std::string>());
  } else {
    // Of other numbers the library would make whole ones, somehow.
    if (!std::is_same_v<Value, bool> && !json.is_number_unsigned())
      throw std::invalid_argument("a whole number is expected in a record");
    json.get_to(value);
  }
}

// What the JSON library says begins with the name of its exception, in brackets.
std::string without_name(std::string_view text) {
  const std::size_t end = text.find("] ");
  const bool named = text.starts_with('[') && end != std::string_view::npos;
  return std::string(named ? text.substr(end + 2) : text);
}

Record record_from_json(const nlohmann::json& json) {
  const std::string kind = json.at("record").get<std::string>();
  if (kind == "build") return fields_from_json<BuildRecord>(json);
  if (kind == "case") return fields_from_json<CaseRecord>(json);
  if (kind == "end") return fields_from_json<EndRecord>(json);
  if (kind != "run")
    throw std::invalid_argument("no record is called " + nlohmann::json(kind).dump());
  std::uint64_t version = 0;
  from_json(json.at("version"), version);
  if (version != kLogVersion) {
    throw std::invalid_argument(fmt::format(
        "the log has version {}; this chatspec reads version {}", version, kLogVersion));
  }
  return fields_from_json<RunRecord>(json);
}

}  // namespace

std::string to_json_line(const Record& record) {
  Json json = Json::object();
  constexpr const char* kKinds[] = {"run", "build", "case", "end"};
  json["record"] = kKinds[record.index()];
  if (std::holds_alternative<RunRecord>(record)) json["version"] = kLogVersion;
  json.update(std::visit([](const auto& one) { return fields_to_json(one); }, record));
  return json.dump(-1, ' ', true, Json::error_handler_t::replace);
}

std::expected<Record, std::string> parse_json_line(std::string_view line) {
  try {
    return record_from_json(nlohmann::json::parse(line));  // it finds a key in logarithmic time
  } catch (const Json::exception& failure) {
    return std::unexpected("this is no record of an event log: " +
                           without_controls(without_name(failure.what())));
  } catch (const std::exception& failure) {  // our own above
    return std::unexpected(without_controls(failure.what()));
  }
}

}  // namespace chatspec
