#include "harness/explore/protocol/signature_watch.h"

#include <utility>

namespace chatspec {

SignatureWatch::SignatureWatch(const chat::Profile& profile, std::span<const std::string> keys)
    : profile_(&profile), keys_(keys), signer_(profile), units_(profile), text_(profile, signer_) {}

void SignatureWatch::begin() {
  if (right_.size() > 1) right_ = {std::move(right_.back())};
  is_new_ = false;
}

void SignatureWatch::hear(std::string_view bytes) {
  while (!bytes.empty()) {
    if (in_text_) {
      hear_text(bytes);
    } else if (begins_text(bytes)) {
      in_text_ = true;
      signer_.begin(begun_ < keys_.size() ? std::string_view(keys_[begun_]) : "");
      ++begun_;
    }
  }
}

// What is no unit of the protocol is passed over.
bool SignatureWatch::begins_text(std::string_view& bytes) {
  const auto unit = units_.next(bytes);
  if (unit) return *unit && **unit == profile_->data;
  units_ = chat::UnitReader(*profile_);
  bytes = {};
  return false;
}

void SignatureWatch::hear_text(std::string_view& bytes) {
  const auto message = text_.next(bytes);
  if (!message || !*message) return;
  in_text_ = false;
  if (!is_new_) right_.clear();
  is_new_ = true;
  std::string signature = signer_.finish();
  right_.push_back(begun_ <= keys_.size() ? std::move(signature) : "");
}

}  // namespace chatspec
