#include "reference/requirements.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "reference/protocol_text.h"
#include "reference/text/lines.h"
#include "reference/text/quote.h"
#include "reference/text/word_table.h"

namespace chat {
namespace {

constexpr std::array kLevels{EnumWord{Level::kMust, "must"}, EnumWord{Level::kShould, "should"},
                             EnumWord{Level::kMay, "may"}};
static_assert(covers_in_order(kLevels, &EnumWord<Level>::value, Level::kMay));

// Takes what stands before `separator`, and the separator.
std::optional<std::string_view> take_until(std::string_view& text, std::string_view separator) {
  const std::size_t end = text.find(separator);
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view taken = text.substr(0, end);
  text.remove_prefix(end + separator.size());
  return taken;
}

bool is_id(std::string_view text) {
  constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  constexpr std::string_view kDigits = "0123456789";
  const auto family = take_until(text, "-");
  return family && !family->empty() &&
         family->find_first_not_of(kLetters) == std::string_view::npos && !text.empty() &&
         text.find_first_not_of(kDigits) == std::string_view::npos;
}

// `**HELLO-1** (must; server, client) The text.` Gives what is wrong with it.
std::expected<Requirement, std::string> parse_paragraph(std::string_view text) {
  const auto malformed = [&](std::string_view what) {
    return std::unexpected(fmt::format("{}; expected **ID** (level; roles) text", what));
  };
  Requirement requirement;
  if (!text.starts_with("**")) return malformed("no id");
  text.remove_prefix(2);
  const auto id = take_until(text, "** (");
  if (!id || !is_id(*id)) return malformed("no id");
  requirement.id = *id;

  const auto level = take_until(text, "; ");
  const auto known = value_of(kLevels, level.value_or(""));
  if (!known) return malformed("no level (must, should, may)");
  requirement.level = *known;

  const auto roles = take_until(text, ") ");
  if (roles != "server" && roles != "client" && roles != "server, client") {
    return malformed("no roles (server; client; server, client)");
  }
  requirement.binds.server = roles->starts_with("server");
  requirement.binds.client = roles->ends_with("client");
  if (text.empty()) return malformed("no text");
  requirement.text = text;
  return requirement;
}

class DocumentParser {
 public:
  explicit DocumentParser(std::string_view file_name) : file_name_(file_name) {}

  void line(std::string_view line) {
    ++line_number_;
    if (line.starts_with("## ")) chapter_ = line.substr(3);
    if (line.empty() || line.starts_with('#')) {
      end_paragraph();
    } else if (!paragraph_.empty()) {
      paragraph_ += ' ';
      paragraph_ += line;
    } else if (line.starts_with('*') && previous_blank_) {
      paragraph_ = line;
      paragraph_line_ = line_number_;
    }
    previous_blank_ = line.empty();
  }

  std::expected<std::vector<Requirement>, FileError> finish() {
    end_paragraph();
    if (error_) return std::unexpected(*std::move(error_));
    return std::move(requirements_);
  }

 private:
  void end_paragraph() {
    if (paragraph_.empty()) return;
    auto requirement = parse_paragraph(std::exchange(paragraph_, {}));
    if (!requirement) {
      fail(std::move(requirement.error()));
    } else if (std::ranges::count(requirements_, requirement->id, &Requirement::id) > 0) {
      fail(fmt::format("{} is there twice", requirement->id));
    } else {
      requirement->chapter = chapter_;
      requirements_.push_back(*std::move(requirement));
    }
  }

  void fail(std::string message) {
    if (!error_) error_ = FileError{file_name_, paragraph_line_, std::move(message)};
  }

  std::string file_name_;
  std::string chapter_;
  std::string paragraph_;
  std::size_t line_number_ = 0;
  std::size_t paragraph_line_ = 0;
  bool previous_blank_ = true;
  std::vector<Requirement> requirements_;
  std::optional<FileError> error_;
};

std::vector<Requirement> parse_own_document() {
  auto parsed = parse_requirements(protocol_text(), "reference/PROTOCOL.md");
  if (!parsed) {
    // requirements_test.cc keeps such a document from ever being released.
    fmt::print(stderr, "{}\n", parsed.error().to_string());
    std::abort();
  }
  return *std::move(parsed);
}

}  // namespace

std::string_view to_string(Level level) {
  return row_of(kLevels, level).word;
}

std::expected<std::vector<Requirement>, FileError> parse_requirements(std::string_view document,
                                                                      std::string_view file_name) {
  DocumentParser parser(file_name);
  while (!document.empty()) {
    parser.line(take_line(document));
  }
  return parser.finish();
}

std::span<const Requirement> requirements() {
  static const std::vector<Requirement> all = parse_own_document();
  return all;
}

const Requirement* find_requirement(std::string_view id) {
  const auto all = requirements();
  const auto found = std::ranges::find(all, id, &Requirement::id);
  return found == all.end() ? nullptr : &*found;
}

}  // namespace chat
