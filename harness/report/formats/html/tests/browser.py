#!/usr/bin/env python3
"""Opens a report in a headless Chromium, uses it as people do, and says what does not work.

  browser.py [--screenshots FOLDER] FILE

Filters, the address that keeps them, links into closed parts, copying, the keyboard, widths of 400, 900 and 1600 pixels, light and dark,
names for screen readers, contrast, and that nothing is fetched and nothing of a log runs. Each thing that is wrong is a line on standard
error, and the status is 1. Status 77 where there is no Chromium.
"""

import argparse
import base64
import fcntl
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

WIDTHS = (400, 900, 1600)
problems = []


def want(condition, *what):
    if not condition:
        problems.append(" ".join(str(part) for part in what))


class Browser:
    """Speaks to Chromium over two pipes: JSON, each message with a NUL behind it."""

    def __init__(self, program, folder):
        commands, self.commands = os.pipe()
        self.answers, answers = os.pipe()

        def give_pipes():
            # Out of the way first: either may be 3 or 4 itself.
            high = [fcntl.fcntl(pipe, fcntl.F_DUPFD, 10) for pipe in (commands, answers)]
            os.dup2(high[0], 3)
            os.dup2(high[1], 4)

        # As root there is no sandbox for a browser; what it opens is ours.
        self.process = subprocess.Popen(
            [program, "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--remote-debugging-pipe",
             f"--user-data-dir={folder}", "about:blank"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, close_fds=False, preexec_fn=give_pipes)
        os.close(commands)
        os.close(answers)
        self.number = 0
        self.rest = b""
        self.events = []
        self.session = None
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log", "Accessibility"):
            self.ask(f"{domain}.enable")

    def read(self):
        while b"\0" not in self.rest:
            piece = os.read(self.answers, 1 << 20)
            if not piece:
                raise SystemExit("browser.py: Chromium has ended")
            self.rest += piece
        message, self.rest = self.rest.split(b"\0", 1)
        return json.loads(message)

    def ask(self, method, **parameters):
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.commands, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.read()
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise SystemExit(f"browser.py: {method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def open(self, url):
        """Shows the page, and returns when it is there."""
        for place in ("about:blank", url):  # a step within a page would load nothing
            self.events.clear()
            self.ask("Page.navigate", url=place)
            while not any(event.get("method") == "Page.loadEventFired" for event in self.events):
                self.events.append(self.read())

    def value(self, expression):
        result = self.ask("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True, userGesture=True)
        if "exceptionDetails" in result:
            raise SystemExit(f"browser.py: {expression}: {result['exceptionDetails']}")
        return result["result"].get("value")

    def press(self, key, code="", number=0, text=""):
        for kind in ("keyDown", "keyUp"):
            extra = {"text": text} if text and kind == "keyDown" else {}
            self.ask("Input.dispatchKeyEvent", type=kind, key=key, code=code or key, windowsVirtualKeyCode=number, **extra)

    def screenshot(self, path, full=True):
        data = self.ask("Page.captureScreenshot", captureBeyondViewport=full)["data"]
        path.write_bytes(base64.b64decode(data))

    def close(self):
        os.close(self.commands)
        self.process.wait()


SHOWN_ROWS = "Array.from(document.querySelectorAll('#cases tbody tr')).filter((row) => !row.hidden)"


def try_filters(browser, url):
    every = browser.value(f"{SHOWN_ROWS}.length")
    want(every > 1, "no rows to filter")
    want(browser.value("!document.getElementById('filters').hidden"), "the filters are not shown")
    browser.value("(() => { const field = document.querySelector('select[name=verdict]'); field.value = 'fail';"
                  " field.dispatchEvent(new Event('input', {bubbles: true})); })()")
    failing = browser.value(f"{SHOWN_ROWS}.length")
    want(0 < failing < every, "by verdict, rows:", failing, "of", every)
    want(browser.value(f"{SHOWN_ROWS}.every((row) => row.dataset.verdict === 'fail')"), "rows of another verdict")
    want(browser.value("document.getElementById('shown').textContent") == f"{failing} of {every} cases", "the count is not told")
    address = browser.value("location.hash")
    want(address == "#?verdict=fail", "the address:", address)
    browser.open(url + address)
    want(browser.value(f"{SHOWN_ROWS}.length") == failing, "the address does not bring the filter back")
    browser.value("document.querySelector('#filters button[type=reset]').click()")
    want(browser.value(f"new Promise((done) => setTimeout(() => done({SHOWN_ROWS}.length)))") == every, "not all come back")
    # Every badge with a count leads to as many rows.
    for href, count in browser.value("Array.from(document.querySelectorAll('.counts a')).map((link) =>"
                                     " [link.getAttribute('href'), parseInt(link.textContent)])"):
        browser.value(f"location.hash = {json.dumps(href)}; new Promise((done) => setTimeout(done))")
        want(browser.value(f"{SHOWN_ROWS}.length") >= count, href, "shows too few")


def try_keyboard(browser):
    browser.value("document.activeElement.blur()")
    browser.press("/", "Slash", 191, "/")
    want(browser.value("document.activeElement.name") == "search", "/ does not lead to the search")
    name = browser.value("document.querySelector('#cases tbody tr:last-child code').textContent")
    for letter in name:
        browser.press(letter, text=letter)
    want(browser.value("document.activeElement.value") == name, "typed:", browser.value("document.activeElement.value"))
    found = browser.value(f"{SHOWN_ROWS}.map((row) => row.querySelector('code').textContent)")
    want(name in found, "the search does not find", name)
    browser.press("Escape", number=27)
    want(browser.value("document.activeElement.value") == "", "Escape does not clear the search")


def try_tab_key(browser):
    reached = []
    for _ in range(12):
        browser.press("Tab", number=9)
        reached.append(browser.value("document.activeElement.className || document.activeElement.tagName"))
    want(reached[0] == "skip" and len(set(reached)) > 2, "with the tab key are reached:", reached)


def try_links(browser):
    """A link into a part that is closed opens it."""
    target = browser.value("(() => { const closed = document.querySelector('#details details:not([open])');"
                           " return closed ? closed.id : ''; })()")
    want(target, "nothing is closed")
    browser.value(f"location.hash = '#{target}'; new Promise((done) => setTimeout(done, 0))")
    want(browser.value(f"document.getElementById('{target}').open"), "not opened:", target)


def try_copying(browser):
    browser.value("window.copied = null; navigator.clipboard.writeText = (text) => { window.copied = text; return Promise.resolve(); }")
    text = browser.value("document.querySelector('.copy pre').textContent")
    said = browser.value("(async () => { const button = document.querySelector('.copy button'); button.click();"
                         " await new Promise((done) => setTimeout(done)); return button.textContent; })()")
    want(browser.value("window.copied") == text and text, "copied:", browser.value("window.copied"))
    want(said == "Copied", "the button says", said)


def try_screen_readers(browser):
    for node in browser.ask("Accessibility.getFullAXTree")["nodes"]:
        role = node.get("role", {}).get("value")
        if node.get("ignored") or role not in ("button", "link", "searchbox", "combobox", "img", "image", "heading"):
            continue
        want(node.get("name", {}).get("value", "").strip(), "without a name:", role, node.get("backendDOMNodeId"))
    levels = browser.value("Array.from(document.querySelectorAll('h1,h2,h3')).map((heading) => Number(heading.tagName[1]))")
    want(levels.count(1) == 1 and levels[0] == 1, "headings begin with", levels[:3])
    want(all(later <= earlier + 1 for earlier, later in zip(levels, levels[1:])), "a heading is left out:", levels)


CONTRASTS = """
(() => {
  const channel = (c) => { c /= 255; return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; };
  const parts = (colour) => (colour.match(/[\\d.]+/g) || []).map(Number);
  const light = (p) => 0.2126 * channel(p[0]) + 0.7152 * channel(p[1]) + 0.0722 * channel(p[2]);
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const p = parts(getComputedStyle(at).backgroundColor);
      if (p.length < 4 || p[3] > 0) return p;
    }
    return [255, 255, 255];
  };
  const bad = {};
  for (const element of document.querySelectorAll('body *:not(svg *)')) {
    if (!Array.from(element.childNodes).some((node) => node.nodeType === 3 && node.textContent.trim())) continue;
    if (['SCRIPT', 'OPTION'].includes(element.tagName)) continue;
    const one = light(parts(getComputedStyle(element).color)), other = light(ground(element));
    const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    if (contrast < 4.5) bad[element.tagName + '.' + element.className] = contrast;
  }
  return JSON.stringify(bad);
})()
"""


def try_looks(browser, url, folder):
    for width in WIDTHS:
        for scheme in ("light", "dark"):
            browser.ask("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=width < 500)
            browser.ask("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
            browser.open(url)
            wide = browser.value("document.documentElement.scrollWidth")
            want(wide <= width, "at", width, "pixels the page is as wide as", wide)
            low = browser.value(CONTRASTS)
            want(low == "{}", "too little contrast,", scheme, low)
            if folder:
                browser.screenshot(folder / f"report-{width}-{scheme}.png")


def try_without_script(browser, url):
    browser.ask("Emulation.setScriptExecutionDisabled", value=True)
    browser.open(url)
    nodes = browser.ask("Accessibility.getFullAXTree")["nodes"]
    names = [node.get("name", {}).get("value", "") for node in nodes if not node.get("ignored")]
    want("All cases" in names and "What is wrong" in names, "without script much is missing")
    want(not any(node.get("role", {}).get("value") == "searchbox" for node in nodes if not node.get("ignored")), "a search that does nothing")
    browser.ask("Emulation.setScriptExecutionDisabled", value=False)


def try_quiet(browser, url):
    """Nothing is fetched but the page, and the policy has nothing to forbid."""
    browser.open(url)
    asked = [event["params"]["request"]["url"] for event in browser.events if event.get("method") == "Network.requestWillBeSent"]
    want(asked == [url], "fetched:", asked)
    said = [event["params"] for event in browser.events if event.get("method") in ("Log.entryAdded", "Runtime.exceptionThrown")]
    want(not said, "on the console:", said[:3])


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--screenshots", type=pathlib.Path)
    parser.add_argument("file", type=pathlib.Path)
    options = parser.parse_args()
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not program:
        print("browser.py: there is no Chromium", file=sys.stderr)
        return 77
    if options.screenshots:
        options.screenshots.mkdir(parents=True, exist_ok=True)
    url = options.file.resolve().as_uri()
    with tempfile.TemporaryDirectory() as folder:
        browser = Browser(program, folder)
        try_quiet(browser, url)
        try_filters(browser, url)
        browser.open(url)
        try_keyboard(browser)
        browser.open(url)
        try_tab_key(browser)
        browser.open(url)
        try_links(browser)
        try_copying(browser)
        try_screen_readers(browser)
        try_looks(browser, url, options.screenshots)
        try_without_script(browser, url)
        browser.close()
    for problem in problems[:20]:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
