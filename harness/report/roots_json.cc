#include "harness/report/roots_json.h"

#include <nlohmann/json.hpp>

namespace chatspec {
namespace {

std::string_view to_string(Root::Kind kind) {
  switch (kind) {
    case Root::Kind::kFailure:
      return "failure";
    case Root::Kind::kDeviation:
      return "deviation";
    case Root::Kind::kTrouble:
      return "trouble";
  }
  return "";
}

}  // namespace

std::string to_json_lines(std::span<const Root> roots) {
  using OrderedJson = nlohmann::ordered_json;
  std::string lines;
  for (const Root& root : roots) {
    OrderedJson cases = OrderedJson::array();
    for (const Showing& showing : root.showings) cases.push_back(showing.played->id);
    OrderedJson alike = OrderedJson::array();
    for (const auto& [sentence, played] : root.likenesses)
      alike.push_back({{"case", played->id}, {"sentence", sentence}});
    const FindingRecord* finding = root.showings.front().finding;
    const OrderedJson json{{"root", root.id},
                           {"kind", to_string(root.kind)},
                           {"requirement", requirement_of(root)},
                           {"code", finding ? finding->code : ""},
                           {"sentence", sentence_of(root)},
                           {"cases", std::move(cases)},
                           {"alike", std::move(alike)},
                           {"kept_back", root.kept_back}};
    // What is no UTF-8 becomes U+FFFD: a log may hold anything.
    lines += json.dump(-1, ' ', true, OrderedJson::error_handler_t::replace) + "\n";
  }
  return lines;
}

}  // namespace chatspec
