#include "harness/explore/growth_report.h"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "reference/text/counted_things.h"

namespace chatspec {
namespace {

using GrowthJson = nlohmann::ordered_json;

double seconds_in(std::chrono::nanoseconds time) {
  return std::chrono::duration<double>(time).count();
}

// "1,048,576".
std::string tell_size(std::size_t size) {
  std::string digits = std::to_string(size);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits;
}

// The growth at the last doubling at which there is one.
std::optional<double> last_growth(const Grown& grown) {
  for (std::size_t i = grown.points.size(); i > 0; --i) {
    if (const auto growth = growth_at(grown.points, i - 1)) return growth;
  }
  return std::nullopt;
}

std::string_view name_verdict(const Grown& grown) {
  if (grown.is_faster) return "faster";
  if (grown.points.empty()) return "not-measured";
  return last_growth(grown) ? "with-input" : "too-little";
}

std::string render_row(std::string_view things, std::string_view size, std::string_view work,
                       std::string_view growth) {
  const std::string row = fmt::format("  {:<24}  {:>10}  {:>9}  {}", things, size, work, growth);
  return row.substr(0, row.find_last_not_of(' ') + 1) + "\n";
}

std::string tell_work(const GrowthPoint& point) {
  return fmt::format("{:.3f} s", seconds_in(point.work));
}

std::string tell_growth(const std::optional<double>& growth) {
  return growth ? fmt::format("{:.1f} times", *growth) : "";
}

std::string render_curve(const Grown& grown) {
  std::string text =
      fmt::format("\nIts work grows faster than its input: {}.\n", grown.input.things);
  const std::size_t shown = std::min<std::size_t>(grown.points.size(), 4);
  for (std::size_t i = grown.points.size() - shown; i < grown.points.size(); ++i)
    text += render_row("", tell_size(grown.points[i].size), tell_work(grown.points[i]),
                       tell_growth(growth_at(grown.points, i)));
  return text;
}

std::string sum_up(std::span<const Grown> all) {
  const auto faster = std::ranges::count_if(all, &Grown::is_faster);
  const auto measured =
      std::ranges::count_if(all, [](const Grown& one) { return !one.points.empty(); });
  if (measured == 0) return "Nothing could be measured.";
  if (faster == 0) return "Nothing was seen to make its work grow faster than its input.";
  return fmt::format(
      "With {} of {}, twice as much is far more than twice the work: whoever sends much keeps it "
      "busy.\n"
      "Is something gone over again for each piece that comes: text put together bit by bit, taken "
      "from the\n"
      "front of a buffer, or looked through from its beginning?",
      faster, chat::count_things(all.size(), "input"));
}

}  // namespace

std::string render_growth_heading() {
  return render_row("", "up to", "processor", "twice as much adds");
}

std::string render_grown(const Grown& grown) {
  if (grown.points.empty()) return render_row(grown.input.things, "-", "-", "not measured");
  const GrowthPoint& last = grown.points.back();
  const auto growth = last_growth(grown);
  return render_row(grown.input.things, tell_size(last.size), tell_work(last),
                    growth ? tell_growth(growth) : "too little to tell");
}

std::string render_growth(std::span<const Grown> all) {
  std::string text;
  for (const Grown& one : all) {
    if (one.is_faster) text += render_curve(one);
  }
  text += "\n";
  for (const Grown& one : all) {
    if (!one.stop) continue;
    const std::size_t size =
        one.points.empty() ? one.input.least : std::min(one.points.back().size * 2, one.input.most);
    text += fmt::format("{} {}: {}.\n", tell_size(size), one.input.things, one.stop->message);
  }
  return text + sum_up(all) + "\n";
}

std::string render_growth_json(std::span<const Grown> all, const ExplorationTitle& title) {
  GrowthJson inputs = GrowthJson::array();
  for (const Grown& one : all) {
    GrowthJson points = GrowthJson::array();
    for (std::size_t i = 0; i < one.points.size(); ++i) {
      const auto growth = growth_at(one.points, i);
      points.push_back(
          {{"size", one.points[i].size},
           {"processor_us",
            std::chrono::duration_cast<std::chrono::microseconds>(one.points[i].work).count()},
           {"growth", growth ? GrowthJson(*growth) : GrowthJson(nullptr)}});
    }
    inputs.push_back({{"name", one.input.name},
                      {"counted", one.input.things},
                      {"verdict", name_verdict(one)},
                      {"points", std::move(points)},
                      {"ended", one.stop ? GrowthJson(one.stop->message) : GrowthJson(nullptr)}});
  }
  const GrowthJson whole{{"program", title.name},        {"profile", title.profile},
                         {"isolation", title.isolation}, {"seed", title.seed},
                         {"summary", sum_up(all)},       {"inputs", std::move(inputs)}};
  return whole.dump(1, ' ', false, GrowthJson::error_handler_t::replace) + "\n";
}

}  // namespace chatspec
