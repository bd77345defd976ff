// Received lines on standard output (OUT-1).

#pragma once

#include <cerrno>
#include <string>
#include <string_view>

#include "reference/text_sink.h"

namespace chat {

// A buffered file descriptor, which it borrows. Once the reader is gone, what is written is
// dropped: a session shall not end because nobody looks on. Where a terminal is at the other end,
// bytes outside printable ASCII are escaped.
class OutputStream {
 public:
  explicit OutputStream(int descriptor);
  ~OutputStream() { flush(); }
  OutputStream(const OutputStream&) = delete;
  OutputStream& operator=(const OutputStream&) = delete;

  void write(std::string_view bytes);
  // Ends a line.
  void end_line();
  void flush();
  // Why something could not be written, as errno; 0 where all could, or nobody reads any more.
  int failure() const { return broken_by_ == EPIPE ? 0 : broken_by_; }

 private:
  void put(std::string_view bytes);
  void write_out(std::string_view bytes);

  int descriptor_;
  bool is_terminal_;
  int broken_by_ = 0;
  std::string buffer_;
};

// Prints one connection's lines. Holds each line until it is complete, so that those of several
// connections do not mix, unless it is long.
class LinePrinter : public TextSink {
 public:
  explicit LinePrinter(OutputStream& out) : out_(&out) {}
  LinePrinter(const LinePrinter&) = delete;
  LinePrinter& operator=(const LinePrinter&) = delete;
  // A line that was begun is printed as it is.
  ~LinePrinter() override;

  void text(std::string_view piece) override;
  void line_end() override;

 private:
  OutputStream* out_;
  std::string line_;
  bool begun_ = false;
};

}  // namespace chat
