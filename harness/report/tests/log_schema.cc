#include "harness/report/tests/log_schema.h"

#include "harness/report/tests/json_schema.h"

namespace chatspec {
namespace {

using Json = nlohmann::json;

Json load_schema() {
  Json schema = load_schema_file("harness/report/log/log.schema.json");
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
