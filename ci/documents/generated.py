"""The pages that are made from the tree by asking chatspec, never by hand: requirements with the scenarios that try them, the suite, codes,
exit statuses, commands."""

import html
import json
import pathlib
import subprocess

REFERENCE = "docs/reference/"
SUITE = REFERENCE + "suite/"


def pages(source, chatspec):
    """Each page's text by its name."""
    ask = Asked(chatspec)
    cases = ask.objects("list", "--json")
    chapters = _chapters(source, cases)
    made = {
        REFERENCE + "requirements.md": _requirements(ask, cases),
        REFERENCE + "codes.md": _codes(ask),
        REFERENCE + "exit-statuses.md": _exit_statuses(ask),
        REFERENCE + "commands.md": _commands(ask),
    }
    return made | {f"{SUITE}{chapter}.md": _chapter(chapter, scenarios) for chapter, scenarios in chapters.items()}


class Asked:
    """The words of chatspec about itself."""

    def __init__(self, chatspec):
        self.chatspec = chatspec

    def text(self, *words):
        return subprocess.run([self.chatspec, *words], check=True, text=True, stdout=subprocess.PIPE).stdout

    def objects(self, *words):
        return [json.loads(line) for line in self.text(*words).splitlines()]


def scenario_of(case):
    """handshake/hello, of the case handshake/hello[row]."""
    return case["id"].partition("[")[0]


def _link(scenario, folder=""):
    chapter, _, name = scenario.partition("/")
    return f"[`{scenario}`]({folder}{chapter}.md#{name})"


def _requirements(ask, cases):
    tried_by = {}
    for case in cases:
        for requirement in case["requirements"]:
            scenarios = tried_by.setdefault(requirement, {})
            scenarios[scenario_of(case)] = scenarios.get(scenario_of(case), 0) + 1
    text = ["# Requirement by requirement\n",
            "Each requirement of [the protocol](../../reference/PROTOCOL.md), and the scenarios that try it; after a scenario, of how many cases it is. "
            "The words are those of the profile `line`.\n"]
    family = None
    for one in ask.objects("explain", "--json"):
        if one["id"].rpartition("-")[0] != family:
            family = one["id"].rpartition("-")[0]
            text.append(f"## {family}\n")
        text.append(f"### {one['id']}\n")
        text.append(f"*{one['level']}; {', '.join(one['roles'])}.* {one['meaning']}\n")
        scenarios = tried_by.get(one["id"], {})
        told = [_link(name, "suite/") + (f" ({count})" if count > 1 else "") for name, count in scenarios.items()]
        text.append(("Tried by " + ", ".join(told) if told else "No scenario tries it by itself: `chatspec list --coverage` says why") + ".\n")
    return "\n".join(text)


def _chapters(source, cases):
    """By chapter, each scenario's name, cases and file."""
    chapters = {}
    for case in cases:
        chapter, _, name = scenario_of(case).partition("/")
        file = source / "scenarios" / chapter / f"{name}.chat"
        chapters.setdefault(chapter, {}).setdefault(name, (file, []))[1].append(case)
    return chapters


def _chapter(chapter, scenarios):
    text = [f"# The suite: {chapter}\n"]
    for name, (file, cases) in scenarios.items():
        requirements = ", ".join(f"[{one}](../requirements.md#{one.lower()})" for one in cases[0]["requirements"])
        text.append(f"## {name}\n\n{cases[0]['level']}; {requirements}; {_count(len(cases), 'case')}.\n\n```text\n{pathlib.Path(file).read_text()}```\n")
    return "\n".join(text)


def _count(number, thing):
    return f"{number} {thing}" + ("" if number == 1 else "s")


def _cell(text):
    return html.escape(text, quote=False).replace("|", r"\|")


def _codes(ask):
    text = ["# Failure codes and causes\n",
            "A report names a failure's code in brackets, and, where it can tell, the cause. Both are kept between versions "
            "([what stays](../compatibility.md)); `chatspec explain CODE` says the same as this page.\n",
            "## Codes\n", "| code | verdict | means |", "|---|---|---|"]
    text += [f"| `{one['id']}` | {one['verdict']} | {_cell(one['meaning'])} |" for one in ask.objects("explain", "--kind", "failure", "--json")]
    text += ["\n## Causes\n", "| cause | in reports |", "|---|---|"]
    text += [f"| `{one['id']}` | {_cell(one['meaning'])} |" for one in ask.objects("explain", "--kind", "cause", "--json")]
    text.append("\nThe codes of mistakes in scenarios, which `chatspec lint` names, are explained with "
                "[the language](../../scenarios/README.md#mistakes).\n")
    return "\n".join(text)


def _exit_statuses(ask):
    return f"# Exit statuses\n\nWhat `chatspec help exit-status` says:\n\n```text\n{ask.text('help', 'exit-status')}```\n"


def _commands(ask):
    text = ["# Every command\n", "What each command's `--help` says.\n"]
    for line in ask.text("help").partition("Subcommands:\n")[2].partition("\n\n")[0].splitlines():
        command = line.split()[0]
        text.append(f"## chatspec {command}\n\n```text\n{ask.text(command, '--help')}```\n")
    return "\n".join(text)
