#include "harness/scenario/check.h"

#include <algorithm>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "harness/scenario/check_names.h"
#include "harness/scenario/check_transcript.h"
#include "harness/scenario/expand.h"
#include "harness/scenario/item_parser.h"
#include "harness/scenario/vocabulary.h"
#include "reference/quote.h"
#include "reference/requirements.h"

namespace chatspec {
namespace {

constexpr std::size_t kMaxRows = 10'000;
constexpr std::size_t kToldOfRows = 100;  // mistakes; more are not kept anyway

class Checker {
 public:
  Checker(const Scenario& scenario, Diagnostics& diagnostics)
      : scenario_(scenario), diagnostics_(diagnostics) {}

  void check() {
    check_names(scenario_, diagnostics_);
    check_order();
    check_presence();
    check_covers();
    check_deviations();
    check_file_signatures();
    check_whose_command_line();
    check_table();
    if (diagnostics_.has_errors()) return;
    for (std::size_t row = 0; row < count_rows(scenario_) && told_of_rows_.size() <= kToldOfRows;
         ++row) {
      check_row(row);
    }
    if (!diagnostics_.has_errors()) check_columns_are_used();
    if (!diagnostics_.has_errors()) {
      check_expectations(Role::kServer, "S: 260 OK");
      check_expectations(Role::kClient, "C: HELLO");
    }
  }

 private:
  void error(LintCode code, const Span& span, std::string message, std::string hint = "") {
    diagnostics_.add(code, span.place, span.length, std::move(message), std::move(hint));
  }

  // `scenario` first, each directive once, the transcript last.
  void check_order() {
    const Statement* transcript = nullptr;
    std::vector<std::size_t> seen;
    for (const Statement& statement : scenario_.statements) {
      const std::size_t kind = statement.content.index();
      const bool is_line = std::holds_alternative<TranscriptLine>(statement.content);
      if (is_line && !transcript) transcript = &statement;
      if (!is_line && transcript) {
        error(LintCode::kMisplacedLine, statement.span, "directives come before the transcript",
              fmt::format("the transcript begins at line {}", transcript->span.place.line));
      }
      if (is_once(statement.content) && std::ranges::find(seen, kind) != seen.end()) {
        error(LintCode::kDuplicate, statement.span, "this directive stands here a second time",
              "it stands once in a scenario");
      }
      if (!std::holds_alternative<FileDefinition>(statement.content)) seen.push_back(kind);
    }
    check_file_directives_once();
    if (scenario_.statements.empty() ||
        !std::holds_alternative<Title>(scenario_.statements.front().content)) {
      const Span span = scenario_.statements.empty() ? Span{} : scenario_.statements.front().span;
      error(LintCode::kMissingDirective, span, "a scenario begins with its title",
            "scenario TITLE");
    }
  }

  static bool is_once(const StatementContent& content) {
    return !(std::holds_alternative<KeyDefinition>(content) ||
             std::holds_alternative<MessageDefinition>(content) ||
             std::holds_alternative<FileSignature>(content) ||
             std::holds_alternative<FileDefinition>(content) ||
             std::holds_alternative<ArgumentDefinition>(content) ||
             std::holds_alternative<TranscriptLine>(content));
  }

  void check_file_directives_once() {
    std::set<FileKind> files;
    for (const FileDefinition* file : scenario_.all<FileDefinition>()) {
      if (!files.insert(file->file).second)
        error(LintCode::kDuplicate, file->span, "this directive stands here a second time",
              "say all of a file in one line");
      if (file->file == FileKind::kMessages && file->trailing_blanks)
        error(LintCode::kBadValue, file->span,
              "a message file has no trailing blanks: they would be a message's");
    }
    std::set<std::string> arguments;
    for (const ArgumentDefinition* argument : scenario_.all<ArgumentDefinition>()) {
      if (!arguments.insert(argument->placeholder).second)
        error(LintCode::kDuplicate, argument->span, "this argument is given a second time");
    }
  }

