#include "harness/language_server/json_rpc.h"

#include <utility>

namespace chatspec::language_server {
namespace {

std::string to_text(const Sent& message) {
  return message.dump(-1, ' ', false, Sent::error_handler_t::replace);
}

// An id has no depth, so that it is copied as it is.
Sent copy_id(const Received& id) {
  if (id.is_string()) return id.get_ref<const std::string&>();
  if (id.is_number_unsigned()) return id.get<Received::number_unsigned_t>();
  if (id.is_number_integer()) return id.get<Received::number_integer_t>();
  return nullptr;
}

}  // namespace

bool is_id(const Received& value) {
  return value.is_string() || value.is_number_integer();
}

std::expected<Message, BadMessage> read_message(std::string_view text) {
  Received whole = Received::parse(text, nullptr, false);
  if (whole.is_discarded())
    return std::unexpected(BadMessage{{}, {ErrorCode::kParseError, "the message is no JSON"}});
  if (!whole.is_object()) {
    return std::unexpected(
        BadMessage{{}, {ErrorCode::kInvalidRequest, "a message is a JSON object"}});
  }
  Message message;
  const auto id = whole.find("id");
  const auto method = whole.find("method");
  message.is_request = id != whole.end();
  if (message.is_request && is_id(*id)) message.id = *id;
  if (method == whole.end() && (whole.contains("result") || whole.contains("error")))
    return Message{};
  if (message.is_request && message.id.is_null()) {
    return std::unexpected(
        BadMessage{{}, {ErrorCode::kInvalidRequest, "`id` is a whole number or a string"}});
  }
  if (method == whole.end() || !method->is_string()) {
    return std::unexpected(
        BadMessage{message.id, {ErrorCode::kInvalidRequest, "`method` is a string"}});
  }
  message.method = method->get_ref<const std::string&>();
  if (const auto params = whole.find("params"); params != whole.end())
    message.params = std::move(*params);
  return message;
}

std::string write_result(const Received& id, Sent result) {
  return to_text({{"jsonrpc", "2.0"}, {"id", copy_id(id)}, {"result", std::move(result)}});
}

std::string write_error(const Received& id, const RpcError& error) {
  return to_text({{"jsonrpc", "2.0"},
                  {"id", copy_id(id)},
                  {"error", {{"code", static_cast<int>(error.code)}, {"message", error.message}}}});
}

std::string write_notification(std::string_view method, Sent params) {
  return to_text({{"jsonrpc", "2.0"}, {"method", method}, {"params", std::move(params)}});
}

}  // namespace chatspec::language_server
