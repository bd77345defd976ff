#include "harness/report/formats/html/html_writer.h"

#include <gtest/gtest.h>

namespace chatspec {
namespace {

std::string written(void (*write)(HtmlWriter&, std::string_view), std::string_view text = {}) {
  return collect_text([&](ReportText& out) {
    HtmlWriter html(out);
    write(html, text);
    html.finish();
  });
}

std::string paragraph(std::string_view text) {
  return written([](HtmlWriter& html, std::string_view it) { html.element("p", it); }, text);
}

TEST(HtmlWriter, LetsNoTextBecomeMarkup) {
  EXPECT_EQ(paragraph("</p><script>alert('&')</script>"),
            "<p>&lt;/p&gt;&lt;script&gt;alert('&amp;')&lt;/script&gt;</p>\n");
  EXPECT_EQ(paragraph("\x1b[31m\xff"), "<p>\\x1b[31m\\xff</p>\n");
}

TEST(HtmlWriter, LetsNoValueEndItsAttribute) {
  const std::string link = written([](HtmlWriter& html, std::string_view) {
    html.open("a", {{"href", "#\" onclick=\"x"}, {"hidden", ""}});
    html.close();
  });
  EXPECT_EQ(link, "<a href=\"#&quot; onclick=&quot;x\" hidden></a>");
}

TEST(HtmlWriter, KnowsTheMarkupOfTheProtocolsDocument) {
  const auto marked = [](std::string_view text) {
    return written([](HtmlWriter& html, std::string_view it) { html.marked_text(it); }, text);
  };
  EXPECT_EQ(marked("The *n*-th `DATA`."), "The <i>n</i>-th <code>DATA</code>.");
  EXPECT_EQ(marked("`a < b` and *"), "<code>a &lt; b</code> and *");
  EXPECT_EQ(marked("no end `here"), "no end `here");
}

}  // namespace
}  // namespace chatspec
