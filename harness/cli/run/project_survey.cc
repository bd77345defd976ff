#include "harness/cli/run/project_survey.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <set>
#include <system_error>

#include <fmt/format.h>

#include "harness/cli/console/whole_file.h"
#include "reference/role.h"
#include "reference/text/lines.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kServerArguments = "{port} {keys}";
constexpr std::string_view kClientArguments = "{host} {port} {messages} {signatures}";
constexpr std::size_t kMostMakefileBytes = std::size_t{1} << 20;
constexpr std::size_t kMostFiles = 10'000;  // that are looked at

// Languages whose programs are started by their source.
struct SourceLanguage {
  std::string_view extension;
  std::string_view command;
  std::string_view name;
};
constexpr std::array kSourceLanguages{
    SourceLanguage{".py", "python3", "Python"},   SourceLanguage{".js", "node", "JavaScript"},
    SourceLanguage{".mjs", "node", "JavaScript"}, SourceLanguage{".rb", "ruby", "Ruby"},
    SourceLanguage{".pl", "perl", "Perl"},        SourceLanguage{".php", "php", "PHP"},
    SourceLanguage{".java", "java", "Java"},      SourceLanguage{".lua", "lua", "Lua"},
    SourceLanguage{".sh", "sh", "the shell"},
};

// Files that say how a project is built.
struct BuildTool {
  std::string_view file;
  std::string_view command;
  std::string_view language;  // that is likely
};
constexpr std::array kBuildTools{
    BuildTool{"Makefile", "make", "C"},
    BuildTool{"makefile", "make", "C"},
    BuildTool{"GNUmakefile", "make", "C"},
    BuildTool{"CMakeLists.txt", "cmake -B build && cmake --build build", "C"},
    BuildTool{"Cargo.toml", "cargo build --release --offline", "Rust"},
    BuildTool{"go.mod", "go build -o . ./...", "Go"},
};

// Whether a shell, and a line of settings, take the name as it is.
bool is_plain_name(std::string_view name) {
  return !name.starts_with('-') && std::ranges::all_of(name, [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '.' || c == '_' || c == '-';
  });
}

std::string as_lower_case(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

// How little a name says beyond the role that it holds: "server" is a better guess than
// "test_server_keys". Nothing where it does not hold it.
std::optional<std::size_t> distance_from(std::string_view role, const fs::path& file) {
  const std::string stem = as_lower_case(file.stem().string());
  if (!stem.contains(role) || stem.contains("test")) return std::nullopt;
  return stem.size() - role.size();
}

// The names of the files of a folder, sorted; of a huge one, some.
std::vector<std::string> list_plain_files(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code failure;
  for (fs::directory_iterator entry(folder, failure), end; !failure && entry != end;
       entry.increment(failure)) {
    std::error_code gone;
    const std::string name = entry->path().filename().string();
    if (entry->is_regular_file(gone) && is_plain_name(name)) names.push_back(name);
    if (names.size() >= kMostFiles) break;
  }
  std::ranges::sort(names);
  return names;
}

// Looks for the parts of a survey, each in the words of what it has seen.
class Surveyor {
 public:
  explicit Surveyor(const fs::path& folder) : folder_(folder), files_(list_plain_files(folder)) {}

  ProjectSurvey look() {
    const BuildTool* tool = find_build_tool();
    find_program(chat::Role::kServer, kServerArguments, tool, survey_.server);
    find_program(chat::Role::kClient, kClientArguments, tool, survey_.client);
    return std::move(survey_);
  }

 private:
  const BuildTool* find_build_tool() const {
    const auto tool =
        std::ranges::find_if(kBuildTools, [&](const BuildTool& one) { return has_file(one.file); });
    return tool == kBuildTools.end() ? nullptr : &*tool;
  }

  bool has_file(std::string_view name) const {
    return std::ranges::find(files_, name) != files_.end();
  }

  void find_program(chat::Role role, std::string_view arguments, const BuildTool* tool,
                    std::string& command) {
    const std::string_view word = chat::to_string(role);
    if (const auto target = tool ? find_target(*tool, word) : std::nullopt) {
      command = fmt::format("./{} {}", *target, arguments);
      survey_.build = std::string(tool->command);
      survey_.needs_folder = true;
      note_language(tool->language, tool->file);
      survey_.reasons.push_back(fmt::format("{} makes {}", tool->file, *target));
      return;
    }
    const auto [source, language] = find_source(word);
    if (!language) return;
    command = fmt::format("{} {} {}", language->command, source, arguments);
    note_language(language->name, source);
    survey_.needs_folder = survey_.needs_folder || has_others(source, *language);
    survey_.reasons.push_back(
        fmt::format("{} looks like a {} in {}", source, word, language->name));
  }

  void note_language(std::string_view language, std::string_view file) {
    if (!survey_.language.empty()) return;
    survey_.language = language.substr(language.rfind(' ') + 1);  // "shell", of "the shell"
    survey_.known_by = file;
  }

  // What a Makefile makes whose name holds the role; of the other tools nobody knows without
  // running them.
  std::optional<std::string> find_target(const BuildTool& tool, std::string_view role) const {
    if (tool.command != "make") return std::nullopt;
    const auto text = read_whole_file((folder_ / tool.file).string(), kMostMakefileBytes);
    if (!text) return std::nullopt;
    std::optional<std::string> best;
    for (std::string_view rest = *text; !rest.empty();) {
      const std::string_view line = chat::take_line(rest);
      const std::size_t colon = line.find(':');
      if (colon == line.npos || line.substr(colon).starts_with(":=")) continue;
      std::string_view targets = line.substr(0, colon);
      for (std::string_view name = chat::take_word(targets); !name.empty();
           name = chat::take_word(targets)) {
        const bool is_program = is_plain_name(name) && !fs::path(name).has_extension();
        const auto distance = is_program ? distance_from(role, name) : std::nullopt;
        if (distance && (!best || *distance < *distance_from(role, *best))) best = name;
      }
    }
    return best;
  }

  std::pair<std::string, const SourceLanguage*> find_source(std::string_view role) const {
    std::pair<std::string, const SourceLanguage*> best{};
    for (const std::string& name : files_) {
      const auto language = std::ranges::find(kSourceLanguages, fs::path(name).extension().string(),
                                              &SourceLanguage::extension);
      const auto distance = distance_from(role, name);
      if (language == kSourceLanguages.end() || !distance) continue;
      if (!best.second || *distance < *distance_from(role, best.first)) best = {name, &*language};
    }
    return best;
  }

  // Whether there are sources that may be parts of the program.
  bool has_others(std::string_view source, const SourceLanguage& language) const {
    return std::ranges::any_of(files_, [&](const std::string& name) {
      const std::string stem = as_lower_case(fs::path(name).stem().string());
      return name != source && name.ends_with(language.extension) && !stem.contains("server") &&
             !stem.contains("client") && !stem.contains("test");
    });
  }

  fs::path folder_;
  std::vector<std::string> files_;
  ProjectSurvey survey_;
};

// A setting with what was found, or as a comment with an example.
std::string write_setting(std::string_view name, std::string_view found, std::string_view example) {
  return found.empty() ? fmt::format("# {:<10} {}\n", name, example)
                       : fmt::format("{:<12} {}\n", name, found);
}

}  // namespace