  // A server is given a port and keys, a client all but keys.
  void check_whose_command_line() {
    const Roles* role = scenario_.find<Roles>();
    if (!role) return;
    const auto check_owners = [&](Span span, std::string_view what, Roles owners) {
      if (overlap(owners, *role)) return;
      error(LintCode::kWrongRole, span,
            fmt::format("{} is a {}'s, and this scenario is not for one", what, to_string(owners)));
    };
    for (const FileDefinition* file : scenario_.all<FileDefinition>()) {
      const bool keys = file->file == FileKind::kKeys;
      check_owners(file->span, "this file", {.server = keys, .client = !keys});
    }
    for (const ArgumentDefinition* argument : scenario_.all<ArgumentDefinition>()) {
      const bool keys = argument->placeholder == "keys";
      check_owners(argument->span, "this argument",
                   {.server = keys || argument->placeholder == "port", .client = !keys});
    }
  }

  void check_presence() {
    const Span first = scenario_.statements.empty() ? Span{} : scenario_.statements.front().span;
    if (!scenario_.find<Covers>())
      error(LintCode::kMissingDirective, first, "this scenario covers no requirement",
            "covers HELLO-1");
    if (!scenario_.find<Roles>())
      error(LintCode::kMissingDirective, first, "this scenario has no role",
            "role server, client or both");
    if (!scenario_.find<TranscriptLine>())
      error(LintCode::kMissingDirective, first, "this scenario has no transcript", "C: HELLO");
  }

  // Or whatever it does with what it is sent would pass. That it listens shows where nothing is
  // sent.
  void check_expectations(Role side, std::string hint) {
    const Roles* role = scenario_.find<Roles>();
    const auto lines = scenario_.all<TranscriptLine>();
    if (!role || lines.empty() || !role->has(side)) return;
    if (std::ranges::find(lines, side, &TranscriptLine::speaker) != lines.end()) return;
    const auto ends = [](const TranscriptLine* line) {
      const ItemKind kind = line->alternatives.front().item.kind;
      return kind == ItemKind::kClose || kind == ItemKind::kHalfClose || kind == ItemKind::kReset;
    };
    if (std::ranges::all_of(lines, ends)) return;
    error(LintCode::kNothingExpected, lines.back()->span,
          fmt::format("nothing is expected of the {}", to_string(side)), std::move(hint));
  }

  void check_covers() {
    const Covers* covers = scenario_.find<Covers>();
    const Roles* role = scenario_.find<Roles>();
    if (!covers || !role) return;
    chat::Level strongest = chat::Level::kMay;
    for (const Name& name : covers->requirements) {
      const chat::Requirement* requirement = chat::find_requirement(name.text);
      if (!requirement) continue;
      strongest = std::min(strongest, requirement->level);
      if (!overlap(*role, requirement->binds)) {
        error(LintCode::kWrongRole, name.span,
              fmt::format("{} does not bind a {}", name.text, role->server ? "server" : "client"));
      }
    }
    for (const Role one : {Role::kServer, Role::kClient}) {
      if (role->has(one)) check_covers_role(*covers, one);
    }
    const LevelIs* level = scenario_.find<LevelIs>();
    if (level && !diagnostics_.has_errors() && level->level < strongest) {
      error(LintCode::kLevelTooStrong, level->span,
            "no requirement that this scenario covers is as strong as its level",
            fmt::format("level {}", chat::to_string(strongest)));
    }
  }

