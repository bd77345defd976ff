#include "harness/play/interpreter.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace chatspec {
namespace {

struct Interpreter {
  std::string_view name;          // without its version
  std::string_view ending;        // of its scripts
  std::string_view flags;         // letters of options that take no value
  std::string_view valued_flags;  // and of those that take one
};

constexpr std::array kInterpreters{
    Interpreter{"python", ".py", "bBdEiIOPqsSuvx", "WX"},
    Interpreter{"pypy", ".py", "bBdEiIOPqsSuvx", "WX"},
    Interpreter{"node", ".js", "", ""},
    Interpreter{"nodejs", ".js", "", ""},
    Interpreter{"ruby", ".rb", "dvw", ""},
    Interpreter{"perl", ".pl", "tTuUwWX", ""},
    Interpreter{"php", ".php", "q", ""},
    Interpreter{"lua", ".lua", "W", ""},
    Interpreter{"tclsh", ".tcl", "", ""},
    Interpreter{"java", ".java", "", ""},
    Interpreter{"sh", ".sh", "efuvx", ""},
    Interpreter{"bash", ".sh", "efuvx", ""},
    Interpreter{"dash", ".sh", "efuvx", ""},
    Interpreter{"zsh", ".sh", "efuvx", ""},
    Interpreter{"ksh", ".sh", "efuvx", ""},
};

// "python" of "/usr/bin/python3.11".
std::string_view name_of(std::string_view program) {
  program.remove_prefix(program.rfind('/') + 1);
  return program.substr(0, program.find_last_not_of("0123456789.-") + 1);
}

const Interpreter* interpreter_of(const std::vector<std::string>& words) {
  if (words.empty()) return nullptr;
  const auto* found = std::ranges::find(kInterpreters, name_of(words[0]), &Interpreter::name);
  return found == kInterpreters.end() ? nullptr : found;
}

bool consists_of(std::string_view text, std::string_view letters) {
  return text.find_first_not_of(letters) == std::string_view::npos;
}

// Where the first word is that is neither an option nor the value of one; nothing where an option
// is not known.
std::optional<std::size_t> find_operand(const Interpreter& interpreter,
                                        const std::vector<std::string>& words) {
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::string_view word = words[i];
    if (!word.starts_with('-')) return i;
    const std::string_view letters = word.substr(1);
    const bool valued = letters.size() == 1 && consists_of(letters, interpreter.valued_flags);
    if (letters.empty() || !(valued || consists_of(letters, interpreter.flags))) return {};
    if (valued) ++i;
  }
  return {};
}

}  // namespace

std::optional<std::size_t> find_script_word(const std::vector<std::string>& words) {
  const Interpreter* interpreter = interpreter_of(words);
  if (!interpreter) return {};
  const auto index = find_operand(*interpreter, words);
  if (!index || words[*index].find('{') != std::string::npos) return {};
  const std::string_view word = words[*index];
  const bool like_a_path =
      word.ends_with(interpreter->ending) || word.find('/') != std::string_view::npos;
  return like_a_path ? index : std::nullopt;
}

bool is_module_name(const std::vector<std::string>& words, std::size_t index) {
  const Interpreter* interpreter = interpreter_of(words);
  return interpreter && interpreter->ending == ".py" && index > 1 && words[index - 1] == "-m";
}

}  // namespace chatspec
