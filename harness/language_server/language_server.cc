#include "harness/language_server/language_server.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "harness/report/text/file_uri.h"
#include "reference/text/quote.h"
#include "reference/text/word_table.h"

namespace chatspec::language_server {
namespace {

// The ids of requests that are cancelled.
std::vector<Received> list_cancelled(const std::vector<Message>& messages) {
  std::vector<Received> ids;
  for (const Message& message : messages) {
    if (message.method != "$/cancelRequest" || !message.params.is_object()) continue;
    const auto id = message.params.find("id");
    if (id != message.params.end() && is_id(*id)) ids.push_back(*id);
  }
  return ids;
}

const std::string& uri_of(const Received& params) {
  return params.at("textDocument").at("uri").get_ref<const std::string&>();
}

}  // namespace

struct LanguageServer::Notification {
  std::string_view word;
  Notified notice;
};

std::string LanguageServer::take(std::string_view bytes) {
  reader_.add(bytes);
  std::vector<Message> messages;
  while (auto next = reader_.next()) {
    if (!*next) {
      out_.push_back(write_error({}, {ErrorCode::kParseError, next->error()}));
      continue;
    }
    auto message = read_message(**next);
    if (message) {
      messages.push_back(*std::move(message));
    } else {
      out_.push_back(write_error(message.error().id, message.error().error));
    }
  }
  const std::vector<Received> cancelled = list_cancelled(messages);
  for (const Message& message : messages) {
    if (!has_ended()) handle(message, cancelled);
  }
  if (has_changes_ && stage_ == Stage::kInitialized) publish();
  std::string out;
  for (const std::string& message : std::exchange(out_, {})) out += frame(message);
  return out;
}

void LanguageServer::handle(const Message& message, const std::vector<Received>& cancelled) {
  if (!message.is_request) return notice(message);
  const bool is_cancelled = std::ranges::find(cancelled, message.id) != cancelled.end();
  // What changes the server's stage is done all the same, since the client counts on it.
  const bool is_about_stage = message.method == "initialize" || message.method == "shutdown";
  Answer answered =
      is_cancelled && !is_about_stage
          ? std::unexpected(RpcError{ErrorCode::kRequestCancelled, "it was cancelled"})
          : answer(message);
  out_.push_back(answered ? write_result(message.id, *std::move(answered))
                          : write_error(message.id, answered.error()));
}

Answer LanguageServer::answer(const Message& request) {
  if (stage_ == Stage::kShutDown) {
    return std::unexpected(
        RpcError{ErrorCode::kInvalidRequest, "after `shutdown` nothing is answered"});
  }
  if (request.method == "initialize") return initialize(request.params);
  if (stage_ == Stage::kFresh) {
    return std::unexpected(
        RpcError{ErrorCode::kServerNotInitialized, "`initialize` is to be the first request"});
  }
  if (request.method == "shutdown") {
    stage_ = Stage::kShutDown;
    was_shut_down_ = true;
    return Sent(nullptr);
  }
  return answer_request(request.method, request.params, workspace_, client_);
}

Answer LanguageServer::initialize(const Received& params) {
  if (stage_ != Stage::kFresh) {
    return std::unexpected(
        RpcError{ErrorCode::kInvalidRequest, "the server is initialized already"});
  }
  if (!params.is_object()) {
    return std::unexpected(
        RpcError{ErrorCode::kInvalidParams, "the parameters of `initialize` are an object"});
  }
  client_ = read_abilities(params);
  if (const auto folders = params.find("workspaceFolders");
      folders != params.end() && folders->is_array()) {
    for (const Received& folder : *folders) {
      if (folder.is_object() && folder.contains("uri")) add_folder(folder["uri"]);
    }
  } else if (params.contains("rootUri")) {
    add_folder(params["rootUri"]);
  }
  stage_ = Stage::kInitialized;
  return initialize_result(client_);
}

void LanguageServer::notice(const Message& notification) {
  static constexpr std::array kNotifications{
      Notification{"textDocument/didOpen", &LanguageServer::open_document},
      Notification{"textDocument/didChange", &LanguageServer::change_document},
      Notification{"textDocument/didClose", &LanguageServer::close_document},
      Notification{"textDocument/didSave", &LanguageServer::look_again},
      Notification{"workspace/didChangeWatchedFiles", &LanguageServer::look_again},
      Notification{"workspace/didChangeWorkspaceFolders", &LanguageServer::change_folders},
  };
  if (notification.method == "exit") {
    stage_ = Stage::kEnded;
    return;
  }
  const Notification* known = chat::find_word(kNotifications, notification.method);
  if (!known || stage_ != Stage::kInitialized) return;  // as LSP 3.17 says of both
  try {
    (this->*known->notice)(notification.params);
  } catch (const Received::exception&) {
    // A notification has no answer, but whoever writes a client should see it.
    constexpr int kError = 1;
    out_.push_back(write_notification(
        "window/logMessage",
        {{"type", kError},
         {"message", fmt::format("the parameters are not those of {}", notification.method)}}));
  }
}

void LanguageServer::open_document(const Received& params) {
  const Received& document = params.at("textDocument");
  const std::string& uri = uri_of(params);
  workspace_.forget_files();
  workspace_.open(uri, document.at("text").get<std::string>());
  published_.erase(uri);
  note_version(params);
  has_changes_ = true;
}

void LanguageServer::change_document(const Received& params) {
  const std::string& uri = uri_of(params);
  const Document* document = workspace_.find_open(uri);
  if (!document) return;
  Text text = document->text;
  for (const Received& change : params.at("contentChanges"))
    apply_change(change, client_.encoding, text);
  workspace_.change(uri, std::move(text));
  note_version(params);
  has_changes_ = true;
}

void LanguageServer::note_version(const Received& params) {
  const std::string& uri = uri_of(params);
  const Received& document = params.at("textDocument");
  const auto version = document.find("version");
  if (version != document.end() && version->is_number_integer())
    versions_[uri] = version->get<std::int64_t>();
  else
    versions_.erase(uri);
}

void LanguageServer::close_document(const Received& params) {
  const std::string& uri = uri_of(params);
  if (!workspace_.find_open(uri)) return;
  workspace_.close(uri);
  workspace_.forget_files();
  published_.erase(uri);
  versions_.erase(uri);
  out_.push_back(write_notification("textDocument/publishDiagnostics",
                                    {{"uri", uri}, {"diagnostics", Sent::array()}}));
  has_changes_ = true;
}

void LanguageServer::look_again(const Received&) {
  workspace_.forget_files();
  has_changes_ = true;
}

void LanguageServer::change_folders(const Received& params) {
  for (const Received& folder : params.at("event").at("removed")) {
    if (const auto path = path_of_file_uri(folder.at("uri").get_ref<const std::string&>()))
      workspace_.remove_folder(*path);
  }
  for (const Received& folder : params.at("event").at("added")) add_folder(folder.at("uri"));
  look_again(params);
}

void LanguageServer::add_folder(const Received& uri) {
  if (!uri.is_string()) return;
  if (const auto path = path_of_file_uri(uri.get_ref<const std::string&>()))
    workspace_.add_folder(*path);
}

// Of every open document, since what is wrong with one may depend on others; but told only where it
// is not what was told before.
void LanguageServer::publish() {
  has_changes_ = false;
  for (const auto& [uri, document] : workspace_.open_documents()) {
    Sent diagnostics = write_diagnostics({document, client_.encoding}, workspace_.check(document));
    const auto told = published_.find(uri);
    if (told != published_.end() && told->second == diagnostics) continue;
    Sent params{{"uri", uri}};
    const auto version = versions_.find(uri);
    if (client_.reads_versions && version != versions_.end()) params["version"] = version->second;
    params["diagnostics"] = diagnostics;
    out_.push_back(write_notification("textDocument/publishDiagnostics", std::move(params)));
    published_[uri] = std::move(diagnostics);
  }
}

}  // namespace chatspec::language_server
