// The messages of JSON-RPC 2.0, of which those of the Language Server Protocol are made.

#pragma once

#include <expected>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

namespace chatspec::language_server {

// What was read, of which members are looked up quickly, and what is written, whose members keep
// their order.
using Received = nlohmann::json;
using Sent = nlohmann::ordered_json;

// JSON-RPC 2.0, "Error object", and LSP 3.17, "ErrorCodes".
enum class ErrorCode {
  kParseError = -32700,
  kInvalidRequest = -32600,
  kMethodNotFound = -32601,
  kInvalidParams = -32602,
  kServerNotInitialized = -32002,
  kRequestFailed = -32803,
  kRequestCancelled = -32800,
};

struct RpcError {
  ErrorCode code = ErrorCode::kInvalidRequest;
  std::string message{};
};

// Whether it may be the id of a request: a whole number or a string.
bool is_id(const Received& value);

struct Message {
  Received id{};         // null of what is no request
  std::string method{};  // empty of an answer to the server
  Received params{};     // null where there are none
  bool is_request = false;
};

struct BadMessage {
  Received id{};  // null where it has none that could be told
  RpcError error{};
};

std::expected<Message, BadMessage> read_message(std::string_view text);

// Each as text. Bytes in them that are no UTF-8 are replaced.
std::string write_result(const Received& id, Sent result);
std::string write_error(const Received& id, const RpcError& error);
std::string write_notification(std::string_view method, Sent params);

}  // namespace chatspec::language_server
