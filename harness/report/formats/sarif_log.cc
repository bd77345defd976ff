#include "harness/report/formats/sarif_log.h"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "harness/report/formats/plain_text.h"
#include "harness/report/text/file_uri.h"
#include "reference/signature.h"

namespace chatspec {
namespace {

using Json = nlohmann::ordered_json;

// A reference to a file.
std::string as_uri(std::string_view path) {
  if (path.empty()) return "unknown";
  return path.starts_with('/') ? make_file_uri("", path) : escape_uri_path(path);
}

Json text_of(std::string_view text) {
  return {{"text", as_plain_text(text)}};
}

// GitHub shows no result without a place, and counts lines from 1.
Json place_of(const SarifResult& result) {
  Json region{{"startLine", std::max<std::uint64_t>(result.line, 1)}};
  if (result.column > 0) region["startColumn"] = result.column;
  return Json::array(
      {{{"physicalLocation",
         {{"artifactLocation", {{"uri", as_uri(result.file)}}}, {"region", std::move(region)}}}}});
}

// By this GitHub knows a result again, whatever line it has moved to. It takes the first alone,
// which it would make of the file's text else. Of several that are the same in everything, the
// number tells which.
Json fingerprints_of(const SarifResult& result, std::size_t number) {
  const std::string hash = chat::sha256_hex(result.identity);
  return {{"primaryLocationLineHash", fmt::format("{}:{}", hash.substr(0, 16), number)},
          {"chatspecIdentity/v1", hash}};
}

Json result_of(const SarifResult& result, std::size_t rule_index, std::size_t number) {
  Json json{{"ruleId", as_plain_line(result.rule)},
            {"ruleIndex", rule_index},
            {"level", result.is_warning ? "warning" : "error"},
            {"message", text_of(result.message)},
            {"locations", place_of(result)},
            {"partialFingerprints", fingerprints_of(result, number)}};
  for (const auto& [name, value] : result.properties)
    json["properties"][name] = as_plain_line(value);
  return json;
}

Json rule_of(const std::string& id, const SarifRule& rule) {
  return {{"id", as_plain_line(id)},
          {"shortDescription", text_of(rule.meaning.empty() ? id : rule.meaning)},
          {"help", text_of(rule.help)}};
}

Json invocation_of(const SarifLog& log, std::size_t left_out) {
  Json troubles = Json::array();
  const auto tell = [&](std::string_view level, const std::string& what) {
    troubles.push_back({{"level", level}, {"message", text_of(what)}});
  };
  for (const std::string& trouble : log.troubles) tell("error", trouble);
  if (left_out > 0) tell("warning", fmt::format("{} more results are left out", left_out));
  return {{"executionSuccessful", log.troubles.empty()},
          {"toolExecutionNotifications", std::move(troubles)}};
}

// As it stands within so many others. Its strings have no line ends: those are escaped.
std::string indent(const Json& json, std::size_t levels) {
  std::string text;
  for (const char c : json.dump(1)) {
    text += c;
    if (c == '\n') text.append(levels, ' ');
  }
  return text;
}

}  // namespace

// A result at a time, and never all of them as objects at once: there may be very many.
void write_sarif_json(const SarifLog& log, ReportText& out) {
  Json rules = Json::array();
  std::map<std::string_view, std::size_t> indices;
  for (const auto& [id, rule] : log.rules) {
    indices.emplace(id, rules.size());
    rules.push_back(rule_of(id, rule));
  }
  const std::size_t shown = std::min(log.results.size(), kMostSarifResults);
  const Json driver{
      {"name", "chatspec"}, {"version", CHATSPEC_VERSION}, {"rules", std::move(rules)}};
  out.add(fmt::format(R"({{
 "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
 "version": "2.1.0",
 "runs": [
  {{
   "tool": {},
   "invocations": {},
   "results": [)",
                      indent({{"driver", driver}}, 3),
                      indent(Json::array({invocation_of(log, log.results.size() - shown)}), 3)));
  std::map<std::string_view, std::size_t> numbers;  // by identities
  for (std::size_t i = 0; i < shown; ++i) {
    const SarifResult& result = log.results[i];
    const Json json = result_of(result, indices.at(result.rule), ++numbers[result.identity]);
    out.add((i > 0 ? ",\n    " : "\n    ") + indent(json, 4));
  }
  out.add(shown > 0 ? "\n   ]" : "]");
  out.add(",\n   \"columnKind\": \"unicodeCodePoints\"\n  }\n ]\n}\n");
}

}  // namespace chatspec
