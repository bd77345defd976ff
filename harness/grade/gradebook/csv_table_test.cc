#include "harness/grade/gradebook/csv_table.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace chatspec {
namespace {

// "LINE[value|value]" for each record, or the error.
std::string read(std::string text) {
  const auto table = parse_csv(std::move(text));
  if (!table) return table.error();
  std::string shown;
  for (const CsvRecord& record : table->records) {
    shown += fmt::format("{}[", record.line);
    for (const CsvField& field : record.fields)
      shown += (&field == &record.fields.front() ? "" : "|") + field.value;
    shown += "]";
  }
  return shown;
}

TEST(CsvTable, IsReadAsRfc4180HasIt) {
  for (const auto& [text, shown] : {
           std::pair("a,b\r\nc,d\r\n", "1[a|b]2[c|d]"),
           std::pair("a,b\nc,d", "1[a|b]2[c|d]"),
           std::pair("a,\n,\n", "1[a|]2[|]"),
           std::pair("\"a,b\",\"c\"\"d\"\n", "1[a,b|c\"d]"),
           std::pair("\"a\nb\",c\nd,e\n", "1[a\nb|c]3[d|e]"),
           std::pair("\"\",x\n", "1[|x]"),
           std::pair("\xef\xbb\xbf\"a\",b\n", "1[a|b]"),
           std::pair("a;b,c;d\n1;2;3\n", "1[a|b,c|d]2[1|2|3]"),
           std::pair("a\tb\n", "1[a|b]"),
           std::pair("a\n\n\r\nb\n", "1[a]4[b]"),
           std::pair("a\rb,c\n", "1[a\rb|c]"),
       })
    EXPECT_EQ(read(text), shown) << text;
}

TEST(CsvTable, SaysWhereItIsNone) {
  for (const auto& [text, error] : {
           std::pair("a,b\nc,\"d\ne,f\n", "line 2: a quote is opened and never closed"),
           std::pair("a\n\"b\"c\n",
                     "line 2: expected a separator or the end of the line after a closing quote"),
           std::pair("a\nb\"c\n",
                     "line 2: a quote stands within a field that does not begin with one"),
           std::pair("\n\n",
                     "line 1: expected a line with the names of columns, but nothing is there"),
           std::pair("", "line 1: expected a line with the names of columns, but nothing is there"),
       })
    EXPECT_EQ(read(text), error) << text;
  EXPECT_EQ(read(std::string("a\0,\0", 4)),
            "line 1: expected text in UTF-8, but there are NUL bytes in it");
}

TEST(CsvTable, KnowsWhereEachFieldStands) {
  const auto table = parse_csv(
      "\xef\xbb\xbf"
      "a,\"b\"\"c\",\r\nd,,e");
  ASSERT_TRUE(table) << table.error();
  std::string places;
  for (const CsvRecord& record : table->records) {
    for (const CsvField& field : record.fields)
      places += table->text.substr(field.begin, field.length) + (field.is_quoted ? "q|" : "|");
  }
  EXPECT_EQ(places, "a|\"b\"\"c\"q||d||e|");
}

}  // namespace
}  // namespace chatspec
