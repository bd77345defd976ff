#!/usr/bin/env python3
"""Reads a report as other programs do, and says what they see in it.

  read_back.py FORMAT FILE

Writes a line for each result: SUITE, NAME, STATUS and CODE with tabs between them. FORMAT is an option of `chatspec report` without its
dashes. Whatever an importer of that format would refuse, drop or misread is an error on standard error, and the status is 1.
"""

import base64
import collections
import csv
import hashlib
import html.parser
import json
import re
import subprocess
import sys
import unicodedata
import xml.etree.ElementTree as tree
from pathlib import Path

import yaml

HERE = Path(__file__).resolve().parent
problems = []


def want(condition, *what):
    if not condition:
        problems.append(" ".join(str(part) for part in what))


def want_harmless(text):
    """No character steers a terminal or hides what stands there, in any format."""
    for character in text:
        kind = unicodedata.category(character)
        want(character in "\n\r" or kind not in ("Cc", "Cf", "Cs", "Zl", "Zp"), "a character that is not shown:", ascii(character))


def want_unique(names):
    for name, count in collections.Counter(names).items():
        want(count == 1, "a name that is there twice:", name)


def read_junit_of(path, data, strict):
    # GitLab takes less than 30 MB, and drops all but the first test of one classname and name.
    want(len(data) < 30_000_000, "too large:", len(data))
    root = tree.fromstring(data)
    want(root.tag == "testsuites", "the root is", root.tag)
    results = []
    totals = collections.Counter()
    for suite in root.findall("testsuite"):
        counts = collections.Counter()
        for case in suite.findall("testcase"):
            outcomes = [child for child in case if child.tag in ("failure", "error", "skipped")]
            want(len(outcomes) <= 1, case.get("name"), "has several outcomes")
            status = outcomes[0].tag if outcomes else "passed"
            code = outcomes[0].get("type", "") if outcomes else ""
            # GitLab shows the text and no message; mikepenz and dorny show both.
            if status in ("failure", "error"):
                want((outcomes[0].text or "").strip(), case.get("name"), "has no text")
                want(outcomes[0].get("message"), case.get("name"), "has no message")
            if status == "passed" and case.find("system-out") is not None:
                status = "deviates"
            want(case.get("name") == case.get("name").strip() != "", "a name of blanks")
            want(case.get("classname", "").startswith(suite.get("name")), "another classname:", case.get("classname"))
            want(re.fullmatch(r"\d+(\.\d{1,3})?", case.get("time")), "no time:", case.get("time"))
            if strict:
                want(set(case.keys()) <= {"name", "time", "classname", "group"}, "attributes:", case.keys())
                want(case.find("properties") is None, "properties of a testcase")
            results.append((suite.get("name"), case.get("name"), status, code))
            counts[status] += 1
            want_harmless("".join(case.itertext()) + "".join(case.attrib.values()))
        for attribute, status in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            want(int(suite.get(attribute)) == counts[status], attribute, suite.get(attribute), "instead of", counts[status])
        want(int(suite.get("tests")) == sum(counts.values()) > 0, "tests:", suite.get("tests"))
        totals.update(counts)
    want(int(root.get("tests")) == sum(totals.values()), "tests in all:", root.get("tests"))
    want(int(root.get("failures")) == totals["failure"], "failures in all:", root.get("failures"))
    want_unique((case.get("classname"), case.get("name")) for case in root.iter("testcase"))
    lint = ["xmllint", "--noout", "--nonet"] + (["--schema", str(HERE / "jenkins-junit.xsd")] if strict else [])
    checked = subprocess.run([*lint, path], capture_output=True, text=True, errors="replace")
    want(checked.returncode == 0, "xmllint:", checked.stderr[:2000])
    return results


def read_junit(path, data):
    return read_junit_of(path, data, strict=False)


def read_junit_strict(path, data):
    return read_junit_of(path, data, strict=True)


def unescape_tap(text):
    return re.sub(r"\\([\\#])", r"\1", text)


TAP_POINT = re.compile(r"(ok|not ok) (\d+) - ((?:[^\\#]|\\[\\#])*?)(?: # (?:SKIP|TODO)(?: ((?:[^\\#]|\\[\\#])*))?)?")


