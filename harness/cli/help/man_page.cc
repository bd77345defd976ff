#include "harness/cli/help/man_page.h"

#include <algorithm>
#include <array>
#include <cctype>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/cli/help/help_footer.h"

namespace chatspec {
namespace {

// What roff takes for something else than what a terminal shows.
std::string roff_letter(char c) {
  switch (c) {
    case '\\':
      return "\\e";
    case '-':
      return "\\-";
    case '\'':
      return "\\(aq";
    case '^':
      return "\\(ha";
    case '~':
      return "\\(ti";
    case '"':
      return "\\(dq";
    case '`':
      return "\\(ga";
    default:
      return {c};
  }
}

std::string capitals(std::string text) {
  for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return text;
}

std::string section(std::string_view title, const std::string& content) {
  return content.empty() ? "" : fmt::format(".SH {}\n{}", title, content);
}

// Lines as they are.
std::string verbatim(const std::vector<std::string>& lines) {
  if (lines.empty()) return "";
  std::string text = ".EX\n";
  for (const std::string& line : lines) {
    if (line.starts_with('.')) text += "\\&";
    for (const char c : line) text += roff_letter(c);
    text += '\n';
  }
  return text + ".EE\n";
}

// Paragraphs, and between them the indented lines as they are.
std::string paragraphs(const std::vector<std::string>& lines) {
  std::string text;
  std::vector<std::string> shown;
  const auto end_shown = [&] {
    while (!shown.empty() && shown.back().empty()) shown.pop_back();
    if (!shown.empty()) text += ".PP\n.RS 4\n" + verbatim(shown) + ".RE\n.PP\n";
    shown.clear();
  };
  for (const std::string& line : lines) {
    if (line.starts_with(' ')) {
      shown.push_back(line.substr(2));
      continue;
    }
    if (line.empty() && !shown.empty()) {
      shown.emplace_back();
      continue;
    }
    end_shown();
    if (!line.empty()) text += roff_text(line) + "\n";
    if (line.empty() && !text.ends_with(".PP\n")) text += ".PP\n";
  }
  end_shown();
  while (text.ends_with(".PP\n")) text.erase(text.size() - 4);
  return text;
}

// FILE as \fIFILE\fR, as the man pages of others have it.
std::string show_option(const CommandArgument& option) {
  std::vector<std::string> names;
  for (const std::string& name : option.names) {
    names.push_back("\\fB" + roff_text(name) + "\\fR");
    if (option.value.empty()) continue;
    names.back() +=
        fmt::format("{}\\fI{}\\fR", name.starts_with("--") ? "=" : " ", roff_text(option.value));
  }
  return fmt::format("{}", fmt::join(names, ", "));
}

std::string describe_argument(const CommandArgument& argument) {
  std::string text = roff_text(argument.description) + ".";
  if (!argument.choice.words.empty())
    text += fmt::format(" One of: {}.", fmt::join(argument.choice.words, ", "));
  if (!argument.default_value.empty())
    text += fmt::format(" If not given: {}.", roff_text(argument.default_value));
  if (argument.is_required && argument.names.front().starts_with('-')) text += " It is required.";
  return text;
}

std::string list_arguments(const std::vector<CommandArgument>& arguments) {
  std::string text;
  std::string group = arguments.empty() ? "" : arguments.front().group;
  for (const CommandArgument& one : arguments) {
    if (one.group != group) text += fmt::format(".SS \"{}\"\n", roff_text(one.group));
    group = one.group;
    const bool is_option = one.names.front().starts_with('-');
    text += fmt::format(
        ".TP\n{}\n{}\n",
        is_option ? show_option(one) : fmt::format("\\fI{}\\fR", roff_text(one.names.front())),
        describe_argument(one));
  }
  return text;
}

std::string synopsis(const CommandTree& tree, const std::string& name) {
  std::string text = fmt::format(".B {}\n[\\fIOPTION\\fR]...", roff_text(name));
  for (const CommandArgument& option : tree.options) {
    if (option.is_required) text += " " + show_option(option);
  }
  for (const CommandArgument& operand : tree.operands)
    text += fmt::format(" {}\\fI{}\\fR{}{}", operand.is_required ? "" : "[",
                        roff_text(operand.names.front()), operand.is_required ? "" : "]",
                        operand.may_repeat ? "..." : "");
  return text + (tree.commands.empty() ? "\n" : " \\fICOMMAND\\fR ...\n");
}

std::string list_commands(const CommandTree& tree) {
  std::string text;
  for (const CommandTree& command : tree.commands)
    text += fmt::format(".TP\n\\fB{}\\fR(1)\n{}.\n",
                        roff_text(fmt::format("{}-{}", tree.name, command.name)),
                        roff_text(command.description));
  return text;
}

// The page of `command`, which is `tree` itself or one of its commands.
ManPage make_page(const CommandTree& tree, const CommandTree& command, const std::string& version) {
  const bool is_program = &tree == &command;
  const std::string name = is_program ? tree.name : fmt::format("{}-{}", tree.name, command.name);
  const std::string typed = is_program ? tree.name : fmt::format("{} {}", tree.name, command.name);
  const HelpFooter footer = take_footer_apart(command.footer);
  std::string text = fmt::format(".\\\" Made by `{0} man`.\n.TH {1} 1 \"\" \"{0} {2}\" \"{0}\"\n",
                                 tree.name, roff_text(capitals(name)), version);
  text += section(
      "NAME", fmt::format("{} \\- {}\n", roff_text(name), roff_text(brief(command.description))));
  text += section("SYNOPSIS", synopsis(command, typed));
  text +=
      section("DESCRIPTION", roff_text(command.description) + ".\n" +
                                 (footer.text.empty() ? "" : ".PP\n") + paragraphs(footer.text));
  text += section("OPERANDS", list_arguments(command.operands));
  text += section("OPTIONS", list_arguments(is_program ? command.options
                                                       : options_with_inherited(tree, command)));
  text += section("COMMANDS", list_commands(command));
  const std::string elsewhere = fmt::format("As \\fB{}\\fR(1) says.\n", roff_text(tree.name));
  text += section("EXIT STATUS", footer.exit_status.empty() && !is_program
                                     ? elsewhere
                                     : paragraphs(footer.exit_status));
  text += section("EXAMPLES", verbatim(footer.examples));
  if (!is_program)
    text += section("SEE ALSO", fmt::format("\\fB{}\\fR(1)\n", roff_text(tree.name)));
  return {name + ".1", text};
}

}  // namespace

std::string roff_text(std::string_view text) {
  std::string out;
  bool is_bold = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool begins_line = i == 0 || text[i - 1] == '\n';
    if (begins_line && (text[i] == '.' || text[i] == '\'')) out += "\\&";
    if (text[i] != '`') {
      out += roff_letter(text[i]);
      continue;
    }
    const bool has_end = is_bold || text.find('`', i + 1) != std::string_view::npos;
    out += !has_end ? "\\(ga" : is_bold ? "\\fR" : "\\fB";
    if (has_end) is_bold = !is_bold;
  }
  return out;
}

std::vector<ManPage> make_man_pages(const CommandTree& tree, const std::string& version) {
  std::vector<ManPage> pages{make_page(tree, tree, version)};
  for (const CommandTree& command : tree.commands)
    pages.push_back(make_page(tree, command, version));
  return pages;
}

}  // namespace chatspec
