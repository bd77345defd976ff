// export-vectors: the suite as data for others.

#include <algorithm>
#include <iterator>
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "harness/cli/console/console.h"
#include "harness/cli/options/key_file.h"
#include "harness/cli/options/profile_choice.h"
#include "harness/cli/options/selection_options.h"
#include "harness/cli/options/suite_location.h"
#include "harness/cli/options/validators.h"
#include "harness/cli/suite/suite_commands.h"
#include "harness/cli/suite/vector_folder.h"
#include "harness/runs/remote_limits.h"
#include "harness/suite/choice.h"
#include "reference/text/counted_things.h"
#include "reference/text/quote.h"

namespace chatspec {
namespace {

struct VectorsCommand {
  std::string folder;
  SelectionOptions selection;
  std::string role;
  std::string profile = "line";
  std::uint64_t seed = 0;
  std::string keys;
  std::size_t max_bytes = std::size_t{16} << 20;
};

std::vector<Role> roles_of(const VectorsCommand& command) {
  if (const auto role = chat::parse_role(command.role)) return {*role};
  if (!command.keys.empty()) return {Role::kServer};
  return {Role::kServer, Role::kClient};
}

using CasesByRole = std::map<Role, std::vector<const Case*>>;

// The cases of each role that were asked for. Complains of words that match nothing, and of those
// that match nothing in any role; nothing where anything is wrong.
std::optional<CasesByRole> choose_by_role(const std::vector<Case>& all, Selection selection,
                                          const VectorsCommand& command, Console& console) {
  CasesByRole chosen;
  std::vector<std::string> unmatched;
  std::vector<std::string> unplayable;
  bool has_any = false;
  const std::vector<Role> roles = roles_of(command);
  for (const Role role : roles) {
    selection.role = role;
    Choice choice = choose_cases(all, selection);
    unmatched = std::move(choice.unmatched);  // the same for each role
    std::ranges::move(choice.unplayable, std::back_inserter(unplayable));
    has_any = has_any || !choice.cases.empty();
    chosen[role] = std::move(choice.cases);
  }
  for (const std::string& problem : unmatched) console.complain(problem);
  // Of both roles, what is for one of them only is no mistake.
  const bool is_mistake = roles.size() == 1 || !has_any;
  for (const std::string& problem : unplayable)
    if (is_mistake) console.complain(problem);
  if (!has_any) console.complain("nothing is selected");
  if (!has_any || !unmatched.empty()) return std::nullopt;
  return chosen;
}

std::string tell_exported(const VectorFiles& files, const std::string& folder) {
  const auto count = [&](Role role) {
    const auto found = files.tests.find(role);
    return found == files.tests.end() ? std::size_t{0} : found->second;
  };
  std::string text = fmt::format("{} of servers, {} of clients in {}\n",
                                 chat::count_things(count(Role::kServer), "test"),
                                 count(Role::kClient), chat::escape_bytes(folder));
  if (!files.left_out.empty()) {
    text += fmt::format("{} left out; {} names them and says why\n",
                        chat::count_things(files.left_out.size(), "test"), kVectorIndex);
  }
  return text;
}

ExitCode export_vectors(const VectorsCommand& command, Console& console) {
  const auto fail = [&](const std::string& message, ExitCode code = ExitCode::kUsage) {
    console.complain(message);
    return code;
  };
  const auto profile = find_or_read_profile(command.profile);
  if (!profile) return fail(profile.error());
  const auto keys = read_given_keys(command.keys);
  if (!keys) return fail(keys.error());
  if (*keys && command.role == to_string(Role::kClient))
    return fail("--keys: these are a server's, and tests of clients are asked for");
  const auto wanted = load_wanted(command.selection.words, command.selection.suite, console);
  if (!wanted) return ExitCode::kUsage;
  Selection selection = command.selection.to_selection(wanted->names);
  selection.profile = &*profile;
  const std::vector<Case> all = list_cases(wanted->suite);
  const auto chosen = choose_by_role(all, std::move(selection), command, console);
  if (!chosen) return ExitCode::kNothing;
  const auto former = find_former_export(command.folder);
  if (!former) return fail(former.error());
  VectorOptions options{.profile = *profile,
                        .seed = command.seed,
                        .given_keys = *keys,
                        .generator = "chatspec " CHATSPEC_VERSION,
                        .suite = hash_suite(wanted->suite),
                        .max_test_bytes = command.max_bytes};
  if (*keys) {
    options.obstacle = [&keys](const Script& script) { return obstacle_of_remote(script, *keys); };
  }
  const VectorFiles files = make_vector_files(*chosen, options);
  if (files.tests.empty()) {
    return fail(fmt::format("no test is left: the first, {}, is left out, because {}",
                            files.left_out.front().id, files.left_out.front().why),
                ExitCode::kNothing);
  }
  if (const auto written = write_vector_folder(command.folder, *former, files); !written)
    return fail(written.error(), ExitCode::kInternal);
  console.say(tell_exported(files, command.folder));
  return ExitCode::kGood;
}

}  // namespace

void add_vectors_command(CLI::App& app, Chosen& chosen) {
  CLI::App* command = app.add_subcommand(
      "export-vectors",
      "Write scenarios as JSON, with all that is sent and expected: tests for programs without "
      "chatspec");
  auto options = std::make_shared<VectorsCommand>();
  command
      ->add_option("FOLDER", options->folder, "Where the files go: new, empty or an earlier export")
      ->required()
      ->check(path_of_folder());
  options->selection.add_to(*command);
  command->add_option("--role", options->role, "Only tests of this role: server or client")
      ->check(CLI::IsMember({"server", "client"}));
  command
      ->add_option("--profile", options->profile,
                   "line, crlf, bare, or the file of a profile of your own")
      ->type_name("PROFILE")
      ->capture_default_str();
  command->add_option("--seed", options->seed, "For everything random")
      ->type_name("NUMBER")
      ->capture_default_str()
      ->check(whole_number());
  command
      ->add_option("--keys", options->keys,
                   "For a server that runs already, with this key file: only what can be asked "
                   "of it, signed with these keys")
      ->type_name("FILE");
  command->add_option("--max-bytes", options->max_bytes, "Leave out tests that are longer as JSON")
      ->type_name("NUMBER")
      ->capture_default_str()
      ->check(whole_number());
  command->footer(
      "Examples:\n"
      "  chatspec export-vectors vectors\n"
      "  chatspec export-vectors vectors --role server --profile crlf handshake");
  command->callback([&chosen, options] {
    chosen = [options](Console& console) { return export_vectors(*options, console); };
  });
}

}  // namespace chatspec
