#include "harness/language_server/requests.h"

#include <array>
#include <utility>

#include <fmt/format.h>

#include "reference/text/quote.h"
#include "reference/text/word_table.h"

namespace chatspec::language_server {
namespace {

// A request about an open document.
struct Asked {
  const Workspace& workspace;
  const Document& document;
  const Received& params;
  const ClientAbilities& client;

  Places places() const { return {document, client.encoding}; }
  std::size_t offset() const {
    return document.text.offset_of(read_position(params.at("position")), client.encoding);
  }
};

Answer answer_hover(const Asked& asked) {
  const auto hover = hover_at(asked.workspace, asked.document, asked.offset());
  return hover ? write_hover(asked.places(), *hover) : Sent(nullptr);
}

Answer answer_completion(const Asked& asked) {
  return write_completion(asked.places(),
                          complete_at(asked.workspace, asked.document, asked.offset()));
}

Answer answer_definition(const Asked& asked) {
  const auto target = find_definition(asked.workspace, asked.document, asked.offset());
  return target ? write_location(*target, asked.client.encoding) : Sent(nullptr);
}

Answer answer_document_symbol(const Asked& asked) {
  return write_outline(asked.places(), outline_of(asked.document),
                       asked.client.takes_nested_symbols);
}

Answer answer_formatting(const Asked& asked) {
  const auto edit = format_document(asked.document);
  if (!edit) return std::unexpected(RpcError{ErrorCode::kRequestFailed, edit.error()});
  Sent edits = Sent::array();
  if (*edit) edits.push_back(write_edit(asked.places(), **edit));
  return edits;
}

Answer answer_code_lens(const Asked& asked) {
  return write_lenses(asked.places(), lenses_of(asked.document));
}

Answer answer_code_action(const Asked& asked) {
  const Stretch touched =
      read_range(asked.params.at("range"), asked.document.text, asked.client.encoding);
  Sent actions = Sent::array();
  for (const QuickFix& fix :
       find_fixes(asked.document, asked.workspace.check(asked.document), touched))
    actions.push_back(write_fix(asked.places(), fix));
  return actions;
}

struct Method {
  std::string_view word;
  Answer (*answer)(const Asked&);
};
constexpr std::array kMethods{
    Method{"textDocument/hover", answer_hover},
    Method{"textDocument/completion", answer_completion},
    Method{"textDocument/definition", answer_definition},
    Method{"textDocument/documentSymbol", answer_document_symbol},
    Method{"textDocument/formatting", answer_formatting},
    Method{"textDocument/codeLens", answer_code_lens},
    Method{"textDocument/codeAction", answer_code_action},
};

}  // namespace

Answer answer_request(std::string_view method, const Received& params, const Workspace& workspace,
                      const ClientAbilities& client) {
  const Method* known = chat::find_word(kMethods, method);
  if (!known) {
    return std::unexpected(RpcError{ErrorCode::kMethodNotFound,
                                    fmt::format("there is no method {}", chat::quote(method))});
  }
  try {
    const std::string& uri = params.at("textDocument").at("uri").get_ref<const std::string&>();
    const Document* document = workspace.find_open(uri);
    if (!document) {
      return std::unexpected(
          RpcError{ErrorCode::kInvalidParams, fmt::format("{} is not open", chat::quote(uri))});
    }
    return known->answer({workspace, *document, params, client});
  } catch (const Received::exception&) {
    return std::unexpected(RpcError{ErrorCode::kInvalidParams,
                                    fmt::format("the parameters are not those of {}", method)});
  }
}

}  // namespace chatspec::language_server