def read_tap(path, data):
    lines = data.decode("utf-8").split("\n")
    want(lines.pop() == "", "the last line does not end")
    want(lines.pop(0) == "TAP version 14", "no version")
    plan = re.fullmatch(r"1\.\.(\d+)", lines.pop(0))
    want(plan, "no plan")
    results = []
    while lines:
        line = lines.pop(0)
        want_harmless(line)
        point = TAP_POINT.fullmatch(line)
        want(point, "no test point:", line)
        if not point:
            break
        passed, number, description, reason = point.groups()
        want(int(number) == len(results) + 1, "number", number)
        status = "passed" if passed == "ok" else "failed"
        if " # SKIP" in line:
            status = "skipped"
        if " # TODO" in line:
            status = "known"
        code = ""
        if lines and lines[0] == "  ---":
            end = lines.index("  ...")
            block = lines[1:end]
            want(all(text.startswith("  ") for text in block), "YAML that is not indented by two")
            told = yaml.safe_load("\n".join(text[2:] for text in block))
            want(isinstance(told.get("message"), str) and "severity" in told, "diagnostics:", told)
            want(not isinstance(told.get("explanation", ""), str) or "\x1b" not in told.get("explanation", ""), "escapes")
            status = {"fail": "failed", "error": "error", "warning": "deviates"}[told["severity"]]
            want((passed == "ok") == (status == "deviates"), "diagnostics of another outcome")
            code = told.get("code", "")
            del lines[:end + 1]
        name = unescape_tap(description)
        results.append(("", name, status, code))
    want(plan and int(plan[1]) == len(results), "another plan than results:", len(results))
    want_unique(name for _, name, _, _ in results)
    read_by_perl(data, results)
    return results


PERL = """
use TAP::Parser;
binmode STDOUT, ':utf8';
local $/; my $parser = TAP::Parser->new({tap => scalar <STDIN>});
while (my $result = $parser->next) {
  print join("\\t", $result->is_ok ? 1 : 0, $result->has_skip ? 1 : 0), "\\n" if $result->is_test;
  print "unknown: ", $result->as_string, "\\n" if $result->is_unknown;
}
print "error: $_\\n" for $parser->parse_errors;
"""


def read_by_perl(data, results):
    """The same by TAP::Parser, which knows version 13: nothing here is newer."""
    told = subprocess.run(["perl", "-e", PERL], input=data.replace(b"TAP version 14", b"TAP version 13", 1), capture_output=True)
    seen = told.stdout.decode("utf-8").splitlines()
    expected = [f"{int(status in ('passed', 'deviates', 'skipped', 'known'))}\t{int(status == 'skipped')}" for _, _, status, _ in results]
    want(seen == expected, "TAP::Parser sees", seen[:20], told.stderr[:500])


def read_csv(path, data):
    want(data.count(b"\n") >= data.count(b"\r\n") > 0, "lines do not end with CR LF")
    text = data.decode("utf-8")
    want_harmless(text)
    rows = list(csv.reader(text.splitlines(keepends=True), strict=True))
    header = rows[0]
    want(len(set(header)) == len(header), "columns:", header)
    results = []
    for row in rows[1:]:
        want(len(row) == len(header), "a row of", len(row))
        for field in row:
            want(not re.match(r"\s*[=+\-@\t\r]", field), "a formula:", field)
        cells = dict(zip(header, row))
        results.append((cells["implementation"], cells["case"], cells["verdict"], cells["code"]))
        want(re.fullmatch(r"\d+", cells["duration_ms"]), "a duration:", cells["duration_ms"])
        want(re.fullmatch(r"\d*", cells["line"]), "a line:", cells["line"])
    want_unique((suite, name) for suite, name, _, _ in results)
    return results


def read_known_list(path, data):
    results = []
    for line in data.decode("utf-8").removesuffix("\n").split("\n"):
        want_harmless(line)
        if line.startswith("#"):
            continue
        words = line.split(maxsplit=2)
        want(len(words) == 3, "not a name, a code and a reason:", line)
        results.append(("", words[0], "known", words[1]))
    return results


