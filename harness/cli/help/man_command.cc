// man: chatspec's manual, made from its command line.

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "harness/cli/console/made_folder.h"
#include "harness/cli/console/whole_file.h"
#include "harness/cli/help/command_tree.h"
#include "harness/cli/help/help_commands.h"
#include "harness/cli/help/man_page.h"
#include "harness/cli/options/validators.h"
#include "reference/text/quote.h"
#include "reference/text/suggest.h"

namespace chatspec {
namespace {

struct ManCommand {
  std::string command{};  // "" is chatspec itself
  std::string folder{};   // "" where a page goes to standard output
};

ExitCode write_pages(const std::vector<ManPage>& pages, const std::string& folder,
                     Console& console) {
  if (const auto made = make_folder(folder); !made) {
    console.complain(made.error().message);
    return made.error().code;
  }
  for (const ManPage& page : pages) {
    const auto written =
        write_whole_file((std::filesystem::path(folder) / page.file).string(), page.text);
    if (written) continue;
    console.complain(written.error());
    return ExitCode::kInternal;
  }
  return ExitCode::kGood;
}

ExitCode print_page(const CommandTree& tree, const std::vector<ManPage>& pages,
                    const std::string& command, Console& console) {
  const std::string file =
      command.empty() ? tree.name + ".1" : fmt::format("{}-{}.1", tree.name, command);
  const auto page = std::ranges::find(pages, file, &ManPage::file);
  if (page != pages.end()) {
    console.say(page->text);
    return ExitCode::kGood;
  }
  std::vector<std::string_view> names;
  for (const CommandTree& one : tree.commands) names.push_back(one.name);
  console.complain(fmt::format("there is no command {}{}", chat::quote(command),
                               chat::did_you_mean(command, names)));
  return ExitCode::kUsage;
}

ExitCode show_manual(const CLI::App& app, const ManCommand& options, Console& console) {
  const CommandTree tree = read_command_tree(app);
  const std::vector<ManPage> pages = make_man_pages(tree, CHATSPEC_VERSION);
  return options.folder.empty() ? print_page(tree, pages, options.command, console)
                                : write_pages(pages, options.folder, console);
}

}  // namespace

void add_man_command(CLI::App& app, Chosen& chosen) {
  CLI::App* command =
      app.add_subcommand("man", "Print a page of chatspec's manual, in the form that `man` reads");
  auto options = std::make_shared<ManCommand>();
  auto* page =
      command->add_option("PAGE", options->command, "A command; chatspec itself if none is given");
  command
      ->add_option("--folder", options->folder, "Write all pages, each into a file in this folder")
      ->type_name("DIR")
      ->check(path_of_folder())
      ->excludes(page);
  command->footer(
      "Examples:\n"
      "  chatspec man run | man -l -\n"
      "  chatspec man --folder ~/.local/share/man/man1");
  command->callback([&app, &chosen, options] {
    chosen = [&app, options](Console& console) { return show_manual(app, *options, console); };
  });
}

}  // namespace chatspec
