// Tests go into their files as text, one by one, so that no more than one of them is in memory as
// JSON. Each test is a line of its own, so that a difference between two exports can be read.

#include "harness/vectors/vector_files.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "harness/vectors/encoded_case.h"
#include "harness/vectors/vectors_schema.h"
#include "reference/profile_settings.h"
#include "reference/requirements.h"
#include "reference/signature.h"
#include "reference/text/counted_things.h"

namespace chatspec {
namespace {

// The formats of this version and others.
constexpr std::string_view kVectorFormats = "chatspec-vectors-";

// ASCII alone, on one line.
std::string to_text(const VectorJson& json) {
  return json.dump(-1, ' ', true, VectorJson::error_handler_t::replace);
}

VectorJson encode_profile(const chat::Profile& profile) {
  VectorJson settings = VectorJson::object();
  for (const auto& [name, value] : chat::list_settings(profile))
    settings[name] = encode_bytes(value);
  return {{"name", profile.name},
          {"line_end", profile.line_end_bytes()},
          {"settings", std::move(settings)}};
}

// What stands at the head of the index and of each file.
VectorJson make_head(const VectorOptions& options) {
  return {{"format", kVectorFormat},
          {"schema", kVectorSchema},
          {"generator", options.generator},
          {"suite_sha256", options.suite},
          {"seed", options.seed},
          {"keys_given", options.given_keys.has_value()},
          {"profile", encode_profile(options.profile)}};
}

// An object whose last field is a list with an entry in each line. Fields of `head` come first, a
// line each.
std::string write_object(const VectorJson& head, std::string_view list,
                         const std::vector<std::string>& entries, std::string_view indent = "") {
  std::string text = "{\n";
  for (const auto& [name, value] : head.items())
    text += fmt::format("{}  {}: {},\n", indent, to_text(name), to_text(value));
  text += fmt::format("{}  {}: [", indent, to_text(std::string(list)));
  for (const std::string& entry : entries)
    text += fmt::format("{}\n{}    {}", &entry == &entries.front() ? "" : ",", indent, entry);
  return text +
         fmt::format("{}]\n{}}}", entries.empty() ? "" : fmt::format("\n{}  ", indent), indent);
}

std::string chapter_of(const Case& one) {
  const std::string& id = one.file->id;
  return id.substr(0, id.rfind('/'));
}

// A name that every file system takes, whatever the chapter's folder is called.
std::string file_name(Role role, std::string chapter) {
  for (char& c : chapter) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    if (!is_plain) c = '_';
  }
  return fmt::format("{}-{}", to_string(role), chapter);
}

// The tests of one chapter and role, as they are gathered.
struct ChapterFile {
  Role role = Role::kServer;
  std::string chapter{};
  std::size_t tests = 0;
  std::vector<std::string> groups{};  // one for each scenario that is complete
  std::string open_scenario{};        // its id
  VectorJson open_head{};
  std::vector<std::string> open_tests{};

  void close_group() {
    if (!open_tests.empty()) groups.push_back(write_object(open_head, "tests", open_tests, "    "));
    open_tests.clear();
  }
};

class VectorMaker {
 public:
  explicit VectorMaker(const VectorOptions& options) : options_(options) {}

  void add(const Case& one, Role role) {
    const Script script = make_script(one.scenario, one.id,
                                      {.role = role,
                                       .profile = options_.profile,
                                       .seed = options_.seed,
                                       .given_keys = options_.given_keys});
    if (std::string why = options_.obstacle ? options_.obstacle(script) : ""; !why.empty())
      return leave_out(one, role, std::move(why));
    std::string test = to_text(encode_case(one, script));
    if (test.size() > options_.max_test_bytes) {
      return leave_out(one, role,
                       fmt::format("it is larger than {} bytes", options_.max_test_bytes));
    }
    ChapterFile& file = file_of(one, role);
    if (file.open_scenario != one.file->id) {
      file.close_group();
      file.open_scenario = one.file->id;
      file.open_head = encode_scenario(one, script);
    }
    file.open_tests.push_back(std::move(test));
    ++file.tests;
    ++made_.tests[role];
  }

  VectorFiles finish() {
    std::vector<std::string> entries;
    for (ChapterFile& file : files_) {
      file.close_group();
      VectorJson head = make_head(options_);
      head["role"] = to_string(file.role);
      head["chapter"] = file.chapter;
      head["tests"] = file.tests;
      const std::string name = unused_name(file_name(file.role, file.chapter));
      const std::string& content = made_.contents[name] =
          write_object(head, "groups", file.groups) + "\n";
      entries.push_back(to_text({{"file", name},
                                 {"role", to_string(file.role)},
                                 {"chapter", file.chapter},
                                 {"tests", file.tests},
                                 {"sha256", chat::sha256_hex(content)}}));
    }
    made_.contents[std::string(kVectorSchema)] = vectors_schema();
    made_.contents[std::string(kVectorIndex)] = write_object(index_head(), "files", entries) + "\n";
    return std::move(made_);
  }

 private:
  void leave_out(const Case& one, Role role, std::string why) {
    made_.left_out.push_back({.id = one.id, .role = role, .why = std::move(why)});
  }

  ChapterFile& file_of(const Case& one, Role role) {
    const std::string chapter = chapter_of(one);
    const auto found = std::ranges::find_if(files_, [&](const ChapterFile& file) {
      return file.role == role && file.chapter == chapter;
    });
    if (found != files_.end()) return *found;
    return files_.emplace_back(ChapterFile{.role = role, .chapter = chapter});
  }

  // Two chapters may have become one name.
  std::string unused_name(const std::string& wanted) const {
    std::string name = wanted + ".json";
    for (int i = 2; made_.contents.contains(name); ++i) name = fmt::format("{}-{}.json", wanted, i);
    return name;
  }

  VectorJson index_head() const {
    VectorJson head = make_head(options_);
    VectorJson requirements = VectorJson::object();
    for (const chat::Requirement& one : chat::requirements()) {
      requirements[one.id] = VectorJson{{"level", chat::to_string(one.level)}, {"text", one.text}};
    }
    head["requirements"] = std::move(requirements);
    std::size_t tests = 0;
    for (const ChapterFile& file : files_) tests += file.tests;
    head["tests"] = tests;
    VectorJson left_out = VectorJson::array();
    for (const LeftOutTest& one : made_.left_out) {
      left_out.push_back(
          VectorJson{{"id", one.id}, {"role", to_string(one.role)}, {"why", one.why}});
    }
    head["left_out"] = std::move(left_out);
    return head;
  }

  const VectorOptions& options_;
  std::vector<ChapterFile> files_;
  VectorFiles made_;
};

}  // namespace

VectorFiles make_vector_files(const std::map<Role, std::vector<const Case*>>& cases,
                              const VectorOptions& options) {
  VectorMaker maker(options);
  for (const auto& [role, of_role] : cases) {
    for (const Case* one : of_role) maker.add(*one, role);
  }
  return maker.finish();
}

std::set<std::string> list_exported(std::string_view index) {
  const VectorJson json = VectorJson::parse(index, nullptr, false);
  const auto text_of = [](const VectorJson& object, const char* name) {
    const bool has = object.is_object() && object.contains(name) && object[name].is_string();
    return has ? object[name].get<std::string>() : std::string();
  };
  if (!text_of(json, "format").starts_with(kVectorFormats)) return {};
  std::set<std::string> names{std::string(kVectorIndex), std::string(kVectorSchema)};
  if (!json.contains("files") || !json["files"].is_array()) return names;
  for (const VectorJson& file : json["files"]) names.insert(text_of(file, "file"));
  return names;
}

}  // namespace chatspec
