#include "harness/grade/run_words.h"

#include <charconv>

#include <fmt/format.h>

#include "reference/signature.h"

namespace chatspec {

std::vector<std::string> make_run_words(const Assignment& assignment,
                                        const std::vector<std::string>& paths,
                                        const PlayOrder& order) {
  std::vector<std::string> words{
      "run",
      "--quiet",
      "--jobs=1",
      "--name=" + order.id,
      fmt::format("--seed={}", order.seed),
      "--profile=" + assignment.profile,
      "--isolation=" + assignment.isolation,
      fmt::format("--deadline={}", assignment.deadline.count()),
      fmt::format("--time-limit={}", assignment.time_limit.count()),
      "--folder=" + order.folder.string(),
      "--log=" + order.log.string(),
  };
  if (assignment.retries > 0) words.push_back(fmt::format("--retries={}", assignment.retries));
  if (assignment.memory_mib != 0)
    words.push_back(fmt::format("--memory={}M", assignment.memory_mib));
  if (!order.recipe->build.empty()) {
    words.push_back("--build=" + order.recipe->build);
    words.push_back(fmt::format("--build-deadline={}", assignment.build_deadline.count()));
  }
  if (order.only.empty()) {
    for (const std::string& tag : assignment.tags) words.push_back("--tag=" + tag);
    for (const std::string& name : assignment.exclude) words.push_back("--exclude=" + name);
    words.insert(words.end(), assignment.scenarios.begin(), assignment.scenarios.end());
  } else {
    words.insert(words.end(), paths.begin(), paths.end());
    words.insert(words.end(), order.only.begin(), order.only.end());
  }
  words.push_back(fmt::format("--{}", chat::to_string(order.role)));
  words.push_back(order.recipe->start(order.role));
  return words;
}

std::uint64_t seed_of(std::uint64_t seed, std::string_view id, Role role) {
  constexpr std::size_t kDigits = 16;
  const std::string digits =
      chat::sha256_hex(fmt::format("{} {} {}", seed, chat::to_string(role), id)).substr(0, kDigits);
  std::uint64_t own = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), own, 16);
  return own;
}

}  // namespace chatspec
