#include "harness/play/command.h"

#include <algorithm>
#include <array>
#include <system_error>

#include <fmt/format.h>

#include "harness/play/interpreter.h"
#include "harness/scenario/hint.h"
#include "harness/scenario/vocabulary.h"
#include "reference/text/quote.h"

namespace chatspec {
namespace {

std::expected<std::vector<std::string>, std::string> split_words(std::string_view text) {
  std::vector<std::string> words;
  bool in_word = false;
  char quote = '\0';
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quote == '\0' && (c == ' ' || c == '\t' || c == '\n')) {
      in_word = false;
      continue;
    }
    if (!in_word) words.emplace_back();
    in_word = true;
    if (quote == '\0' && (c == '\'' || c == '"')) {
      quote = c;
    } else if (c == quote) {
      quote = '\0';
    } else if (c == '\\' && quote != '\'') {
      if (++i == text.size()) return std::unexpected("it ends with a backslash");
      words.back() += text[i];
    } else {
      words.back() += c;
    }
  }
  if (quote != '\0') return std::unexpected(fmt::format("the quote {} has no end", quote));
  return words;
}

// What a user may write who thinks of a shell: "> FILE", "2>&1", "| tee", "$HOME/x", "~/x".
bool is_for_a_shell(std::string_view word) {
  constexpr std::array<std::string_view, 6> kOperators{"|", "||", "&", "&&", ";", "<"};
  const std::string_view behind_number = word.starts_with('2') ? word.substr(1) : word;
  return std::ranges::find(kOperators, word) != kOperators.end() ||
         behind_number.starts_with('>') || (word.starts_with('$') && word.size() > 1) ||
         word.starts_with("~/");
}

// Calls `use(name, begin, end)` for each {name} of a word.
template <typename Use>
void for_each_placeholder(std::string_view word, Use use) {
  for (std::size_t begin = word.find('{'); begin != std::string_view::npos;
       begin = word.find('{', begin + 1)) {
    const std::size_t end = word.find('}', begin);
    if (end == std::string_view::npos) return;
    use(word.substr(begin + 1, end - begin - 1), begin, end + 1);
  }
}

std::vector<std::string_view> wanted_placeholders(Role role) {
  if (role == Role::kServer) return {"port", "keys"};
  return {"host", "port", "messages", "signatures"};
}

}  // namespace

std::expected<Command, std::string> Command::parse(std::string_view text, Role role) {
  auto words = split_words(text);
  if (!words) return std::unexpected(words.error());
  if (words->empty()) return std::unexpected("it is empty");
  std::vector<std::string> seen;
  std::string problem;
  for (const std::string& word : *words) {
    if (problem.empty() && is_for_a_shell(word)) {
      problem = fmt::format("{} is for a shell, and there is none: write sh -c '…' around it",
                            chat::quote(word));
    }
    for_each_placeholder(word, [&](std::string_view name, std::size_t, std::size_t) {
      seen.emplace_back(name);
      if (problem.empty() && std::ranges::find(kPlaceholders, name) == kPlaceholders.end()) {
        problem = fmt::format("there is no placeholder {{{}}}; {}", chat::escape_bytes(name),
                              hint_for(name, kPlaceholders));
      }
    });
  }
  for (const std::string_view wanted : wanted_placeholders(role)) {
    if (problem.empty() && std::ranges::find(seen, wanted) == seen.end()) {
      problem = fmt::format("{{{}}} is missing, so the program would not know it{}", wanted,
                            words->size() > 1 ? ""
                                              : "; a command line of several words is put in "
                                                "quotes, or stands last, after --");
    }
  }
  if (!problem.empty()) return std::unexpected(problem);
  Command command;
  command.text_ = text;
  command.words_ = *std::move(words);
  return command;
}

void Command::make_paths_absolute(const std::filesystem::path& folder) {
  for (std::size_t i = 0; i < words_.size(); ++i) {
    const bool looked_up_in_path = i == 0 && words_[i].find('/') == std::string::npos;
    std::error_code failure;
    if (!looked_up_in_path && !words_[i].empty() && !is_module_name(words_, i) &&
        std::filesystem::exists(folder / words_[i], failure)) {
      words_[i] = (folder / words_[i]).lexically_normal().string();
    }
  }
}

std::vector<std::string> Command::fill(
    const std::map<std::string, std::optional<std::string>>& values) const {
  std::vector<std::string> arguments;
  for (const std::string& word : words_) {
    std::string filled;
    std::size_t done = 0;
    bool left_out = false;
    for_each_placeholder(word, [&](std::string_view name, std::size_t begin, std::size_t end) {
      const auto value = values.find(std::string(name));
      if (value == values.end()) return;
      filled += word.substr(done, begin - done);
      left_out = left_out || !value->second;
      filled += value->second.value_or("");
      done = end;
    });
    filled += word.substr(done);
    if (!left_out) arguments.push_back(std::move(filled));
  }
  return arguments;
}

}  // namespace chatspec
