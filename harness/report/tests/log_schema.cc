#include "harness/report/tests/log_schema.h"

#include <fstream>

#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

namespace chatspec {
namespace {

using Json = nlohmann::json;
using Adapter = valijson::adapters::NlohmannJsonAdapter;

// Wherever an object's fields are listed, there may be no others.
void forbid_other_fields(Json& schema) {
  const bool lists_fields =
      schema.is_object() && schema.contains("properties") && schema.value("type", "") == "object";
  if (lists_fields) schema["additionalProperties"] = false;
  for (Json& part : schema) {
    if (part.is_structured()) forbid_other_fields(part);
  }
}

Json load_schema() {
  std::ifstream file(CHATSPEC_SOURCE_DIR "/harness/report/log.schema.json");
  Json schema = Json::parse(file);
  // Records of kinds that nobody knows yet are for readers.
  schema["anyOf"].erase(schema["anyOf"].size() - 1);
  forbid_other_fields(schema["$defs"]);
  return schema;
}

const valijson::Schema& schema() {
  static const Json document = load_schema();
  static const auto parsed = [] {
    auto result = std::make_unique<valijson::Schema>();
    valijson::SchemaParser(valijson::SchemaParser::kDraft7)
        .populateSchema(Adapter(document), *result);
    return result;
  }();
  return *parsed;
}

}  // namespace

std::string find_schema_violation(std::string_view line) {
  const Json record = Json::parse(line);
  valijson::ValidationResults results;
  if (valijson::Validator().validate(schema(), Adapter(record), &results)) return {};
  std::string problems;
  for (valijson::ValidationResults::Error error; results.popError(error);) {
    for (const std::string& place : error.context) problems += place;
    problems += ": " + error.description + "\n";
  }
  return problems;
}

}  // namespace chatspec
