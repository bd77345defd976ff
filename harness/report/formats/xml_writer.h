// XML 1.0, well-formed whatever it is given.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "harness/report/formats/report_text.h"

namespace chatspec {

// Names of elements and attributes are the caller's own words; values and texts may be anything:
// they are made plain (plain_text.h) and escaped here.
class XmlWriter {
 public:
  // `out` must outlive it.
  explicit XmlWriter(ReportText& out);

  void open(std::string_view element);
  // Of the element that was opened last and has no text or element in it yet.
  void attribute(std::string_view name, std::string_view value);
  void text(std::string_view text);
  void close();

  // An element with nothing but a text.
  void element(std::string_view name, std::string_view text);

  // So many bytes have been written.
  std::size_t size() const { return out_.size(); }
  // Closes what is open. To be called once, at the end.
  void finish();

 private:
  void end_tag_begin();
  void begin_line();

  ReportText& out_;
  std::vector<std::string> open_{};
  bool in_tag_ = false;    // the last element's tag still takes attributes
  bool has_text_ = false;  // the element's end may not stand in a line of its own
};

}  // namespace chatspec
