#include "harness/report/tests/json_schema.h"

#include <fstream>
#include <utility>

#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

namespace chatspec {

using JsonAdapter = valijson::adapters::NlohmannJsonAdapter;

struct JsonSchema::Parsed {
  nlohmann::json document;
  valijson::Schema schema{};
};

JsonSchema::JsonSchema(nlohmann::json document)
    : parsed_(std::make_unique<Parsed>(std::move(document))) {
  valijson::SchemaParser(valijson::SchemaParser::kDraft7)
      .populateSchema(JsonAdapter(parsed_->document), parsed_->schema);
}

JsonSchema::~JsonSchema() = default;

std::string JsonSchema::find_violation(const nlohmann::json& document) const {
  valijson::ValidationResults results;
  if (valijson::Validator().validate(parsed_->schema, JsonAdapter(document), &results)) return {};
  std::string problems;
  for (valijson::ValidationResults::Error error; results.popError(error);) {
    for (const std::string& place : error.context) problems += place;
    problems += ": " + error.description + "\n";
  }
  return problems;
}

nlohmann::json load_schema_file(const std::string& path) {
  std::ifstream file(CHATSPEC_SOURCE_DIR "/" + path);
  return nlohmann::json::parse(file);
}

void forbid_other_fields(nlohmann::json& schema) {
  const bool lists_fields =
      schema.is_object() && schema.contains("properties") && schema.value("type", "") == "object";
  if (lists_fields) schema["additionalProperties"] = false;
  for (nlohmann::json& part : schema) {
    if (part.is_structured()) forbid_other_fields(part);
  }
}

}  // namespace chatspec
