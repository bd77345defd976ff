#include "harness/report/tests/log_schema.h"

#include "harness/report/tests/json_schema.h"

namespace chatspec {
namespace {

using Json = nlohmann::json;

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
  Json schema = load_schema_file("harness/report/log.schema.json");
  // Records of kinds that nobody knows yet are for readers.
  schema["anyOf"].erase(schema["anyOf"].size() - 1);
  forbid_other_fields(schema["$defs"]);
  return schema;
}

}  // namespace

std::string find_schema_violation(std::string_view line) {
  static const JsonSchema schema(load_schema());
  return schema.find_violation(Json::parse(line));
}

}  // namespace chatspec