def texts_of(json_value):
    if isinstance(json_value, dict):
        for key, value in json_value.items():
            yield key
            yield from texts_of(value)
    elif isinstance(json_value, list):
        for value in json_value:
            yield from texts_of(value)
    elif isinstance(json_value, str):
        yield json_value


def read_json(data):
    """RFC 8259: UTF-8, no name twice in an object, no NaN."""

    def without_doubles(pairs):
        want_unique(name for name, _ in pairs)
        return dict(pairs)

    def no_constant(word):
        want(False, "a number that is none:", word)

    document = json.loads(data.decode("utf-8"), object_pairs_hook=without_doubles, parse_constant=no_constant)
    for text in texts_of(document):
        want_harmless(text)
    return document


def read_ctrf(path, data):
    results = read_json(data)["results"]
    counts = collections.Counter(test["status"] for test in results["tests"])
    summary = results["summary"]
    for status in ("passed", "failed", "skipped", "pending", "other"):
        want(summary[status] == counts[status], status, summary[status], "instead of", counts[status])
    want(summary["tests"] == len(results["tests"]), "tests:", summary["tests"])
    want(0 <= summary["start"] <= summary["stop"], "times:", summary)
    suites = {tuple(test["suite"]) for test in results["tests"]}
    want(summary["suites"] == len(suites), "suites:", summary["suites"])
    want_unique((*test["suite"], test["name"]) for test in results["tests"])
    return [(test["suite"][0], test["name"], test["status"], test.get("extra", {}).get("code", "")) for test in results["tests"]]


