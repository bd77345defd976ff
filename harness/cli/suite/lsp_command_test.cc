// chatspec lsp as an editor meets it: a process that reads and writes.

#include <array>
#include <csignal>
#include <string>
#include <string_view>
#include <unistd.h>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <sys/socket.h>
#include <sys/wait.h>

#include "harness/cell/file_descriptor.h"
#include "harness/cli/cli_test_support.h"
#include "harness/language_server/framing.h"
#include "harness/report/text/file_uri.h"

namespace chatspec {
namespace {

using namespace testing_cli;
using Json = nlohmann::json;

class Editor {
 public:
  Editor() {
    std::array<int, 2> ends{};
    EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()), 0);
    ours_ = FileDescriptor(ends[0]);
    const FileDescriptor theirs(ends[1]);
    const std::string program = kBin + "/chatspec";
    child_ = ::fork();
    if (child_ != 0) return;
    ::dup2(theirs.get(), STDIN_FILENO);
    ::dup2(theirs.get(), STDOUT_FILENO);
    ::execl(program.c_str(), program.c_str(), "lsp", "--stdio", nullptr);
    ::_exit(127);
  }
  ~Editor() {
    if (child_ > 0) ::kill(child_, SIGKILL), wait();
  }

  void send(Json message) const {
    message["jsonrpc"] = "2.0";
    const std::string bytes = language_server::frame(message.dump());
    ASSERT_EQ(::send(ours_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL), std::ssize(bytes));
  }

  // The next message; null where there is none.
  Json receive() {
    while (true) {
      if (const auto message = reader_.next()) return Json::parse(message->value_or("null"));
      std::array<char, 4096> piece{};
      const ssize_t count = ::recv(ours_.get(), piece.data(), piece.size(), 0);
      if (count <= 0) return nullptr;
      reader_.add({piece.data(), static_cast<std::size_t>(count)});
    }
  }

  // The exit status, once the server ends.
  int wait() {
    int status = 0;
    if (::waitpid(child_, &status, 0) != child_) return -1;
    child_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  void hang_up() { ours_.reset(); }

 private:
  FileDescriptor ours_;
  pid_t child_ = -1;
  language_server::MessageReader reader_;
};

TEST(Lsp, AnswersAnEditorAndEndsWithIt) {
  const Folder folder;
  const std::string uri =
      make_file_uri("", folder.write("state/x.chat", "scenario  it is on the disk\n"));
  Editor editor;
  editor.send({{"id", 1},
               {"method", "initialize"},
               {"params", {{"rootUri", make_file_uri("", folder.path().string())}}}});
  EXPECT_EQ(editor.receive().at("result").at("serverInfo").at("name"), "chatspec");
  // It needs a scenario of the suite, and one beside it.
  editor.send({{"method", "textDocument/didOpen"},
               {"params",
                {{"textDocument",
                  {{"uri", make_file_uri("", folder.at("state/y.chat"))},
                   {"text",
                    "scenario  t\ncovers    HELLO-2\nrole      server\n"
                    "needs     handshake/hello state/x state/z\n\nC: HELLO\nS: 260 OK\n"}}}}}});
  const Json told = editor.receive();
  EXPECT_EQ(told.at("method"), "textDocument/publishDiagnostics");
  ASSERT_EQ(told.at("params").at("diagnostics").size(), 1U) << told;
  EXPECT_EQ(told.at("params").at("diagnostics").front().at("code"), "unknown-scenario");
  editor.send({{"id", 2},
               {"method", "textDocument/definition"},
               {"params",
                {{"textDocument", {{"uri", make_file_uri("", folder.at("state/y.chat"))}}},
                 {"position", {{"line", 3}, {"character", 28}}}}}});
  EXPECT_EQ(editor.receive().at("result").at("uri"), uri);
  editor.send({{"id", 3}, {"method", "shutdown"}});
  EXPECT_EQ(editor.receive().at("id"), 3);
  editor.send({{"method", "exit"}});
  EXPECT_EQ(editor.wait(), 0);
}

TEST(Lsp, EndsWithAnErrorWhereTheEditorIsGone) {
  Editor editor;
  editor.send({{"id", 1}, {"method", "initialize"}, {"params", Json::object()}});
  EXPECT_FALSE(editor.receive().is_null());
  editor.hang_up();
  EXPECT_EQ(editor.wait(), 1);
}

}  // namespace
}  // namespace chatspec