  // `deviates` is a remark on a *should*; a *must* cannot be met in another way.
  void check_deviations() {
    const Roles* role = scenario_.find<Roles>();
    for (const TranscriptLine* line : scenario_.all<TranscriptLine>()) {
      for (const Alternative& alternative : line->alternatives) {
        const chat::Requirement* requirement = chat::find_requirement(alternative.requirement);
        if (!requirement || !role) continue;
        const bool bound = overlap(*role, requirement->binds);
        if (requirement->level == chat::Level::kMust) {
          error(LintCode::kBadDeviation, alternative.span,
                fmt::format("{} is a must, which nothing excuses", requirement->id));
        } else if (!bound) {
          error(LintCode::kWrongRole, alternative.span,
                fmt::format("{} does not bind a {}", requirement->id,
                            role->server ? "server" : "client"));
        }
      }
    }
  }

  // What is wrong in several rows is told once, of the first of them.
  void check_row(std::size_t row) {
    const Scenario expanded = expand(scenario_, row, diagnostics_);
    Diagnostics in_row;
    check_tags(expanded, in_row);
    Checker(expanded, in_row).check_values(expanded);
    check_transcript(expanded, in_row);
    const std::string name = row_name(scenario_, row);
    for (const Diagnostic& entry : in_row.entries()) {
      if (std::ranges::find(told_of_rows_, entry) != told_of_rows_.end()) continue;
      told_of_rows_.push_back(entry);
      diagnostics_.add(
          entry.code, entry.place, entry.length,
          name.empty() ? entry.message : fmt::format("{} (in row {})", entry.message, name),
          entry.hint);
    }
  }

  // Or a failure in this role would be blamed on a rule for the other.
  void check_covers_role(const Covers& covers, Role role) {
    const bool bound = std::ranges::any_of(covers.requirements, [&](const Name& name) {
      const chat::Requirement* requirement = chat::find_requirement(name.text);
      return requirement && requirement->binds.has(role);
    });
    if (!bound && !diagnostics_.has_errors()) {
      error(LintCode::kWrongRole, covers.requirements.front().span,
            fmt::format("no requirement that this scenario covers binds a {}", to_string(role)));
    }
  }

  // `signature …` belongs to the message above it.
  void check_file_signatures() {
    const std::size_t messages = scenario_.all<MessageDefinition>().size();
    bool open = false;
    for (const Statement& statement : scenario_.statements) {
      if (std::holds_alternative<MessageDefinition>(statement.content)) open = true;
      const FileSignature* signature = std::get_if<FileSignature>(&statement.content);
      if (!signature) continue;
      if (!open)
        error(LintCode::kMisplacedLine, signature->span, "this signature belongs to no message",
              "it stands below its `message`, once");
      open = false;
      const std::size_t* other = std::get_if<std::size_t>(&signature->content);
      if (other && (*other == 0 || *other > messages)) {
        error(LintCode::kUnknownMessage, signature->span,
              fmt::format("there is no message {}", *other),
              fmt::format("this scenario has {}", messages));
      }
    }
  }

  void check_table() {
    const Table* table = scenario_.find<Table>();
    if (!table) return;
    if (table->rows.empty() || table->rows.size() > kMaxRows) {
      error(LintCode::kBadTable, table->span,
            fmt::format("a table has 1 to {} rows below the names of its columns", kMaxRows));
    }
    std::set<std::string_view> columns;
    for (const Name& column : table->columns) {
      if (!is_identifier(column.text))
        error(LintCode::kBadName, column.span, "a column's name is made of a-z, 0-9 and -");
      if (!columns.insert(column.text).second)
        error(LintCode::kDuplicate, column.span, "there are two columns of this name");
      if (find_word(kTags, column.text))
        error(LintCode::kBadName, column.span,
              "this is the name of an item; a column needs another");
    }
    std::set<std::string_view> rows;
    for (const auto& row : table->rows) {
      if (!is_identifier(row.front().text)) {
        error(LintCode::kBadName, row.front().span,
              "the first cell names its row, with a-z, 0-9 and -");
      }
      if (!rows.insert(row.front().text).second)
        error(LintCode::kDuplicate, row.front().span, "there are two rows of this name");
    }
  }