def read_sarif(path, data):
    # GitHub takes a file of 10 MB when it is compressed, 25,000 results and as many rules.
    (run,) = read_json(data)["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    want_unique(rules)
    want(len(run["results"]) <= 25000, "results:", len(run["results"]))
    results = []
    for result in run["results"]:
        want(rules[result["ruleIndex"]] == result["ruleId"], "another rule:", result["ruleId"])
        told = result["properties"]
        results.append((told["implementation"], told["case"], result["level"], result["ruleId"]))
    want_unique((result["partialFingerprints"]["primaryLocationLineHash"]) for result in run["results"])
    invocation = run["invocations"][0]
    troubles = [note["message"]["text"] for note in invocation["toolExecutionNotifications"] if note["level"] == "error"]
    want(invocation["executionSuccessful"] == (not troubles), "successful in spite of", troubles)
    results += [("", text, "trouble", "") for text in troubles]
    return results


GITHUB_COMMAND = re.compile(r"::(error|warning) (?:file=([^:,]+),line=(\d+),)?title=([^:,]*)::(.*)")


def read_github(path, data):
    lines = data.decode("utf-8").split("\n")
    want(lines.pop() == "", "the last line does not end")
    results = []
    for line in lines:
        want_harmless(line)
        command = GITHUB_COMMAND.fullmatch(line)
        want(command, "no command:", line)
        want(re.fullmatch(r"(?:[^%]|%(?:25|0A|0D|3A|2C))*", line), "not escaped:", line)
        if command:
            kind, _, _, title, message = command.groups()
            sentence = message.split("%0A")[0].replace("%25", "%")
            results.append((title.replace("%3A", ":").replace("%2C", ",").replace("%25", "%"), sentence, kind, ""))
    for kind in ("error", "warning"):
        want(sum(kind == result[2] for result in results) <= 10, "more than GitHub shows of", kind)
    return results


def read_markdown(path, data):
    """By cmark-gfm, the parser that GitHub's is made of: nothing but what we write is markup."""
    want(len(data) <= 1 << 20, "more than a summary may have:", len(data))
    text = data.decode("utf-8")
    want_harmless(text)
    parsed = subprocess.run(["cmark-gfm", "--to", "xml", "--unsafe", *"-e table -e autolink -e strikethrough -e tagfilter".split()],
                            input=data, capture_output=True, check=True)
    root = tree.fromstring(re.sub(rb"<!DOCTYPE[^>]*>", b"", parsed.stdout))
    space = "{http://commonmark.org/xml/1.0}"
    kinds = {element.tag.removeprefix(space) for element in root.iter()}
    known = {"document", "heading", "text", "softbreak", "paragraph", "strong", "html_block", "code_block", "code", "table", "table_row",
             "table_header", "table_cell"}
    want(kinds <= known, "markup of others:", kinds - known)
    for element in root.iter(space + "html_block"):
        block = element.text.strip()
        begin = re.fullmatch(r"<details><summary><code>[^<>]*</code>, [^<>]*</summary>", block)
        want(begin or block == "</details>", "HTML of others:", block[:200])
    results = []
    for element in root.iter():
        kind = {"heading": "heading", "strong": "problem"}.get(element.tag.removeprefix(space))
        if kind:
            results.append(("", "".join(part.text for part in element.iter() if part.tag in (space + "text", space + "code")), kind, ""))
    for table in root.iter(space + "table"):
        widths = {len(row) for row in table}
        want(len(widths) == 1, "a table with rows of", widths)
    return results


VOID_ELEMENTS = {"meta", "input"}
# What a log's words must never become.
OUR_ELEMENTS = set("""html head meta title style body a header p h1 h2 h3 div section svg rect ul li main details summary span b i code dl dt
                      dd figure text line polygon g pre table thead tbody tr th td form label input select option button script""".split())
OUR_ATTRIBUTES = set("""lang charset http-equiv content name class href id aria-labelledby aria-hidden aria-live aria-label open data-closed
                        viewbox preserveaspectratio x y x1 y1 x2 y2 width height rx points text-anchor role scope hidden type autocomplete
                        title value""".split())


class Page(html.parser.HTMLParser):
    """Sees to it that all that is opened is closed, and that nothing is there but what we write."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open = []
        self.ids = []
        self.links = []
        self.rows = []
        self.scripts = 0

    def handle_starttag(self, tag, attributes):
        want(tag in OUR_ELEMENTS, "an element of others:", tag)
        for name, value in attributes:
            want(name in OUR_ATTRIBUTES or name.startswith("data-"), "an attribute of others:", name)
            want_harmless(value or "")
            if name == "id":
                self.ids.append(value)
            if name == "href":
                self.links.append(value)
        if tag == "tr" and dict(attributes).get("data-verdict"):
            self.rows.append({"verdict": dict(attributes)["data-verdict"], "cells": []})
        if tag == "td" and self.rows and self.open[-1] == "tr":
            self.rows[-1]["cells"].append("")
        self.scripts += tag == "script"
        if tag not in VOID_ELEMENTS:
            self.open.append(tag)

    def handle_endtag(self, tag):
        want(self.open and self.open[-1] == tag, "closed without being open:", tag, self.open[-3:])
        self.open.pop()

    def handle_data(self, data):
        if self.open and self.open[-1] not in ("script", "style"):
            want_harmless(data)
        if "td" in self.open and self.rows and self.rows[-1]["cells"]:
            self.rows[-1]["cells"][-1] += data

    def handle_comment(self, data):
        want(False, "a comment:", data[:100])


def read_html(path, data):
    text = data.decode("utf-8")
    want(text.startswith("<!DOCTYPE html>\n"), "no type of document")
    page = Page()
    page.feed(text)
    page.close()
    want(not page.open, "still open:", page.open)
    want_unique(page.ids)
    want(page.scripts == 1, "scripts:", page.scripts)
    for link in page.links:
        want(link.startswith("#?") or link[:1] == "#" and link[1:] in page.ids, "a link that leads nowhere:", link)
    policy = re.search(r'content="(default-src [^"]*)"', text)[1].replace("&#39;", "'")
    for tag in ("style", "script"):
        content = re.search(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)[1]
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        want(f"{tag}-src 'sha256-{digest}'" in policy, "the policy forbids our own", tag)
    return [("", " ".join(row["cells"][1].split()), row["verdict"], "") for row in page.rows]


READERS = {"html": read_html, "junit": read_junit, "junit-strict": read_junit_strict, "tap": read_tap, "ctrf": read_ctrf, "markdown": read_markdown,
           "csv": read_csv, "sarif": read_sarif, "github": read_github, "write-known": read_known_list,
           "write-known-flaky": read_known_list}


def main():
    name, path = sys.argv[1:]
    for line in READERS[name](path, Path(path).read_bytes()):
        print("\t".join(line))
    for problem in problems[:20]:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
