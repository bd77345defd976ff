#include "harness/grade/intake/take_in.h"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include "harness/grade/intake/archive_test_support.h"
#include "reference/tests/test_folder.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;

class TakeInTest : public ::testing::Test {
 protected:
  TakeInTest() {
    fs::create_directory(folder_.at("unpacked"));
    fs::create_directory(folder_.at("in"));
  }

  void write(const std::string& path, const std::string& bytes = "x") const {
    fs::create_directories(fs::path(folder_.at("in/" + path)).parent_path());
    folder_.write("in/" + path, bytes);
  }

  void write_zip(const std::string& path, const std::vector<std::string>& names) const {
    std::vector<ArchiveEntry> entries;
    for (const std::string& name : names) entries.push_back({.path = name, .bytes = "x"});
    fs::create_directories(fs::path(folder_.at("in/" + path)).parent_path());
    write_archive(folder_.at("in/" + path), ArchiveKind::kZip, entries);
  }

  // "ID (STUDENT): NAMES", a line each, those refused as "ID (STUDENT) refused: WHY", and what was
  // passed over.
  std::string taken(std::vector<std::string> sources = {"in"}) const {
    std::vector<fs::path> paths;
    for (const std::string& source : sources) paths.emplace_back(folder_.at(source));
    const Intake intake = take_in(paths, folder_.at("unpacked"), [](const auto& names) {
      return std::ranges::count(names, "server.py") > 0;
    });
    std::string text;
    for (const Submission& one : intake.submissions) {
      text += fmt::format("{} ({}): {}\n", one.id, one.student, fmt::join(one.names, " "));
      EXPECT_TRUE(one.names.empty() || fs::exists(one.folder / one.names.front()));
      EXPECT_EQ(one.hash.size(), 64U);
    }
    for (const RefusedSubmission& one : intake.refused)
      text += fmt::format("{} ({}) refused: {}\n", one.id, one.student, one.why);
    for (const std::string& path : intake.passed_over)
      text += fmt::format("passed over: {}\n", fs::path(path).filename().string());
    return text;
  }

  chat::TestFolder folder_;
};

TEST_F(TakeInTest, HasFoldersAndArchives) {
  write("ann/server.py");
  write("ann/.DS_Store");
  write_zip("bob.zip", {"server.py", "lib/util.py"});
  write("notes.txt");
  EXPECT_EQ(taken(), "ann (ann): server.py\nbob (bob): lib server.py\npassed over: notes.txt\n");
}

TEST_F(TakeInTest, GoesIntoFoldersThatHoldNothingElse) {
  write("ann/exercise/3/server.py");
  write_zip("bob.zip", {"chat/server.py", "__MACOSX/chat/._server.py"});
  write_zip("cem/hand in.zip", {"server.py"});
  EXPECT_EQ(taken(), "ann (ann): server.py\nbob (bob): server.py\ncem (cem): server.py\n");
}

TEST_F(TakeInTest, HasOneSubmissionWhereAProgramLiesAtTheTop) {
  write("ann/server.py");
  write("ann/lib/util.py");
  write("bob/server.py");
  EXPECT_EQ(taken({"in/ann", "in/bob"}), "ann (ann): lib server.py\nbob (bob): server.py\n");
}

TEST_F(TakeInTest, HasADownloadThatIsAnArchive) {
  write_zip("all.zip", {"export/ann/server.py", "export/bob/server.py"});
  EXPECT_EQ(taken({"in/all.zip"}), "ann (ann): server.py\nbob (bob): server.py\n");
}

TEST_F(TakeInTest, GathersWhatPlatformsKeepFlat) {
  write("doejane_1_10_server.py");
  write("doejane_1_11_util.py");
  write("roejo_LATE_2_12_server.py");
  write_zip("poepat_3_13_all.zip", {"server.py", "a.py"});
  write("index.html");
  EXPECT_EQ(taken(),
            "doejane_1 (doejane): server.py util.py\npoepat_3 (poepat): a.py server.py\n"
            "roejo_2 (roejo): server.py\n");
}

