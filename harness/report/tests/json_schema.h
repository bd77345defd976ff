// JSON, held to a schema by a validator that is not ours.

#pragma once

#include <memory>
#include <string>

#include <nlohmann/json.hpp>

namespace chatspec {

class JsonSchema {
 public:
  // A schema of draft 7.
  explicit JsonSchema(nlohmann::json document);
  ~JsonSchema();
  JsonSchema(const JsonSchema&) = delete;
  JsonSchema& operator=(const JsonSchema&) = delete;

  // What is wrong with a document by the schema, or "".
  std::string find_violation(const nlohmann::json& document) const;

 private:
  struct Parsed;
  std::unique_ptr<Parsed> parsed_;
};

// The schema in a file of the source tree.
nlohmann::json load_schema_file(const std::string& path);

// Makes it stricter than it is for readers: wherever it lists an object's fields, there may be no
// others.
void forbid_other_fields(nlohmann::json& schema);

}  // namespace chatspec
