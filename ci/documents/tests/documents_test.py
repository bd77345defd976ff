#!/usr/bin/env python3
"""How a page is read, what its output is held against, how its commands are run, and which links of a site lead nowhere."""

import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from documents import links, staging
from documents.blocks import PageError, read_page
from documents.output import difference
from documents.play import play_page


def page_of(text):
    return read_page("page.md", text)


class Pages(unittest.TestCase):
    def test_have_blocks_with_what_is_said_of_them(self):
        page = page_of("# Title\n\n<!-- given: a = b -->\n<!-- given: c = d -->\n\n<!-- status: 1 -->\n\n```sh\ntrue\n\nfalse\n```\n\n```output\nx\n```\n")
        commands, output = page.blocks
        self.assertEqual((commands.line, commands.language, commands.text), (8, "sh", "true\n\nfalse\n"))
        self.assertEqual(commands.marks, {"given": ["a = b", "c = d"], "status": ["1"]})
        self.assertEqual((output.language, output.text, output.marks), ("output", "x\n", {}))
        self.assertEqual((page.at_length, page.tier, page.commands()), (False, "plain", 1))

    def test_say_of_themselves_that_they_take_long_and_what_they_need(self):
        page = page_of("<!-- played: at length -->\n<!-- needs: sandbox -->\n# Title\n")
        self.assertEqual((page.at_length, page.tier), (True, "sandbox"))

    def test_with_mistakes_are_refused_with_the_place(self):
        for text, told in [
            ("<!-- stauts: 1 -->\n", 'page.md:1: there is no mark "stauts"'),
            ("<!-- status: 1 -->\n\nwords\n", "page.md:3: a mark stands in front of no block: status"),
            ("```sh\ntrue\n", "page.md:1: the block does not end"),
            ("```sh here\n```\n", "page.md:1: after the fence of a block stands one word, its language"),
            ("```output\nx\n```\n", "page.md:1: an output without commands in front of it"),
            ("    chatspec run x\n", "page.md:1: a command stands outside of a block of the language `sh`"),
            ("```text\nci/test all\n```\n", "page.md:1: a command stands outside of a block of the language `sh`"),
        ]:
            with self.subTest(text), self.assertRaises(PageError) as refused:
                page_of(text)
            self.assertEqual(str(refused.exception), told)


class Output(unittest.TestCase):
    def test_is_as_shown_but_for_what_is_left_out_and_times(self):
        for shown, printed in [
            ("a\nb\n", "a\nb\n"),
            ("a\n…\nc\n", "a\nb\nb\nc\n"),
            ("…\nc\n", "c\n"),
            ("a … c\n", "a b b c\n"),
            ("1 pass in 0.12 s\n", "1 pass in 13.5 s   \n"),
            ("(a*)\n", "(a*)\n"),
        ]:
            with self.subTest(shown):
                self.assertIsNone(difference(shown, printed))

    def test_that_is_another_is_told_by_the_first_line_that_lacks(self):
        for shown, printed, told in [
            ("a\nb\n", "a\nc\n", "shown, but not printed:\n  b\n"),
            ("a\n", "a\nb\n", "printed more than is shown\n"),
            ("…\nc\n", "b\n", "shown, but not printed:\n  c\n"),
            ("1 pass in 0.12 s\n", "2 pass in 0.12 s\n", "shown, but not printed:\n  1 pass in 0.12 s\n"),
            ("in 5 sizes\n", "in 6 sizes\n", "shown, but not printed:\n  in 5 sizes\n"),
        ]:
            with self.subTest(shown):
                self.assertTrue(difference(shown, printed).startswith(told), difference(shown, printed))


class Played(unittest.TestCase):
    def play(self, text):
        with tempfile.TemporaryDirectory() as scratch:
            source = pathlib.Path(scratch) / "source"
            source.mkdir()
            (source / "greeting").write_text("hello\n")
            return play_page(page_of(text), source, "/nowhere", pathlib.Path(scratch))

    def test_a_block_goes_on_where_the_one_before_it_ended(self):
        done = self.play("```sh\nmkdir inner && cd inner\nexport NAME=\"a b\"\n```\n\n```sh\nbasename \"$PWD\"; echo \"$NAME\"\n```\n\n```output\ninner\na b\n```\n")
        self.assertEqual((done.blocks, done.left_out), (2, []))

    def test_files_are_there_that_are_shown_or_given(self):
        self.play("<!-- file: a/b.txt -->\n\n```text\nx\n```\n\n<!-- given: c = greeting -->\n\n```sh\ncat a/b.txt c\n```\n\n```output\nx\nhello\n```\n")

    def test_what_is_not_played_is_counted_with_its_reason(self):
        done = self.play("<!-- not played: no time -->\n\n```sh\nfalse\n```\n\n```output\nanything\n```\n")
        self.assertEqual((done.blocks, done.left_out), (0, ["no time"]))

    def test_a_page_fails_with_its_commands(self):
        for text, told in [
            ("```sh\nfalse\n```\n", "page.md:1: status 1 in place of 0"),
            ("```sh\nfalse\ntrue\n```\n", "page.md:1: status 1 in place of 0"),
            ("<!-- status: 2 -->\n\n```sh\ntrue\n```\n", "page.md:3: status 0 in place of 2"),
            ("```sh\necho a\n```\n\n```output\nb\n```\n", "page.md:5: shown, but not printed"),
        ]:
            with self.subTest(text), self.assertRaises(PageError) as refused:
                self.play(text)
            self.assertTrue(str(refused.exception).startswith(told), refused.exception)


class Site(unittest.TestCase):
    def test_has_links_that_lead_nowhere(self):
        with tempfile.TemporaryDirectory() as folder:
            site = pathlib.Path(folder).resolve()
            (site / "b").mkdir()
            (site / "index.html").write_text('<h1 id="top">x</h1><a href="b/">y</a><a href="b/#there">y</a><a href="#top">y</a>'
                                             '<a href="https://example.org/x">y</a><a href="b/#nowhere">z</a><img src="none.png">')
            (site / "b" / "index.html").write_text('<p id="there"></p><a href="../c/">z</a>')
            self.assertEqual(list(links.broken_links(site)), ["b/index.html: ../c/ leads nowhere", "index.html: b/#nowhere: the page has no such place",
                                                              "index.html: none.png leads nowhere"])

    def test_is_laid_out_with_what_its_pages_lead_to(self):
        with tempfile.TemporaryDirectory() as folder:
            source = pathlib.Path(folder).resolve()
            (source / "docs").mkdir()
            (source / "docs" / "a.md").write_text("[b](../b.md#part) [c](https://example.org/) ![d](d.png) [e](gone.md)")
            (source / "b.md").write_text("")
            (source / "docs" / "d.png").write_bytes(b"")
            found = staging.files_that_it_leads_to(source, pathlib.PurePosixPath("docs/a.md"), (source / "docs" / "a.md").read_text())
            self.assertEqual([str(name) for name in found], ["b.md", "docs/d.png"])


if __name__ == "__main__":
    unittest.main()
