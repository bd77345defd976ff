// A field that few records have. A log may hold a hundred thousand cases, and most of them have
// none of a dozen such fields.

#pragma once

#include <cassert>
#include <memory>
#include <optional>
#include <utility>

namespace chatspec {

// Like std::optional, but takes a pointer's room where there is nothing. A copy is one of the
// value.
template <typename T>
class Rare {
 public:
  Rare() = default;
  Rare(std::nullopt_t) {}
  Rare(const T& value) : value_(std::make_unique<T>(value)) {}
  Rare(T&& value) : value_(std::make_unique<T>(std::move(value))) {}
  Rare(std::optional<T> value) {
    if (value) value_ = std::make_unique<T>(*std::move(value));
  }
  Rare(const Rare& other) : value_(other ? std::make_unique<T>(*other) : nullptr) {}
  Rare(Rare&&) noexcept = default;
  Rare& operator=(Rare other) noexcept {
    std::swap(value_, other.value_);
    return *this;
  }
  ~Rare() = default;

  explicit operator bool() const { return value_ != nullptr; }
  bool has_value() const { return value_ != nullptr; }
  T& operator*() {
    assert(value_);
    return *value_;
  }
  const T& operator*() const {
    assert(value_);
    return *value_;
  }
  T* operator->() { return &**this; }
  const T* operator->() const { return &**this; }
  void reset() { value_.reset(); }
  // Puts a fresh one in place of what there was.
  T& emplace() { return *(value_ = std::make_unique<T>()); }

  friend bool operator==(const Rare& one, const Rare& other) {
    return one.has_value() == other.has_value() && (!one || *one == *other);
  }

 private:
  std::unique_ptr<T> value_{};
};

}  // namespace chatspec
