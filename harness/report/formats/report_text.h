// A report's text while it is written. It goes on in pieces to where it is wanted, so that of a log
// of very many cases it never is in memory as a whole.

#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace chatspec {

class ReportText {
 public:
  // `take` is given the pieces, one after the other, and may be called until finish() returns.
  explicit ReportText(std::function<void(std::string_view)> take) : take_(std::move(take)) {}

  void add(std::string_view text);
  // So many bytes have been added.
  std::size_t size() const { return size_; }
  // Hands on what has not been yet. To be called once, at the end.
  void finish();

 private:
  std::function<void(std::string_view)> take_;
  std::string pending_{};
  std::size_t size_ = 0;
};

// All that `write` adds.
std::string collect_text(const std::function<void(ReportText&)>& write);

}  // namespace chatspec
