#include "harness/report/reproduction/reproduction_command.h"

#include <algorithm>
#include <ranges>
#include <span>

#include <fmt/format.h>

#include "harness/report/text/shell_words.h"
#include "reference/profile.h"
#include "reference/profile_settings.h"
#include "reference/text/printable.h"

namespace chatspec {
namespace {

constexpr std::string_view kContinuationIndent = "  ";

bool can_be_typed(const std::string& word) {
  return chat::find_control(word, "") == std::string::npos;
}

std::string shell_word(const std::string& word) {
  return quote_words(std::span(&word, 1));
}

class RunCommand {
 public:
  void add(const std::string& word) {
    words_.push_back(shell_word(word));
    is_typable_ = is_typable_ && can_be_typed(word);
  }
  void add_option(std::string_view option, const std::string& value) {
    if (value.empty()) return;
    words_.push_back(fmt::format("{} {}", option, shell_word(value)));
    is_typable_ = is_typable_ && can_be_typed(value);
  }
  std::optional<std::vector<std::string>> take() {
    if (!is_typable_) return {};
    return std::move(words_);
  }

 private:
  std::vector<std::string> words_{"chatspec run"};
  bool is_typable_ = true;
};

}  // namespace

std::string join_address(std::string address) {
  std::ranges::replace(address, ' ', ':');
  return address;
}

bool is_tier_of_choice(std::string_view isolation) {
  return isolation == "sandbox" || isolation == "plain";
}

bool is_builtin(const ProfileRecord& profile) {
  const chat::Profile* builtin = chat::find_profile(profile.name);
  if (!builtin) return false;
  return std::ranges::all_of(chat::list_settings(*builtin), [&](const auto& setting) {
    const auto found = profile.settings.find(setting.first);
    // An older log may lack what was settled later.
    return found == profile.settings.end() || found->second.begin == setting.second;
  });
}

std::optional<std::vector<std::string>> make_run_command(const RunRecord& run,
                                                         const CaseRecord& record,
                                                         const BuildRecord* build) {
  if (run.argv.empty() && run.address.empty()) return {};
  RunCommand command;
  command.add(record.id);
  command.add_option("--seed", std::to_string(run.seed));
  if (!is_builtin(run.profile)) {
    command.add_option("--profile", "profile.txt");
  } else if (run.profile.name != "line") {
    command.add_option("--profile", run.profile.name);
  }
  if (run.delivery != "units") command.add_option("--delivery", run.delivery);
  if (!run.address.empty()) {
    command.add_option("--connect", join_address(run.address));
    if (run.keys) command.add_option("--keys", "keys.txt");
    return command.take();
  }
  if (is_tier_of_choice(run.isolation)) command.add_option("--isolation", run.isolation);
  command.add_option("--folder", run.folder);
  if (build) command.add_option("--build", build->command);
  command.add(run.role == Role::kServer ? "--server" : "--client");
  command.add("--");
  for (const LoggedBytes& word : run.argv) {
    if (!word.is_whole()) return {};
    command.add(word.begin);
  }
  return command.take();
}

std::string wrap_command(const std::vector<std::string>& words, std::size_t columns) {
  constexpr std::string_view kGoesOn = " \\\n";
  std::string text;
  std::size_t used = 0;
  for (const std::string& word : words) {
    const bool is_last = &word == &words.back();
    const std::size_t needed = 1 + word.size() + (is_last ? 0 : 2);  // with the backslash
    if (text.empty()) {
      text = word;
      used = word.size();
    } else if (used + needed <= columns) {
      text += " " + word;
      used += 1 + word.size();
    } else {
      text += fmt::format("{}{}{}", kGoesOn, kContinuationIndent, word);
      used = kContinuationIndent.size() + word.size();
    }
  }
  return text;
}

}  // namespace chatspec