  void check_values(const Scenario& expanded) {
    const auto check_value = [&](const Value& value) {
      std::size_t bytes = 0;
      for (const ValueLine& line : value) {
        const Literal* literal = std::get_if<Literal>(&line.content);
        const Random* random = std::get_if<Random>(&line.content);
        bytes += literal ? literal->bytes.size() * literal->times : random ? random->count : 0;
        if (bytes > kMaxBytes) {
          error(LintCode::kTooLarge, line.span, "with this line the text is too long",
                fmt::format("a text has at most {} bytes", kMaxBytes));
          return;
        }
      }
    };
    for (const KeyDefinition* key : expanded.all<KeyDefinition>()) {
      check_value(key->value);
      check_line_ends(key->value, "a key");
      check_key(key->value);
    }
    std::size_t number = 0;
    for (const MessageDefinition* message : expanded.all<MessageDefinition>()) {
      check_value(message->value);
      if (is_on_the_wire(expanded, ++number))
        check_line_ends(message->value, "a line of a message");
    }
  }

  static bool is_on_the_wire(const Scenario& expanded, std::size_t message) {
    return std::ranges::any_of(expanded.all<TranscriptLine>(), [&](const TranscriptLine* line) {
      return std::ranges::any_of(line->alternatives, [&](const Alternative& alternative) {
        const auto sends = [&](const Item& item) {
          return item.kind == ItemKind::kMessage && item.number == message;
        };
        return sends(alternative.item) || std::ranges::any_of(alternative.then, sends);
      });
    });
  }

  // What a line of a text says, or nothing where it is random.
  static std::optional<std::string> known_bytes(const ValueLine& line) {
    const Literal* literal = std::get_if<Literal>(&line.content);
    return literal ? std::optional(literal->bytes) : std::nullopt;
  }

  // What no line of a key file can hold.
  void check_key(const Value& value) {
    if (value.size() > 1) return error(LintCode::kBadValue, value[1].span, "a key is one line");
    const auto bytes = known_bytes(value.front());
    if (!bytes) return;
    if (bytes->contains('\n'))
      return error(LintCode::kBadValue, value.front().span, "a key cannot hold a line end");
    if (bytes->ends_with(' ') || bytes->ends_with('\t')) {
      error(LintCode::kBadValue, value.front().span, "a key cannot end with a blank",
            "at the end of a key file's line, blanks are not part of the key");
    }
  }

  // A receiver would take it for a part of the line end (FRAME-2), a reader of files, too.
  void check_line_ends(const Value& value, std::string_view what) {
    for (const ValueLine& line : value) {
      const auto bytes = known_bytes(line);
      if (!bytes || !(bytes->ends_with('\r') || bytes->contains("\r\n"))) continue;
      error(LintCode::kBadValue, line.span, fmt::format("{} cannot end with CR", what),
            "CR LF is a line end: say it where the line is sent, as raw bytes");
    }
  }

  void check_columns_are_used();

  const Scenario& scenario_;
  Diagnostics& diagnostics_;
  std::vector<Diagnostic> told_of_rows_;
};

void Checker::check_columns_are_used() {
  const Table* table = scenario_.find<Table>();
  if (!table) return;
  std::set<std::string> used;
  for (ColumnUse& use : list_column_uses(scenario_)) used.insert(std::move(use.name));
  used.insert(std::string(kTagsColumn));
  for (std::size_t i = 1; i < table->columns.size(); ++i) {  // the first names the rows
    const Name& column = table->columns[i];
    const bool in_title =
        scenario_.find<Title>()->text.find("<" + column.text + ">") != std::string::npos;
    if (!used.contains(column.text) && !in_title) {
      error(LintCode::kUnusedColumn, column.span, "nothing uses this column",
            fmt::format("write <{}> where its cells belong", column.text));
    }
  }
}

}  // namespace

void check_scenario(const Scenario& scenario, Diagnostics& diagnostics) {
  Checker(scenario, diagnostics).check();
  diagnostics.sort();
}

}  // namespace chatspec
