#include "harness/suite/scenario_file.h"

#include "reference/signature.h"

namespace chatspec {

std::string scenario_id(const std::filesystem::path& path) {
  const std::filesystem::path absolute = std::filesystem::absolute(path).lexically_normal();
  return absolute.parent_path().filename().string() + "/" + absolute.stem().string();
}

std::string description_of(const Scenario& scenario) {
  std::string out;
  if (scenario.statements.empty()) return out;
  for (const LeadLine& comment : scenario.statements.front().lead) {
    if (comment && !comment->empty()) out += (out.empty() ? "" : " ") + *comment;
  }
  return out;
}

std::string hash_source(const ScenarioFile& file) {
  constexpr std::size_t kShownDigits = 16;
  return chat::sha256_hex(file.source).substr(0, kShownDigits);
}

}  // namespace chatspec
