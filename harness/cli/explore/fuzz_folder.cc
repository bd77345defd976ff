#include "harness/cli/explore/fuzz_folder.h"

#include <algorithm>

#include <fmt/format.h>

#include "harness/cli/console/whole_file.h"
#include "harness/explore/fuzz/mutator.h"
#include "harness/explore/protocol/client_seeds.h"
#include "harness/explore/protocol/fuzz_seeds.h"
#include "harness/scenario/parser.h"
#include "harness/scenario/source.h"
#include "reference/signature.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kCorpusFolder = "corpus";
constexpr std::string_view kSaidExtension = ".said";
constexpr std::size_t kMostSeeds = 20'000;
// Escaped, a byte has four.
constexpr std::size_t kMostSaidFileBytes = 8 * kMostSaidBytes;

// The regular files of a folder by their names, so that runs are the same; none where it is not
// there.
std::expected<std::vector<fs::path>, std::string> list_folder(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code failure;
  for (fs::directory_iterator at(folder, failure), end; !failure && at != end;
       at.increment(failure)) {
    if (at->is_regular_file(failure)) files.push_back(at->path());
  }
  if (failure)
    return std::unexpected(
        fmt::format("{}: cannot read this folder: {}", folder.string(), failure.message()));
  std::ranges::sort(files);
  return files;
}

std::expected<std::vector<SaidConversation>, std::string> read_seed(const fs::path& path,
                                                                    const Spoken& spoken) {
  const bool is_said = path.extension() == kSaidExtension;
  std::error_code failure;
  if (fs::file_size(path, failure) > kMostSaidFileBytes && !failure)
    return std::vector<SaidConversation>();
  const auto bytes = read_whole_file(path.string(), kMostSaidFileBytes);
  if (!bytes) return std::unexpected(bytes.error());
  const bool is_server = spoken.role == chat::Role::kServer;
  if (!is_said && !is_server) return make_message_seeds(spoken.profile, std::span(&*bytes, 1));
  if (!is_said) return make_byte_seeds(spoken.profile, *bytes, kFuzzKeys);
  auto said = read_said(*bytes);
  if (!said) return std::unexpected(fmt::format("{}: {}", path.string(), said.error()));
  if (is_server == said->messages.empty()) {
    said->keys = is_server ? std::clamp<std::size_t>(said->keys, 1, kFuzzKeys) : 0;
    return std::vector{*std::move(said)};
  }
  return std::unexpected(fmt::format("{}: this is said to a {}, and it is a {} that is fuzzed",
                                     path.string(), is_server ? "client" : "server",
                                     chat::to_string(spoken.role)));
}

}  // namespace

std::expected<std::set<std::string>, std::string> read_causes(const fs::path& path) {
  std::vector<fs::path> files{path};
  std::error_code failure;
  const bool is_folder = fs::is_directory(path, failure);
  if (is_folder) {
    auto listed = list_folder(path);
    if (!listed) return std::unexpected(listed.error());
    files = *std::move(listed);
    std::erase_if(files,
                  [](const fs::path& file) { return file.extension() != kScenarioExtension; });
  }
  std::set<std::string> causes;
  for (const fs::path& file : files) {
    const auto source = read_whole_file(file.string(), kMaxSourceBytes);
    if (!source) return std::unexpected(source.error());
    auto cause = find_cause_comment(*source);
    if (cause) {
      causes.insert(*std::move(cause));
    } else if (!is_folder) {
      return std::unexpected(fmt::format(
          "{}: no finding of chatspec fuzz: it has no comment that begins with \"# Cause: \"",
          file.string()));
    }
  }
  return causes;
}

std::expected<std::vector<SaidConversation>, std::string> read_corpus(const fs::path& folder,
                                                                      const Spoken& spoken) {
  const auto files = list_folder(folder);
  if (!files) return std::unexpected(files.error());
  std::vector<SaidConversation> corpus;
  for (const fs::path& file : *files) {
    if (corpus.size() >= kMostSeeds) break;
    auto seeds = read_seed(file, spoken);
    if (!seeds) return std::unexpected(seeds.error());
    corpus.insert(corpus.end(), seeds->begin(), seeds->end());
  }
  return corpus;
}

std::expected<void, FolderTrouble> FuzzFolder::make(const fs::path& path) {
  if (auto made = make_folder(path); !made) return made;
  return make_folder(path / kCorpusFolder);
}

std::expected<FuzzFolder, std::string> FuzzFolder::open(const fs::path& path,
                                                        const Spoken& spoken) {
  FuzzFolder folder(path);
  auto known = read_causes(path);
  if (!known) return std::unexpected(known.error());
  folder.known_ = *std::move(known);
  const auto files = list_folder(path);
  if (!files) return std::unexpected(files.error());
  folder.count_ = files->size();
  auto corpus = read_corpus(path / kCorpusFolder, spoken);
  if (!corpus) return std::unexpected(corpus.error());
  folder.corpus_ = *std::move(corpus);
  return folder;
}

std::expected<std::string, std::string> FuzzFolder::add(const chat::Profile& profile,
                                                        const FuzzFinding& finding) {
  std::error_code failure;
  fs::path path;
  do {
    path = path_ / fmt::format("{:02}-{}{}", ++count_, name_finding(finding), kScenarioExtension);
  } while (fs::exists(path, failure));
  if (const auto written = write_whole_file(path.string(), write_finding(profile, finding));
      !written)
    return std::unexpected(written.error());
  return path.string();
}

std::expected<void, std::string> FuzzFolder::add(const SaidConversation& conversation) const {
  const std::string text = write_said(conversation);
  const std::string name = chat::sha256_hex(text).substr(0, 16) + std::string(kSaidExtension);
  return write_whole_file((path_ / kCorpusFolder / name).string(), text);
}

}  // namespace chatspec
