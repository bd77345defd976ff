// A trait that many findings share is likelier what they have in common. So of what is explained,
// each finding takes that of its explanations (explanation.h) whose traits are shared most, and
// each trait that was taken is a group. Of what nothing explains, those that have a sign (signs.h)
// in common are one group.
//
// Then groups that are likely of one mistake become clusters: explained ones of one topic, such as
// two ways to escape wrongly; and each that is not explained joins the explained cluster with which
// it has most signs in common, if there is one.

#include "harness/report/root_groups.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>
#include <numeric>
#include <string_view>
#include <tuple>
#include <utility>

namespace chatspec {
namespace {

std::vector<Seen> list_seen(std::span<const CaseRecord* const> cases) {
  std::vector<Seen> all;
  const auto add = [&](const CaseRecord& played, const FindingRecord& finding, RootKind kind) {
    all.push_back(
        {{&played, &finding}, kind, explain(played, finding), find_signs(played, finding)});
  };
  for (const CaseRecord* played : cases) {
    if (played->verdict == Verdict::kPass || played->verdict == Verdict::kSkipped) continue;
    if (played->is_known()) continue;
    if (played->verdict == Verdict::kError) {
      all.push_back({{played, nullptr},
                     RootKind::kTrouble,
                     {{"trouble/" + without_particulars(played->trouble)}}});
    }
    const bool only_deviates = played->verdict == Verdict::kDeviates;
    if (played->failure) {
      add(*played, *played->failure, only_deviates ? RootKind::kDeviation : RootKind::kFailure);
    }
    for (const FindingRecord& finding : played->deviations)
      add(*played, finding, RootKind::kDeviation);
  }
  for (std::size_t i = 0; i < all.size(); ++i) all[i].place = i;
  return all;
}

using Support = std::map<std::string, std::size_t>;

void count(Support& support, const std::set<std::string>& words) {
  for (const std::string& word : words) ++support[word];
}

Support count_support(const std::vector<Seen>& all) {
  Support support;
  for (const Seen& one : all) {
    Explanation traits;
    for (const Explanation& explanation : one.explanations)
      traits.insert(explanation.begin(), explanation.end());
    count(support, one.explanations.empty() ? one.signs : traits);
  }
  return support;
}

// The explanation that is shared most; of equals the likeliest. That it is about segments is a
// sign, and explains nothing by itself.
void choose(Seen& one, const Support& support) {
  const auto shared = [&](const Explanation& traits) {
    std::size_t sum = 0;
    for (const std::string& trait : traits) sum += support.at(trait);
    return static_cast<double>(sum) / static_cast<double>(traits.size());
  };
  if (one.explanations.empty()) return;
  one.taken = *std::ranges::max_element(one.explanations, {}, shared);
  if (one.taken.contains(std::string(kSegments))) one.taken.clear();
}

void add_to(Group& group, Seen one) {
  group.kind = std::min(group.kind, one.kind);
  // A blemish of every reply shows several times in one case.
  const bool is_again =
      !group.seen.empty() && group.seen.back().showing.played == one.showing.played;
  if (!is_again) group.seen.push_back(std::move(one));
}

Signs signs_of(const Group& group) {
  Signs signs;
  for (const Seen& one : group.seen) signs.insert(one.signs.begin(), one.signs.end());
  return signs;
}

// Of what is explained, its topic: all that different mistakes have in common for sure.
std::string_view topic_of(const Group& group) {
  constexpr std::string_view kMistake = "mistake/";
  if (!group.id.starts_with(kMistake)) return {};
  const std::string_view mistake = std::string_view(group.id).substr(kMistake.size());
  return find_topic(mistake.substr(0, mistake.find(' ')));
}

// Puts together what has a word in common, directly or by way of others; each in its order.
template <typename T>
std::vector<std::vector<T>> join_by(std::vector<T> all,
                                    const std::function<Signs(const T&)>& words_of) {
  std::vector<std::size_t> leads(all.size());  // to one that stands before it, or to itself
  std::iota(leads.begin(), leads.end(), std::size_t{0});
  const auto first_of = [&](std::size_t i) {
    while (leads[i] != i) i = leads[i] = leads[leads[i]];
    return i;
  };
  std::map<std::string, std::size_t> holders;
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (const std::string& word : words_of(all[i])) {
      const std::size_t one = first_of(holders.emplace(word, i).first->second);
      const std::size_t other = first_of(i);
      leads[std::max(one, other)] = std::min(one, other);
    }
  }
  std::map<std::size_t, std::vector<T>> joined;
  for (std::size_t i = 0; i < all.size(); ++i) joined[first_of(i)].push_back(std::move(all[i]));
  std::vector<std::vector<T>> lists;
  for (auto& [first, list] : joined) lists.push_back(std::move(list));
  return lists;
}

std::vector<Group> group_explained(const std::vector<Seen>& all) {
  std::map<std::string, Group> groups;
  for (const Seen& one : all) {
    for (const std::string& trait : one.taken) {
      Group& group = groups[trait];
      group.id = trait;
      group.is_explained = true;
      add_to(group, one);
    }
  }
  std::vector<Group> list;
  for (auto& [trait, group] : groups) list.push_back(std::move(group));
  return list;
}

// The sign that most have; of equals the first by its letters.
std::string most_shared_sign(const std::vector<Seen>& all) {
  Support support;
  for (const Seen& one : all) count(support, one.signs);
  return std::ranges::max_element(support, {}, [](const auto& each) { return each.second; })->first;
}

std::vector<Group> group_unexplained(const std::vector<Seen>& all) {
  std::vector<Seen> unexplained;
  std::ranges::copy_if(all, std::back_inserter(unexplained),
                       [](const Seen& one) { return one.taken.empty(); });
  const auto signs = [](const Seen& one) { return one.signs; };
  std::vector<Group> groups;
  for (std::vector<Seen>& alike : join_by<Seen>(std::move(unexplained), signs)) {
    Group& group = groups.emplace_back();
    group.id = most_shared_sign(alike);
    for (Seen& one : alike) add_to(group, std::move(one));
  }
  return groups;
}

std::vector<Cluster> cluster_by_topic(std::vector<Group> groups) {
  return join_by<Group>(std::move(groups), [](const Group& group) {
    const std::string_view topic = topic_of(group);
    return topic.empty() ? Signs() : Signs{std::string(topic)};
  });
}

std::size_t count_common(const Signs& some, const Signs& others) {
  return static_cast<std::size_t>(
      std::ranges::count_if(some, [&](const std::string& sign) { return others.contains(sign); }));
}

Signs signs_of(const Cluster& cluster) {
  Signs signs;
  for (const Group& group : cluster) {
    signs.merge(signs_of(group));
    signs.emplace(topic_of(group));
  }
  signs.erase("");
  return signs;
}

std::size_t size_of(const Cluster& cluster) {
  std::size_t size = 0;
  for (const Group& group : cluster) size += group.seen.size();
  return size;
}

RootKind kind_of(const Cluster& cluster) {
  return std::ranges::min(cluster, {}, &Group::kind).kind;
}

// Each to the cluster with which it has most in common, of equals the largest. What nothing has
// anything in common with is a cluster of its own; and what only deviates is no sight of a failure.
void join_unexplained(std::vector<Cluster>& clusters, std::vector<Group> groups) {
  std::vector<Signs> signs;
  for (const Cluster& cluster : clusters) signs.push_back(signs_of(cluster));
  for (Group& group : groups) {
    const Signs own = signs_of(group);
    std::pair<std::size_t, std::size_t> most;
    Cluster* nearest = nullptr;
    for (std::size_t i = 0; i < signs.size(); ++i) {
      const std::pair common(count_common(own, signs[i]), size_of(clusters[i]));
      if (common.first == 0 || common <= most || kind_of(clusters[i]) != group.kind) continue;
      most = common;
      nearest = &clusters[i];
    }
    if (!nearest) nearest = &clusters.emplace_back();
    nearest->push_back(std::move(group));
  }
}

void put_telling_first(Cluster& cluster) {
  std::ranges::sort(cluster, {}, [](const Group& group) {
    return std::tuple(group.kind, !group.is_explained,
                      -static_cast<std::ptrdiff_t>(group.seen.size()), std::string_view(group.id));
  });
}

}  // namespace

std::vector<Cluster> find_clusters(std::span<const CaseRecord* const> cases) {
  std::vector<Seen> all = list_seen(cases);
  const Support support = count_support(all);
  for (Seen& one : all) choose(one, support);
  std::vector<Cluster> clusters = cluster_by_topic(group_explained(all));
  join_unexplained(clusters, group_unexplained(all));
  for (Cluster& cluster : clusters) put_telling_first(cluster);
  return clusters;
}

}  // namespace chatspec
