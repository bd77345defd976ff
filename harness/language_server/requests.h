// What the server answers to each request about documents.

#pragma once

#include <expected>
#include <string_view>

#include "harness/language_server/json_rpc.h"
#include "harness/language_server/protocol_json.h"
#include "harness/language_server/workspace.h"

namespace chatspec::language_server {

using Answer = std::expected<Sent, RpcError>;

// The result, or why there is none: that no such method is known, what is wrong with its
// parameters, or what does not let it be done.
Answer answer_request(std::string_view method, const Received& params, const Workspace& workspace,
                      const ClientAbilities& client);

}  // namespace chatspec::language_server
