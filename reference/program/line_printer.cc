#include "reference/program/line_printer.h"

#include <cerrno>
#include <cstddef>
#include <poll.h>
#include <unistd.h>

#include "reference/text/quote.h"

namespace chat {
namespace {

constexpr std::size_t kBufferBytes = std::size_t{64} << 10;
constexpr std::size_t kHeldLineBytes = std::size_t{16} << 10;

}  // namespace

OutputStream::OutputStream(int descriptor)
    : descriptor_(descriptor), is_terminal_(isatty(descriptor) == 1) {}

void OutputStream::write(std::string_view bytes) {
  if (is_terminal_) {
    put(escape_bytes(bytes));
  } else {
    put(bytes);
  }
}

void OutputStream::end_line() {
  put("\n");
}

void OutputStream::flush() {
  write_out(buffer_);
  buffer_.clear();
}

void OutputStream::put(std::string_view bytes) {
  if (buffer_.size() + bytes.size() > kBufferBytes) flush();
  if (bytes.size() >= kBufferBytes) {
    write_out(bytes);
  } else {
    buffer_ += bytes;
  }
}

void OutputStream::write_out(std::string_view bytes) {
  while (!bytes.empty() && broken_by_ == 0) {
    const ssize_t size = ::write(descriptor_, bytes.data(), bytes.size());
    if (size >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(size));
    } else if (errno == EAGAIN) {
      // Somebody who shares the descriptor has made it non-blocking.
      pollfd wait{descriptor_, POLLOUT, 0};
      ::poll(&wait, 1, -1);
    } else if (errno != EINTR) {
      broken_by_ = errno;
    }
  }
}

LinePrinter::~LinePrinter() {
  if (begun_) line_end();
}

void LinePrinter::text(std::string_view piece) {
  begun_ = true;
  if (line_.size() + piece.size() <= kHeldLineBytes) {
    line_ += piece;
    return;
  }
  out_->write(line_);
  line_.clear();
  out_->write(piece);
}

void LinePrinter::line_end() {
  out_->write(line_);
  out_->end_line();
  line_.clear();
  begun_ = false;
}

}  // namespace chat
