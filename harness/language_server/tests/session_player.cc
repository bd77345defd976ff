#include "harness/language_server/tests/session_player.h"

#include <algorithm>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "harness/language_server/framing.h"
#include "harness/language_server/language_server.h"
#include "harness/language_server/tests/fake_files.h"

namespace chatspec::language_server {
namespace {

constexpr std::string_view kIndent = "  ";

struct Block {
  std::string verb{};
  std::string head{};               // what stands after the verb
  std::vector<std::string> body{};  // without the indent

  std::string text() const {
    std::string all;
    for (const std::string& line : body) all += line + "\n";
    while (all.ends_with("\n\n")) all.pop_back();
    return all;
  }
};

std::vector<std::string> lines_of_session(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1);
    lines.emplace_back(text.substr(0, text[end] == '\n' ? end : end + 1));
    text.remove_prefix(end + 1);
  }
  return lines;
}

Block begin_block(const std::string& line) {
  const std::size_t blank = std::min(line.find(' '), line.size());
  return {line.substr(0, blank), line.substr(std::min(blank + 1, line.size())), {}};
}

std::string unescape(std::string_view text) {
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size()) {
      const char c = text[++i];
      bytes += c == 'r' ? '\r' : c == 'n' ? '\n' : c;
    } else {
      bytes += text[i];
    }
  }
  return bytes;
}

// In as few lines as fit.
std::string lay_out(const Sent& value, const std::string& indent) {
  constexpr std::size_t kWidth = 100;
  const std::string whole = value.dump();
  if (!value.is_structured() || indent.size() + whole.size() <= kWidth) return whole;
  std::string text = value.is_object() ? "{" : "[";
  bool is_first = true;
  for (const auto& [name, member] : value.items()) {
    text += (is_first ? "\n" : ",\n") + indent + std::string(kIndent);
    if (value.is_object()) text += Sent(name).dump() + ": ";
    text += lay_out(member, indent + std::string(kIndent));
    is_first = false;
  }
  return text + "\n" + indent + (value.is_object() ? "}" : "]");
}

class Player {
 public:
  std::string play(std::string_view session) {
    Block block;
    bool has_block = false;
    for (const std::string& line : lines_of_session(session)) {
      const bool goes_on = line.starts_with(kIndent) || (line.empty() && has_block);
      if (goes_on) {
        block.body.push_back(line.substr(std::min(kIndent.size(), line.size())));
        continue;
      }
      if (has_block) play_block(block);
      block = begin_block(line);
      has_block = true;
    }
    if (has_block) play_block(block);
    return played_;
  }

 private:
  // As it was kept; but for what the server is to say, which is known better now.
  void play_block(const Block& block) {
    if (block.verb == "get" || block.verb == "ended") return;
    played_ += block.verb + (block.head.empty() ? "" : " ") + block.head + "\n";
    for (const std::string& line : block.body)
      played_ += line.empty() ? "\n" : std::string(kIndent) + line + "\n";
    if (block.verb == "start") {
      start(block.head);
    } else if (block.verb == "disk") {
      files_.content[block.head] = block.text();
    } else if (block.verb == "open") {
      send({{"method", "textDocument/didOpen"},
            {"params",
             {{"textDocument",
               {{"uri", block.head},
                {"languageId", "chatspec"},
                {"version", 1},
                {"text", block.text()}}}}}});
    } else if (block.verb == "send") {
      send(Sent::parse(block.head + block.text()));
    } else if (block.verb == "bytes") {
      take(unescape(block.head));
    } else {
      EXPECT_EQ(block.verb.substr(0, 1), "#") << "no block of a session is called so";
    }
  }

  // What the server can do is told in a session of its own.
  void start(const std::string& folder) {
    const Sent request{{"jsonrpc", "2.0"},
                       {"id", 0},
                       {"method", "initialize"},
                       {"params", {{"rootUri", folder}, {"capabilities", Sent::object()}}}};
    EXPECT_NE(server_.take(frame(request.dump())), "");
    send({{"method", "initialized"}, {"params", Sent::object()}});
  }

  void send(Sent message) {
    message["jsonrpc"] = "2.0";
    take(frame(message.dump()));
  }

  void take(std::string_view bytes) {
    reader_.add(server_.take(bytes));
    while (auto message = reader_.next()) {
      Sent value = Sent::parse(message->value());
      EXPECT_EQ(value.at("jsonrpc"), "2.0");
      value.erase("jsonrpc");
      if (value.contains("result") && value["result"].contains("serverInfo"))
        value["result"]["serverInfo"].erase("version");
      played_ += "get " + lay_out(value, std::string(kIndent)) + "\n";
    }
    if (server_.has_ended()) played_ += server_.was_shut_down() ? "ended 0\n" : "ended 1\n";
  }

  FakeFiles files_;
  LanguageServer server_{files_, "/suite"};
  MessageReader reader_;
  std::string played_;
};

}  // namespace

std::string play_session(std::string_view session) {
  return Player().play(session);
}

}  // namespace chatspec::language_server
