// Records in which every text and every stretch of bytes is what somebody means harm with.

#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "harness/report/log/record.h"

namespace chatspec {

using namespace std::string_view_literals;

// What steers a terminal, ends what it stands in, is taken for a command, a formula or markup,
// cannot be written in a format at all, or shows a text as it is not.
inline constexpr std::array kHostileTexts{
    "\x1b]0;title\x07\x1b[31m\x1b[2J"sv,
    "]]></failure></testsuites><!--"sv,
    "</script><script>alert(1)</script>"sv,
    "a\n::error file=x,line=1::not ours\n::set-output name=a::b"sv,
    "##[error]not ours\r\n##vso[task.complete result=Succeeded;]"sv,
    "=1+1"sv,
    "+cmd|' /C calc'!A0"sv,
    "-2+3"sv,
    "@SUM(1)"sv,
    "\t=1,\"2\"\r\n\"3\","sv,
    "abc\xe2\x80\xae txt.exe \xe2\x81\xa6x\xe2\x80\x8b"sv,
    "\xed\xa0\x80 \xff\xfe \xc0\xaf \xf4\x90\x80\x80"sv,
    "nul\0nul\x01\x7f\xc2\x9b"sv,
    "\xef\xbf\xbe\xef\xbf\xbf\xf0\x9f\xbf\xbe\xf3\xa0\x81\x81"sv,
    "| `code` ``two`` ``` | <b>bold</b> **x** [a](http://b) ![i](x)"sv,
    "```\n# heading\n\n- [x] item\n\n1. one\n<details><summary>"sv,
    "https://example.org www.example.org a@example.org #12 @someone"sv,
    "x # SKIP not ours\nnot ok 99 - not ours\n1..0\nBail out!"sv,
    "  ...\n  ---\nkey: [value\n- \\# \\\\ %25 %0A"sv,
    "%s%n%{0} {} {0} ${HOME} $(id) `id` ; rm -rf /"sv,
    "  blanks at both ends  "sv,
    "../../etc/passwd"sv,
    "&lt;&#10;&amp;]]>\"'<"sv,
};

// A run of a case for each verdict, built and asked for its opening, with this text wherever one
// can stand; of what it wrote, a hundred million bytes are left out.
std::vector<Record> hostile_run(std::string_view text);

}  // namespace chatspec
