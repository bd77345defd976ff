#include "harness/cli/options/shard_choice.h"

#include <array>
#include <charconv>
#include <cstdint>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "reference/text/quote.h"

namespace chatspec {
namespace {

constexpr std::size_t kMostShards = 1'000'000;

// How a tool tells each of the processes that it starts which one it is.
struct ShardVariables {
  std::string_view name;   // for people
  std::string_view index;  // the variable that has the number of this one
  std::string_view count;  // that which has how many there are; "" where nothing says so
  std::string_view first;  // that which has the least number; "" where it is `first_number`
  std::size_t first_number;
  std::string_view status_file;  // that which names a file to be made; "" where none does
};

// What is started within another comes first: a test by Bazel in a job of GitLab.
constexpr std::array kShardVariables{
    ShardVariables{"Bazel", "TEST_SHARD_INDEX", "TEST_TOTAL_SHARDS", "", 0,
                   "TEST_SHARD_STATUS_FILE"},
    ShardVariables{"GoogleTest", "GTEST_SHARD_INDEX", "GTEST_TOTAL_SHARDS", "", 0,
                   "GTEST_SHARD_STATUS_FILE"},
    ShardVariables{"GNU parallel", "PARALLEL_SEQ", "", "", 1, ""},
    ShardVariables{"Slurm's job arrays", "SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_COUNT",
                   "SLURM_ARRAY_TASK_MIN", 0, ""},
    ShardVariables{"Slurm", "SLURM_PROCID", "SLURM_NTASKS", "", 0, ""},
    ShardVariables{"GitLab", "CI_NODE_INDEX", "CI_NODE_TOTAL", "", 1, ""},
    ShardVariables{"CircleCI", "CIRCLE_NODE_INDEX", "CIRCLE_NODE_TOTAL", "", 0, ""},
    ShardVariables{"Buildkite", "BUILDKITE_PARALLEL_JOB", "BUILDKITE_PARALLEL_JOB_COUNT", "", 0,
                   ""},
};

std::optional<std::size_t> parse_number(std::string_view text) {
  std::size_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_whole = read.ec == std::errc() && read.ptr == text.data() + text.size();
  return is_whole && number <= kMostShards ? std::optional(number) : std::nullopt;
}

std::expected<Shard, std::string> make_shard(std::size_t number, std::size_t count) {
  if (count == 0 || number == 0 || number > count)
    return std::unexpected(fmt::format("there is no shard {} of {}", number, count));
  return Shard{number, count};
}

// A number that a variable must have.
std::expected<std::size_t, std::string> read_number(const Environment& environment,
                                                    std::string_view variable) {
  const auto value = environment(std::string(variable));
  if (!value) return std::unexpected(fmt::format("{} is not set", variable));
  const auto number = parse_number(*value);
  if (!number) return std::unexpected(fmt::format("{} is {}", variable, chat::quote(*value)));
  return *number;
}

// `wanted_count` where the user has given it.
std::expected<ShardChoice, std::string> ask(const ShardVariables& tool,
                                            std::optional<std::size_t> wanted_count,
                                            const Environment& environment) {
  if (tool.count.empty() && !wanted_count) {
    return std::unexpected(
        fmt::format("{} says which job this is ({}), but not of how many: --shard auto/N says that",
                    tool.name, tool.index));
  }
  const auto number = read_number(environment, tool.index);
  const auto count = wanted_count ? std::expected<std::size_t, std::string>(*wanted_count)
                                  : read_number(environment, tool.count);
  const auto first = tool.first.empty() ? std::expected<std::size_t, std::string>(tool.first_number)
                                        : read_number(environment, tool.first);
  for (const auto* one : {&number, &count, &first}) {
    if (!*one) {
      return std::unexpected(
          fmt::format("of {}, which has set {}, {}", tool.name, tool.index, one->error()));
    }
  }
  // Below the first, the number has wrapped round, and is no shard's.
  const auto shard = make_shard(*number - *first + 1, *count);
  if (!shard) {
    return std::unexpected(fmt::format("{} is {}, counted from {}, and there are {} in all",
                                       tool.index, *number, *first, *count));
  }
  ShardChoice choice{.shard = *shard};
  if (!tool.status_file.empty())
    choice.status_file = environment(std::string(tool.status_file)).value_or("");
  return choice;
}

std::expected<ShardChoice, std::string> choose_by_variables(std::optional<std::size_t> count,
                                                            const Environment& environment) {
  std::vector<std::string_view> known;
  for (const ShardVariables& tool : kShardVariables) {
    if (environment(std::string(tool.index))) return ask(tool, count, environment);
    known.push_back(tool.index);
  }
  return std::unexpected(
      fmt::format("no variable says which shard this is; known are {}", fmt::join(known, ", ")));
}

}  // namespace

std::expected<ShardChoice, std::string> choose_shard(const std::string& word,
                                                     const Environment& environment) {
  const std::size_t slash = word.find('/');
  const std::string_view number = std::string_view(word).substr(0, slash);
  const auto count =
      slash == word.npos ? std::nullopt : parse_number(std::string_view(word).substr(slash + 1));
  const bool has_good_count = slash == word.npos || count.value_or(0) > 0;
  if (number == "auto" && has_good_count) return choose_by_variables(count, environment);
  const auto given = parse_number(number);
  if (!given || !count) {
    return std::unexpected(fmt::format(
        "{} is neither NUMBER/COUNT, such as 2/4, nor auto, nor auto/COUNT", chat::quote(word)));
  }
  const auto shard = make_shard(*given, *count);
  if (!shard) return std::unexpected(shard.error() + "; the first is 1");
  return ShardChoice{.shard = *shard};
}

}  // namespace chatspec
