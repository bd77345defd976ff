// A language server for scenarios (LSP 3.17): bytes of a client in, bytes to the client out. It
// knows no descriptor, no clock and no thread; the disk is handed in.

#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "harness/language_server/framing.h"
#include "harness/language_server/json_rpc.h"
#include "harness/language_server/protocol_json.h"
#include "harness/language_server/requests.h"
#include "harness/language_server/source_files.h"
#include "harness/language_server/workspace.h"

namespace chatspec::language_server {

class LanguageServer {
 public:
  // Borrows `files`. `library` is the folder of chatspec's own suite; empty where there is none.
  LanguageServer(const SourceFiles& files, const std::filesystem::path& library)
      : workspace_(files, library) {}

  // Takes what the client sent, in whatever pieces, and gives what is to be sent to it. All that
  // came at once is looked at together: a request that is cancelled behind it is not answered, and
  // what is wrong with a document is told once.
  std::string take(std::string_view bytes);

  // The client has sent `exit`, and nothing more is taken.
  bool has_ended() const { return stage_ == Stage::kEnded; }
  // Whether it has sent `shutdown`, as it should before it goes.
  bool was_shut_down() const { return was_shut_down_; }

 private:
  enum class Stage { kFresh, kInitialized, kShutDown, kEnded };
  using Notified = void (LanguageServer::*)(const Received& params);
  struct Notification;

  void handle(const Message& message, const std::vector<Received>& cancelled);
  Answer answer(const Message& request);
  Answer initialize(const Received& params);
  void notice(const Message& notification);

  void open_document(const Received& params);
  void change_document(const Received& params);
  void close_document(const Received& params);
  void look_again(const Received& params);
  void change_folders(const Received& params);

  void add_folder(const Received& uri);
  void note_version(const Received& params);
  void publish();

  MessageReader reader_;
  Workspace workspace_;
  ClientAbilities client_{};
  Stage stage_ = Stage::kFresh;
  bool was_shut_down_ = false;
  bool has_changes_ = false;                        // since diagnostics were published
  std::map<std::string, Sent> published_{};         // the last diagnostics of each open document
  std::map<std::string, std::int64_t> versions_{};  // of open documents, as the client counts them
  std::vector<std::string> out_{};
};

}  // namespace chatspec::language_server
