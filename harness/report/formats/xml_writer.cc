#include "harness/report/formats/xml_writer.h"

#include <cassert>
#include <utility>

#include "harness/report/formats/plain_text.h"

namespace chatspec {
namespace {

// What stands for a character that means something in XML; "" for any other. Line ends of an
// attribute would be read as blanks, and ">" could end a `]]>`.
std::string_view entity_of(char c, bool in_attribute) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return in_attribute ? "&quot;" : "";
    case '\n':
      return in_attribute ? "&#10;" : "";
    default:
      return "";
  }
}

std::string escape_xml(std::string_view text, bool in_attribute) {
  std::string out;
  for (const char c : as_plain_text(text)) {
    const std::string_view entity = entity_of(c, in_attribute);
    if (entity.empty()) {
      out += c;
    } else {
      out += entity;
    }
  }
  return out;
}

}  // namespace

XmlWriter::XmlWriter(ReportText& out) : out_(out) {
  out_.add("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
}

void XmlWriter::open(std::string_view element) {
  end_tag_begin();
  begin_line();
  out_.add("<");
  out_.add(element);
  open_.emplace_back(element);
  in_tag_ = true;
}

void XmlWriter::attribute(std::string_view name, std::string_view value) {
  assert(in_tag_);
  out_.add(" ");
  out_.add(name);
  out_.add("=\"" + escape_xml(value, true) + "\"");
}

void XmlWriter::text(std::string_view text) {
  end_tag_begin();
  out_.add(escape_xml(text, false));
  has_text_ = true;
}

void XmlWriter::close() {
  assert(!open_.empty());
  const std::string element = std::move(open_.back());
  open_.pop_back();
  if (std::exchange(in_tag_, false)) {
    out_.add("/>");
  } else {
    if (!has_text_) begin_line();
    out_.add("</" + element + ">");
  }
  has_text_ = false;
}

void XmlWriter::element(std::string_view name, std::string_view text) {
  open(name);
  this->text(text);
  close();
}

void XmlWriter::finish() {
  while (!open_.empty()) close();
  out_.add("\n");
}

void XmlWriter::end_tag_begin() {
  if (std::exchange(in_tag_, false)) out_.add(">");
}

void XmlWriter::begin_line() {
  out_.add("\n" + std::string(2 * open_.size(), ' '));
}

}  // namespace chatspec
