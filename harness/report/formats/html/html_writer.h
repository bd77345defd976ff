// HTML, well-formed whatever it is given.

#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "harness/report/formats/report_text.h"

namespace chatspec {

// Of an element: names and values. One without a value ("open", "hidden") has "" for it.
using HtmlAttributes = std::initializer_list<std::pair<std::string_view, std::string_view>>;

// Names of elements and attributes are the caller's own words; values and texts may be anything:
// they are made plain (plain_text.h) and escaped here.
class HtmlWriter {
 public:
  // `out` must outlive it.
  explicit HtmlWriter(ReportText& out) : out_(out) {}

  void open(std::string_view element, HtmlAttributes attributes = {});
  void text(std::string_view text);
  void close();

  // An element with nothing but a text.
  void element(std::string_view name, std::string_view text, HtmlAttributes attributes = {});
  // A text with the markup of PROTOCOL.md: `code` and *emphasis*.
  void marked_text(std::string_view text);
  // One that has neither content nor end: `meta`, `input`.
  void empty_element(std::string_view name, HtmlAttributes attributes);
  // Our own words, as they stand: what is in a script or a style has no escapes.
  void trusted(std::string_view markup) { out_.add(markup); }

  // So many bytes have been written.
  std::size_t size() const { return out_.size(); }
  // To be called once, at the end: nothing may be open.
  void finish();

 private:
  void tag(std::string_view name, HtmlAttributes attributes);

  ReportText& out_;
  std::vector<std::string> open_{};
};

}  // namespace chatspec