ProjectSurvey survey_project(const fs::path& folder) {
  return Surveyor(folder).look();
}

std::string write_configuration(const ProjectSurvey& survey) {
  std::string text =
      "# What `chatspec run` does in this folder, where its command line says nothing else. A "
      "line\n"
      "# is a setting, which is called as the option is, and its value.\n\n"
      "# How the programs are started: {port}, {keys} and the others are replaced.\n";
  text += write_setting("server", survey.server, fmt::format("./server {}", kServerArguments));
  text += write_setting("client", survey.client, fmt::format("./client {}", kClientArguments));
  text +=
      "\n# A program of several files starts in a copy of this folder; `build` makes it there.\n";
  text += write_setting("folder", survey.needs_folder ? "." : "", ".");
  text += write_setting("build", survey.build, "make");
  text +=
      "\n# line: units end with LF; crlf: with CR LF; bare: they have no line end; auto: ask the\n"
      "# program; or the file of a profile of your own.\n"
      "profile      line\n\n"
      "# What is played: everything, or what is named here, by names or tags.\n"
      "# scenarios  handshake data signature\n"
      "# tag        core\n"
      "# exclude    stream\n\n"
      "# Failures that you know, and those that come at times; `--write-known FILE` begins one.\n"
      "# known      known.txt\n"
      "# known-flaky flaky.txt\n\n"
      "# sandbox, isolated, plain or auto; `chatspec doctor` tells what this machine can do.\n"
      "# isolation  sandbox\n"
      "# jobs       4\n";
  return text;
}

std::string write_assignment(const ProjectSurvey& survey) {
  const bool has_server = !survey.server.empty();
  const bool has_client = !survey.client.empty();
  std::string text =
      "# How `chatspec grade` builds, starts and marks the submissions of an exercise. A line is "
      "a\n"
      "# setting and its value.\n\n"
      "title        An exercise\n\n"
      "# What is graded: the server, the client, or both.\n";
  text += write_setting("roles", has_client ? (has_server ? "server client" : "client") : "",
                        "server client");
  text +=
      "\n# A language by the files that its submissions have, and how they are started: {port},\n"
      "# {keys} and the others are replaced. Others may follow; the first that fits is taken.\n";
  text += write_setting("language", survey.language, "python");
  text += write_setting("  when", survey.known_by, "server.py");
  text += write_setting("  build", survey.build, "make");
  text += write_setting("  server", survey.server,
                        fmt::format("python3 server.py {}", kServerArguments));
  text += write_setting("  client", survey.client,
                        fmt::format("python3 client.py {}", kClientArguments));
  text +=
      "\n# What is earned by what: chapters, scenarios, tags or requirements; `*` is all that is "
      "left.\n"
      "points       100 *\n"
      "# points     40 each 10 signature\n"
      "# deviates   50%\n"
      "# hidden     state/* until 2027-01-31 18:00\n\n"
      "# What is played: what a course usually asks for, or what is named here.\n"
      "tag          core\n"
      "# scenarios  handshake data signature\n"
      "# exclude    stream\n"
      "# profile    line\n\n"
      "# sandbox, isolated or plain; `chatspec doctor` tells what this machine can do.\n"
      "isolation    sandbox\n";
  return text;
}

}  // namespace chatspec
