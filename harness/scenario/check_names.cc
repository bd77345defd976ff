#include "harness/scenario/check_names.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "harness/scenario/hint.h"
#include "harness/scenario/vocabulary.h"
#include "reference/requirements.h"
#include "reference/text/quote.h"

namespace chatspec {
namespace {

class NameChecker {
 public:
  NameChecker(const Scenario& scenario, Diagnostics& diagnostics)
      : scenario_(scenario), diagnostics_(diagnostics) {}

  void check() {
    check_covers();
    check_profiles();
    check_tags();
    check_needs();
    check_deviations();
    check_columns();
    check_title();
  }

  void check_tags() {
    const Tags* tags = scenario_.find<Tags>();
    if (!tags) return;
    check_each_once(tags->names);
    for (const Name& name : tags->names) {
      const auto [tag, limit, is_limited] = split_tag(name.text);
      if (!is_identifier(tag))
        error(LintCode::kBadName, name.span, "a tag is made of a-z, 0-9 and -");
      if (is_limited && !find_word(kRoles, limit) && !find_word(kProfileWords, limit)) {
        error(LintCode::kUnknownWord, name.span,
              fmt::format("a tag cannot be limited to {}", chat::quote(limit)),
              fmt::format("after the / stands one of: server, client, {}",
                          fmt::join(words_of(kProfileWords), ", ")));
      }
    }
  }

 private:
  void error(LintCode code, const Span& span, std::string message, std::string hint = "") {
    diagnostics_.add(code, span.place, span.length, std::move(message), std::move(hint));
  }

  void check_requirement(const std::string& name, const Span& span) {
    if (chat::find_requirement(name)) return;
    std::vector<std::string_view> ids;
    for (const chat::Requirement& one : chat::requirements()) ids.push_back(one.id);
    error(LintCode::kUnknownRequirement, span,
          fmt::format("there is no requirement {}", chat::quote(name)),
          hint_for(name, ids, "`chatspec explain` lists them"));
  }

  void check_covers() {
    const Covers* covers = scenario_.find<Covers>();
    if (!covers) return;
    for (const Name& name : covers->requirements) check_requirement(name.text, name.span);
    check_each_once(covers->requirements);
  }

  void check_each_once(const std::vector<Name>& names) {
    std::set<std::string_view> seen;
    for (const Name& name : names) {
      if (!seen.insert(name.text).second)
        error(LintCode::kDuplicate, name.span, "this name stands here a second time");
    }
  }

  void check_deviations() {
    for (const TranscriptLine* line : scenario_.all<TranscriptLine>()) {
      for (const Alternative& alternative : line->alternatives) {
        if (alternative.requirement.empty()) continue;
        check_requirement(alternative.requirement, alternative.requirement_span);
      }
    }
  }

  void check_profiles() {
    const Profiles* profiles = scenario_.find<Profiles>();
    if (!profiles) return;
    check_each_once(profiles->names);
    for (const Name& name : profiles->names) {
      if (find_word(kProfileWords, name.text)) continue;
      error(LintCode::kUnknownProfile, name.span,
            fmt::format("no profile is called {}", chat::quote(name.text)),
            hint_for(name.text, words_of(kProfileWords)));
    }
  }

  void check_needs() {
    const Needs* needs = scenario_.find<Needs>();
    if (!needs) return;
    check_each_once(needs->scenarios);
    for (const Name& name : needs->scenarios) {
      if (is_scenario_id(name.text)) continue;
      error(LintCode::kBadName, name.span,
            fmt::format("{} is not a scenario's id", chat::quote(name.text)),
            "ids are CHAPTER/NAME");
    }
  }

  void check_columns() {
    std::vector<std::string_view> columns;
    if (const Table* table = scenario_.find<Table>()) {
      for (const Name& column : table->columns) columns.push_back(column.text);
    }
    constexpr std::string_view kFreshText = "random";
    std::vector<std::string_view> items = columns;
    for (const std::string_view item : words_of(kTags)) items.push_back(item);
    for (const ColumnUse& use : list_column_uses(scenario_)) {
      if (std::ranges::find(columns, use.name) != columns.end()) continue;
      if (!use.is_item && use.name == kFreshText) {
        error(LintCode::kMissingValue, use.span, "the length of the text is missing",
              "<random 16> is a text of 16 characters");
        continue;
      }
      error(LintCode::kUnknownItem, use.span,
            fmt::format(
                fmt::runtime(columns.empty()
                                 ? "no item is called <{}>"
                                 : "<{}> is neither an item nor a column of this scenario's table"),
                use.name),
            hint_for_item(use.name, use.is_item ? items : columns));
    }
  }

  // In the title of a scenario with a table, what looks like a column is meant as one, unless it is
  // an item, of which a title may tell.
  void check_title() {
    const Title* title = scenario_.find<Title>();
    const Table* table = scenario_.find<Table>();
    if (!title || !table) return;
    std::vector<std::string_view> columns;
    for (const Name& column : table->columns) columns.push_back(column.text);
    const std::string_view text = title->text;
    for (std::size_t begin = text.find('<'); begin != text.npos;
         begin = text.find('<', begin + 1)) {
      const std::size_t end = text.find('>', begin);
      if (end == text.npos) break;
      const std::string_view name = text.substr(begin + 1, end - begin - 1);
      if (!is_identifier(name) || find_word(kTags, name) ||
          std::ranges::find(columns, name) != columns.end())
        continue;
      const Place place{title->span.place.line, title->span.place.column + begin};
      error(LintCode::kUnknownItem, {place, end - begin + 1},
            fmt::format("<{}> is neither an item nor a column of this scenario's table", name),
            hint_for_item(std::string(name), columns));
    }
  }

  const Scenario& scenario_;
  Diagnostics& diagnostics_;
};

}  // namespace

std::vector<ColumnUse> list_column_uses(const Scenario& scenario) {
  std::vector<ColumnUse> uses;
  const auto use_in_text = [&](const Value& value) {
    for (const ValueLine& line : value) {
      if (const Column* column = std::get_if<Column>(&line.content))
        uses.push_back({column->name, line.span});
    }
  };
  const auto use_as_number = [&](const Number& number) {
    if (!number.column.empty()) uses.push_back({number.column, number.span});
  };
  const auto use_as_item = [&](const Item& item) {
    if (item.kind == ItemKind::kColumn) uses.push_back({item.column, item.span, true});
  };
  for (const KeyDefinition* key : scenario.all<KeyDefinition>()) use_in_text(key->value);
  for (const MessageDefinition* message : scenario.all<MessageDefinition>())
    use_in_text(message->value);
  for (const TranscriptLine* line : scenario.all<TranscriptLine>()) {
    for (const Alternative& alternative : line->alternatives) {
      use_as_item(alternative.item);
      for (const Item& item : alternative.then) use_as_item(item);
    }
    if (line->delivery.every) use_as_number(*line->delivery.every);
    for (const Number& at : line->delivery.at) use_as_number(at);
  }
  return uses;
}

void check_names(const Scenario& scenario, Diagnostics& diagnostics) {
  NameChecker(scenario, diagnostics).check();
}

void check_tags(const Scenario& scenario, Diagnostics& diagnostics) {
  NameChecker(scenario, diagnostics).check_tags();
}

}  // namespace chatspec