TEST_F(TakeInTest, HasStudentsAsMoodleNamesTheirFolders) {
  write("Zoë Doe_7_assignsubmission_file_/server.py");
  write("Jo Roe_8_assignsubmission_file_/chat.zip", "no archive");
  EXPECT_EQ(taken(),
            "Zo---Doe_7-c4a81af4 (Zoë Doe): server.py\nJo-Roe_8-e3933a18 (Jo Roe) refused: the "
            "archive \"chat.zip\": Unrecognized archive format\n");
}

TEST_F(TakeInTest, HasGradescopesNamesOfStudents) {
  write("export/submission_1/server.py");
  write("export/submission_2/server.py");
  write("export/submission_metadata.yml",
        "submission_1:\n  :submitters:\n  - :name: Jane Doe\n    :sid: 12\n");
  EXPECT_EQ(
      taken(),
      "Jane-Doe_12-b7b6f943 (Jane Doe): server.py\nsubmission_2_2 (submission_2): server.py\n");
}

TEST_F(TakeInTest, KnowsWhichPlatformKnowsTheStudents) {
  write("doejane_1_10_server.py");
  write("Zoe_7_assignsubmission_file_/server.py");
  write("submission_2/server.py");
  write("submission_3/server.py");
  write("submission_metadata.yml", "submission_3:\n  :submitters:\n  - :name: Jo\n    :sid: 12\n");
  const Intake intake =
      take_in({folder_.at("in")}, folder_.at("unpacked"), [](const auto&) { return false; });
  std::vector<std::string> known;
  for (const Submission& one : intake.submissions) known.push_back(one.platform + " " + one.key);
  EXPECT_EQ(fmt::format("{}", fmt::join(known, ", ")), "Gradescope 12, Moodle 7, Canvas 1,  2");
}

TEST_F(TakeInTest, IsOfWhoeverTheArchiveIsNamedBy) {
  write_zip("ann.zip", {"exercise/server.py"});
  EXPECT_EQ(taken({"in/ann.zip"}), "ann (ann): server.py\n");
}

TEST_F(TakeInTest, IsOfThemHoweverDeepTheProgramLies) {
  write_zip("bob.zip", {"exercise/src/server.py"});
  write_zip("eva.zip", {"exercise/README.md", "exercise/src/server.py"});
  EXPECT_EQ(taken({"in/bob.zip", "in/eva.zip"}), "bob (bob): server.py\neva (eva): server.py\n");
}

TEST_F(TakeInTest, IsOfWhoeverAPlatformNamesInAnArchive) {
  write_zip("all.zip", {"export/Ann Doe_12_assignsubmission_file/server.py"});
  EXPECT_EQ(taken({"in/all.zip"}), "Ann-Doe_12-98070789 (Ann Doe): server.py\n");
}

TEST_F(TakeInTest, LeavesFoldersOfSeveralApart) {
  write_zip("all.zip", {"ann/server.py", "bob/main.py", "README.md"});
  EXPECT_EQ(taken({"in/all.zip"}),
            "ann (ann): server.py\nbob (bob): main.py\npassed over: README.md\n");
}

TEST_F(TakeInTest, RefusesOneAndGoesOn) {
  write("ann/server.py");
  write_zip("eve.zip", {"../../server.py"});
  fs::create_directory(folder_.at("in/empty"));
  EXPECT_EQ(taken({"in", "nosuch"}),
            "ann (ann): server.py\n"
            "empty (empty) refused: there is no file in it\n"
            "eve (eve) refused: the archive \"eve.zip\": the path \"../../server.py\" leads out of "
            "the archive\n"
            "nosuch (nosuch) refused: it is neither a folder nor an archive (zip, 7z, tar)\n");
}

TEST_F(TakeInTest, TellsNamesApartThatBecomeTheSame) {
  write("a b/server.py");
  write("a?b/server.py");
  write_zip("ann.zip", {"server.py"});
  write("ann/server.py");
  const std::string text = taken();
  EXPECT_EQ(std::ranges::count(text, '\n'), 4) << text;
  EXPECT_TRUE(text.contains("ann (ann)") && text.contains("ann-2 (ann)")) << text;
}

TEST_F(TakeInTest, HasNoControlCharacters) {
  write("x\x1b[2Jy/server.py");
  EXPECT_TRUE(taken().contains("(x?[2Jy)")) << taken();
}

}  // namespace
}  // namespace chatspec
