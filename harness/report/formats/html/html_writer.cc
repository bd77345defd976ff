#include "harness/report/formats/html/html_writer.h"

#include <cassert>

#include "harness/report/formats/plain_text.h"

namespace chatspec {
namespace {

std::string escape_html(std::string_view text) {
  std::string escaped;
  for (const char c : as_plain_text(text)) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

}  // namespace

void HtmlWriter::tag(std::string_view name, HtmlAttributes attributes) {
  out_.add("<");
  out_.add(name);
  for (const auto& [attribute, value] : attributes) {
    out_.add(" ");
    out_.add(attribute);
    if (!value.empty()) out_.add("=\"" + escape_html(value) + '"');
  }
  out_.add(">");
}

void HtmlWriter::open(std::string_view element, HtmlAttributes attributes) {
  tag(element, attributes);
  open_.emplace_back(element);
}

void HtmlWriter::text(std::string_view text) {
  out_.add(escape_html(text));
}

void HtmlWriter::close() {
  assert(!open_.empty());
  // A line end after a block keeps lines short; within a paragraph it would be a blank.
  static constexpr std::string_view kInline[] = {"a",    "span",  "code", "pre",
                                                 "text", "title", "b",    "i"};
  bool is_inline = false;
  for (const std::string_view name : kInline) is_inline = is_inline || open_.back() == name;
  out_.add("</" + open_.back() + (is_inline ? ">" : ">\n"));
  open_.pop_back();
}

void HtmlWriter::element(std::string_view name, std::string_view text, HtmlAttributes attributes) {
  open(name, attributes);
  this->text(text);
  close();
}

void HtmlWriter::marked_text(std::string_view text) {
  while (!text.empty()) {
    const std::size_t begin = text.find_first_of("`*");
    const std::size_t end = begin == text.npos ? text.npos : text.find(text[begin], begin + 1);
    this->text(text.substr(0, end == text.npos ? text.size() : begin));
    if (end == text.npos) return;
    element(text[begin] == '`' ? "code" : "i", text.substr(begin + 1, end - begin - 1));
    text.remove_prefix(end + 1);
  }
}

void HtmlWriter::empty_element(std::string_view name, HtmlAttributes attributes) {
  tag(name, attributes);
}

void HtmlWriter::finish() {
  assert(open_.empty());
}

}  // namespace chatspec
