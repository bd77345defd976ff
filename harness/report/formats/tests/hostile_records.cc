#include "harness/report/formats/tests/hostile_records.h"

#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <variant>

#include "harness/report/formats/tests/example_runs.h"
#include "harness/report/log/record_fields.h"
#include "harness/report/tests/example_records.h"

namespace chatspec {
namespace {

// Writes the text into every field that can hold one, whatever records there are.
class Harm {
 public:
  explicit Harm(std::string_view text) : text_(text) {}

  void fill(std::string& field) { field = text_; }
  void fill(LoggedBytes& field) {
    field = {.begin = text_,
             .omitted = OmittedBytes{.count = 100'000'000, .end = text_, .sha256 = text_}};
  }
  template <typename T>
  void fill(std::vector<T>& list) {
    for (T& item : list) fill(item);
  }
  template <typename T>
  void fill(std::optional<T>& item) {
    if (item) fill(*item);
  }
  template <typename T>
  void fill(Rare<T>& item) {
    if (item) fill(*item);
  }
  template <typename T>
  void fill(std::map<std::string, T>& items) {
    T item{};
    fill(item);
    items = {{text_, item}};
  }
  template <typename T>
  void fill(T& field) {
    if constexpr (std::is_class_v<T>)
      visit_fields(field, [this](const char*, auto& inner, auto...) { this->fill(inner); });
  }

 private:
  std::string text_;
};

}  // namespace

std::vector<Record> hostile_run(std::string_view text) {
  constexpr std::size_t kBeforeOpening = 2;  // the run and its build
  std::vector<Record> records;
  for (const Record& record : example_run("name")) {
    if (records.size() == kBeforeOpening) records.emplace_back(full_opening());
    records.push_back(record);
  }
  for (const Verdict verdict : {Verdict::kFail, Verdict::kPass}) {
    CaseRecord known = example_case("known", verdict);
    known.known = KnownRecord{.line = 1, .is_met = verdict == Verdict::kFail};
    records.insert(std::prev(records.end()), known);
    ++std::get<RunRecord>(records.front()).cases;
  }
  CaseRecord flaky = example_case("flaky", Verdict::kFail);
  records.insert(std::prev(records.end()), flaky);
  ++std::get<RunRecord>(records.front()).cases;
  for (Record& record : records) {
    std::visit([&](auto& one) { Harm(text).fill(one); }, record);
  }
  std::get<EndRecord>(records.back()).served_last.clear();
  std::get<CaseRecord>(*std::prev(records.end(), 2)).attempts = {
      {.verdict = Verdict::kPass}, {.verdict = Verdict::kFail, .code = std::string(text)}};
  return records;
}

}  // namespace chatspec
