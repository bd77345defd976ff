#include "harness/grade/alike/alike_report.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/report/formats/csv_field.h"
#include "harness/report/formats/plain_text.h"
#include "harness/report/text/paragraph.h"
#include "reference/text/counted_things.h"

namespace chatspec {
namespace {

// Of a pair, what counts less is left to the table.
constexpr std::size_t kMostShared = 10;
// Bits that say nothing to a person.
constexpr double kFewBits = 0.05;

constexpr std::string_view kWarning =
    "This is a hint where to look, and no proof of anything. Mistakes are common: those who sat in "
    "the same lecture, read the same page or asked the same program make the same ones without "
    "knowing of each other. Look at both sources before you say a word.";

std::string indent_lines(std::string_view text, std::size_t indent, std::size_t further) {
  std::string lines;
  for (const std::string& line : wrap(text, kColumns - further)) {
    lines += fmt::format("{:{}}{}\n", "", lines.empty() ? indent : further, line);
  }
  return lines;
}

std::string tell_trait(const SharedTrait& shared) {
  return fmt::format("{}: {}: {}", chat::to_string(shared.trait.role),
                     chat::row_of(kTraitKinds, shared.trait.kind).word,
                     as_plain_line(shared.words));
}

std::string tell_shared(const SharedTrait& shared, std::size_t submissions) {
  return indent_lines(fmt::format("{:4.1f}  {} of {}  {}", shared.bits, shared.shown_by,
                                  submissions, tell_trait(shared)),
                      4, 10);
}

std::string tell_only(std::string_view who, const std::vector<std::string>& mistakes) {
  std::string text;
  for (const std::string& mistake : mistakes)
    text +=
        indent_lines(fmt::format("only {}: {}", as_plain_line(who), as_plain_line(mistake)), 4, 10);
  return text;
}

std::string tell_pair(const AlikeSearch& search, std::span<const Fingerprint> all,
                      const AlikePair& pair) {
  const std::string& one = all[pair.one].id;
  const std::string& other = all[pair.other].id;
  const AlikeEvidence evidence = search.explain(pair);
  std::string text =
      fmt::format("{} and {}: {:.1f} bits\n", as_plain_line(one), as_plain_line(other), pair.bits);
  std::size_t told = 0;
  for (const SharedTrait& shared : evidence.shared) {
    if (told == kMostShared || shared.bits < kFewBits) break;
    text += tell_shared(shared, all.size());
    ++told;
  }
  if (told < evidence.shared.size())
    text += fmt::format("    and {} that {} less\n",
                        chat::count_things(evidence.shared.size() - told, "trait"),
                        evidence.shared.size() - told == 1 ? "counts" : "count");
  return text + tell_only(one, evidence.only_one) + tell_only(other, evidence.only_other);
}

}  // namespace

std::string alike_as_text(const AlikeSearch& search, std::span<const Fingerprint> all,
                          std::span<const AlikePair> pairs) {
  const std::string among = chat::count_things(all.size(), "submission");
  if (pairs.empty()) return fmt::format("no two of {} behave alike beyond chance\n", among);
  std::string text = indent_lines(kWarning, 0, 0) + "\n";
  text += indent_lines(
      fmt::format(
          "A trait counts the more bits the fewer of the {} show it. With {:.1f} bits, "
          "at most one class in twenty would have such a pair by chance, if nothing that programs "
          "do hung together; some of it does.",
          among, search.bits_beyond_chance()),
      0, 0);
  for (const AlikePair& pair : pairs) text += "\n" + tell_pair(search, all, pair);
  return text;
}

std::string alike_as_csv(const AlikeSearch& search, std::span<const Fingerprint> all,
                         std::span<const AlikePair> pairs) {
  std::string table =
      write_csv_line({"one", "other", "bits", "both", "only one", "only the other"});
  for (const AlikePair& pair : pairs) {
    const AlikeEvidence evidence = search.explain(pair);
    std::vector<std::string> shared;
    for (const SharedTrait& trait : evidence.shared) {
      if (trait.bits >= kFewBits)
        shared.push_back(fmt::format("{:.1f} {}", trait.bits, tell_trait(trait)));
    }
    table += write_csv_line({all[pair.one].id, all[pair.other].id, fmt::format("{:.1f}", pair.bits),
                             fmt::format("{}", fmt::join(shared, " | ")),
                             fmt::format("{}", fmt::join(evidence.only_one, " | ")),
                             fmt::format("{}", fmt::join(evidence.only_other, " | "))});
  }
  return table;
}

}  // namespace chatspec
