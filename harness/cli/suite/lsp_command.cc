// lsp: chatspec as a language server, started by an editor.

#include <array>
#include <cerrno>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>
#include <unistd.h>

#include <CLI/CLI.hpp>

#include "harness/cli/options/suite_location.h"
#include "harness/cli/suite/suite_commands.h"
#include "harness/language_server/language_server.h"
#include "harness/scenario/source.h"
#include "harness/suite/source_file.h"

namespace chatspec {
namespace {

namespace fs = std::filesystem;

// The disk of this machine.
class DiskFiles : public language_server::SourceFiles {
 public:
  bool exists(const fs::path& path) const override {
    std::error_code failure;
    return fs::is_regular_file(path, failure);
  }

  std::expected<std::string, std::string> read(const fs::path& path) const override {
    if (!exists(path)) return std::unexpected("it is no file");
    return read_source(path);
  }

  // Hidden folders and links to folders are passed over, and what is behind the first hundred
  // thousand names, so that an editor that is opened in a home folder is not kept waiting.
  std::vector<fs::path> list_scenarios(const fs::path& folder) const override {
    constexpr std::size_t kMostNames = 100'000;
    std::vector<fs::path> found;
    std::error_code failure;
    const auto options = fs::directory_options::skip_permission_denied;
    std::size_t seen = 0;
    for (fs::recursive_directory_iterator it(folder, options, failure), end;
         !failure && it != end && seen < kMostNames; it.increment(failure), ++seen) {
      const bool is_hidden = it->path().filename().string().starts_with('.');
      if (is_hidden) it.disable_recursion_pending();
      if (!is_hidden && it->path().extension() == kScenarioExtension) found.push_back(it->path());
    }
    return found;
  }
};

// Until the client has said `exit`, or is gone.
ExitCode serve(Console& console) {
  if (::isatty(STDIN_FILENO) != 0) {
    console.complain(
        "this is started by an editor, which speaks the Language Server Protocol with it; "
        "docs/editors/README.md says how");
    return ExitCode::kUsage;
  }
  const DiskFiles files;
  language_server::LanguageServer server(files, find_own_suite().value_or(fs::path()));
  constexpr std::size_t kPiece = std::size_t{64} << 10;
  std::string piece(kPiece, '\0');
  while (!server.has_ended()) {
    const ssize_t count = ::read(STDIN_FILENO, piece.data(), piece.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) {
      console.complain("cannot read standard input: " + std::system_category().message(errno));
      return ExitCode::kInternal;
    }
    if (count == 0) break;
    console.say(server.take(std::string_view(piece).substr(0, static_cast<std::size_t>(count))));
    if (!console.flush()) break;  // which is told where the program ends
  }
  return server.was_shut_down() ? ExitCode::kGood : ExitCode::kFailed;
}

}  // namespace

void add_lsp_command(CLI::App& app, Chosen& chosen) {
  CLI::App* command = app.add_subcommand(
      "lsp", "Serve an editor: mistakes, completion and more for scenarios (LSP)");
  auto is_stdio = std::make_shared<bool>();
  command->add_flag("--stdio", *is_stdio,
                    "Speak over standard input and output, which it does in any case");
  command->footer(
      "An editor starts it and speaks the Language Server Protocol (3.17) with it. It shows the\n"
      "mistakes that `chatspec lint` finds, what words and requirements mean, what may stand at a\n"
      "place and where what is needed stands; it formats as `chatspec fmt` does, and offers to "
      "run\n"
      "a scenario or a row of its table. docs/editors/README.md says how to set up VS Code, Vim,\n"
      "Neovim and Emacs.\n"
      "\n"
      "Examples:\n"
      "  chatspec lsp\n"
      "  chatspec lsp --stdio\n"
      "\n"
      "Exit status: 0 the editor has said that it ends, else 1.");
  command->callback([&chosen, is_stdio] { chosen = serve; });
}

}  // namespace chatspec
