#include "reference/profile_settings.h"

#include <algorithm>
#include <sstream>

#include <gtest/gtest.h>

#include "reference/protocol_text.h"

namespace chat {
namespace {

// A row of PROTOCOL.md's table of settings; of each cell what stands in it as code.
struct SettingRow {
  std::vector<std::string> names, values, defaults;
};

std::vector<std::string> code_in(std::string_view cell) {
  std::vector<std::string> found;
  for (std::size_t at = cell.find('`'); at != cell.npos; at = cell.find('`')) {
    cell.remove_prefix(at + 1);
    found.emplace_back(cell.substr(0, cell.find('`')));
    cell.remove_prefix(std::min(found.back().size() + 1, cell.size()));
  }
  return found;
}

std::vector<SettingRow> rows_of_document() {
  std::istringstream document{std::string(protocol_text())};
  std::vector<SettingRow> rows;
  bool within = false;
  for (std::string line; std::getline(document, line);) {
    if (line.starts_with("| setting |")) within = true;
    if (!within || line.starts_with("| setting |") || line.starts_with("|---")) continue;
    if (!line.starts_with('|')) break;
    std::vector<std::string> cells;
    std::istringstream row{line.substr(1)};
    for (std::string cell; std::getline(row, cell, '|');) cells.push_back(cell);
    cells.resize(3);
    rows.push_back({code_in(cells[0]), code_in(cells[1]), code_in(cells[2])});
    if (cells[2].contains(" nothing ")) rows.back().defaults.emplace_back();
  }
  return rows;
}

const ProfileSetting* find_setting(std::string_view name) {
  const auto found = std::ranges::find(profile_settings(), name, &ProfileSetting::name);
  return found == profile_settings().end() ? nullptr : &*found;
}

// "lf, crlf or none"
std::string list_of(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words)
    out += (out.empty() ? "" : &word == &words.back() ? " or " : ", ") + word;
  return out;
}

TEST(ProfileSettingsTest, TheDocumentHasTheSameSettings) {
  std::vector<std::string> documented;
  for (const SettingRow& row : rows_of_document())
    documented.insert(documented.end(), row.names.begin(), row.names.end());
  std::vector<std::string> known;
  for (const ProfileSetting& setting : profile_settings()) known.emplace_back(setting.name);
  std::ranges::sort(documented);
  std::ranges::sort(known);
  EXPECT_EQ(documented, known);
}

TEST(ProfileSettingsTest, TheDefaultsOfTheDocumentAreThoseOfLine) {
  const Profile& line = *find_profile("line");
  for (const SettingRow& row : rows_of_document()) {
    if (row.defaults.empty()) continue;
    ASSERT_EQ(row.defaults.size(), row.names.size()) << row.names.front();
    for (std::size_t i = 0; i < row.names.size(); ++i) {
      // From a profile in which it is something else.
      Profile profile = *find_profile("bare");
      ASSERT_EQ(find_setting(row.names[i])->apply(profile, row.defaults[i]), std::nullopt);
      Profile same = line;
      ASSERT_EQ(find_setting(row.names[i])->apply(same, row.defaults[i]), std::nullopt);
      EXPECT_EQ(same, line) << row.names[i];
    }
  }
}

// They may be any name or character, too.
bool takes_more_than_words(std::string_view name) {
  return name == "name" || name == "escape" || name == "error-reply";
}

TEST(ProfileSettingsTest, TheDocumentHasTheSameWordsAsValues) {
  for (const SettingRow& row : rows_of_document()) {
    for (const std::string& name : row.names) {
      const ProfileSetting& setting = *find_setting(name);
      Profile profile = builtin_profiles().front();
      if (setting.takes_text || takes_more_than_words(name)) continue;
      const std::string refusal = setting.apply(profile, "no such word").value_or("");
      EXPECT_TRUE(refusal.starts_with("expected " + list_of(row.values) + ", found"))
          << name << ": " << refusal;
    }
  }
}

TEST(ProfileSettingsTest, TheBaseComesFirst) {
  EXPECT_EQ(profile_settings().front().name, "base");
}

TEST(ProfileSettings, MakeTheProfileAgainThatHasThem) {
  std::vector<Profile> profiles(builtin_profiles().begin(), builtin_profiles().end());
  for (const std::string_view text :
       {"base line\nname own\nescape dot-stuffing\n",
        "base line\nname own\nescape %\nescaped \"%.\"\n",
        "base line\nname own\nhash sha-1\nkey-position hmac\nsignature-coding base64\n",
        "base crlf\nname own\nsignature-position behind-reply\nerror-reply \"500 no\"\n"}) {
    auto profile = parse_profile(text, "f");
    ASSERT_TRUE(profile) << profile.error().front().to_string();
    profiles.push_back(*profile);
  }
  for (const Profile& profile : profiles) {
    const auto again = make_profile(profile.name, list_settings(profile));
    ASSERT_TRUE(again) << again.error();
    EXPECT_EQ(*again, profile);
  }
}

TEST(ProfileSettings, OfALogThatIsWrongAreRefused) {
  auto settings = list_settings(*find_profile("line"));
  settings["line-end"] = "lfcr";
  EXPECT_FALSE(make_profile("own", settings));
  settings["line-end"] = "none";
  settings["colour"] = "red";
  EXPECT_FALSE(make_profile("own", settings));
  EXPECT_FALSE(make_profile("own", {})) << "no command has a word";
}

}  // namespace
}  // namespace chat
