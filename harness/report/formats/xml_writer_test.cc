#include "harness/report/formats/xml_writer.h"

#include <gtest/gtest.h>

namespace chatspec {
namespace {

TEST(XmlWriter, NestsElementsAndKeepsTextsAsTheyAre) {
  const std::string written = collect_text([](ReportText& out) {
    XmlWriter xml(out);
    xml.open("a");
    xml.attribute("name", "one \"two\"\nthree");
    xml.open("b");
    xml.text("1 < 2 && ]]>\n  \x1b");
    xml.close();
    xml.element("c", "");
    xml.open("d");
    xml.attribute("empty", "");
    xml.finish();
  });
  EXPECT_EQ(written,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<a name=\"one &quot;two&quot;&#10;three\">\n"
            "  <b>1 &lt; 2 &amp;&amp; ]]&gt;\n  \\x1b</b>\n"
            "  <c></c>\n"
            "  <d empty=\"\"/>\n"
            "</a>\n");
}

}  // namespace
}  // namespace chatspec
