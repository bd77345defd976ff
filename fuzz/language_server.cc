// Whatever an editor sends, what it is sent is well-formed. An input that begins like a message is
// what the editor sends; any other is the text of a document, of which everything is asked: each
// request has one answer, ranges lie within the text, and what is formatted is formatted.

#include "harness/language_server/language_server.h"

#include <algorithm>
#include <string>

#include "fuzz/support/cuts.h"
#include "fuzz/support/modest.h"
#include "fuzz/support/require.h"
#include "fuzz/support/target.h"

namespace chatspec::fuzz {
namespace {

using namespace language_server;

class NoFiles : public SourceFiles {
 public:
  bool exists(const std::filesystem::path&) const override { return false; }
  std::expected<std::string, std::string> read(const std::filesystem::path&) const override {
    return std::unexpected("there is none");
  }
  std::vector<std::filesystem::path> list_scenarios(const std::filesystem::path&) const override {
    return {};
  }
};

const NoFiles kNoFiles;

// The messages in what the server sent.
std::vector<Received> read_all(std::string_view bytes) {
  MessageReader reader;
  reader.add(bytes);
  std::vector<Received> all;
  while (const auto message = reader.next()) {
    require(message->has_value(), "what is sent is framed", bytes);
    all.push_back(Received::parse(**message, nullptr, false));
    require(all.back().is_object() && all.back().value("jsonrpc", "") == "2.0",
            "what is sent is a message", **message);
  }
  return all;
}

// Feeds a stream in pieces that its hash says.
void send_stream(std::string_view stream) {
  LanguageServer server(kNoFiles, "");
  std::uint64_t hash = hash_of(stream);
  while (!stream.empty() && !server.has_ended()) {
    const std::size_t size = std::min<std::size_t>(1 + hash % 97, stream.size());
    read_all(server.take(stream.substr(0, size)));
    stream.remove_prefix(size);
    hash = hash * 31 + 7;
  }
}

constexpr const char* kUri = "file:///w/state/x.chat";

// An editor with one document.
class Editor {
 public:
  explicit Editor(Encoding encoding) : encoding_(encoding) {
    const bool is_utf8 = encoding == Encoding::kUtf8;
    ask("initialize",
        {{"capabilities",
          {{"general", {{"positionEncodings", Sent::array({is_utf8 ? "utf-8" : "utf-16"})}}},
           {"textDocument",
            {{"documentSymbol", {{"hierarchicalDocumentSymbolSupport", is_utf8}}}}}}}});
  }

  void open(const std::string& text) {
    text_ = Text(text);
    send({{"method", "textDocument/didOpen"},
          {"params", {{"textDocument", {{"uri", kUri}, {"text", text}}}}}});
  }

  const Text& text() const { return text_; }

  Received ask(const char* method, Sent params) {
    const auto answers = send({{"id", 1}, {"method", method}, {"params", std::move(params)}});
    require(answers.size() == 1, "a request has one answer", method);
    check_ranges(answers.front());
    return answers.front();
  }

  // Of the document; and of a place in it, if one is named.
  Received ask_of_document(const char* method, Sent more = Sent::object()) {
    more["textDocument"] = {{"uri", kUri}};
    return ask(method, std::move(more));
  }
  void ask_of_place(std::size_t offset) {
    const Position place = text_.position_of(offset, encoding_);
    const Sent position{{"line", place.line}, {"character", place.character}};
    for (const char* method :
         {"textDocument/hover", "textDocument/completion", "textDocument/definition"}) {
      require(ask_of_document(method, {{"position", position}}).contains("result"),
              "a place of the document is known", method);
    }
    require(ask_of_document("textDocument/codeAction",
                            {{"range", {{"start", position}, {"end", position}}}})
                .contains("result"),
            "a place of the document is known");
  }

 private:
  std::vector<Received> send(const Sent& message) {
    const std::string bytes = message.dump(-1, ' ', false, Sent::error_handler_t::replace);
    const auto answers = read_all(server_.take(frame(bytes)));
    for (const Received& answer : answers) check_ranges(answer);
    return answers;
  }

  void check_ranges(const Received& value) {
    if (value.is_object() && value.contains("start") && value.contains("end")) {
      for (const char* name : {"start", "end"}) {
        const Position position = read_position(value[name]);
        const std::size_t offset = text_.offset_of(position, encoding_);
        require(text_.position_of(offset, encoding_) == position, "ranges lie within the text",
                value.dump());
      }
      const Stretch stretch = read_range(value, text_, encoding_);
      require(text_.offset_of(read_position(value["start"]), encoding_) == stretch.begin,
              "ranges begin before they end", value.dump());
    }
    if (!value.is_structured()) return;
    for (const Received& member : value) check_ranges(member);
  }

  Encoding encoding_;
  LanguageServer server_{kNoFiles, ""};
  Text text_{""};
};

// As the editor hands it on: UTF-8, whatever it was.
std::string as_utf8(std::string_view text) {
  const Sent quoted = std::string(text);
  return Sent::parse(quoted.dump(-1, ' ', false, Sent::error_handler_t::replace));
}

void edit_document(const std::string& text) {
  const std::uint64_t hash = hash_of(text);
  Editor editor(hash % 2 == 0 ? Encoding::kUtf8 : Encoding::kUtf16);
  editor.open(text);
  editor.ask_of_document("textDocument/documentSymbol");
  editor.ask_of_document("textDocument/codeLens");
  constexpr std::size_t kPlaces = 8;
  for (std::size_t i = 0; i < kPlaces; ++i)
    editor.ask_of_place((hash >> (8 * i)) * 251 % (text.size() + 1));
  const Received formatted = editor.ask_of_document("textDocument/formatting");
  if (!formatted.contains("result") || formatted["result"].empty()) return;
  Text after = editor.text();
  const Received& edit = formatted["result"].front();
  const Encoding encoding = hash % 2 == 0 ? Encoding::kUtf8 : Encoding::kUtf16;
  after.replace(read_range(edit["range"], after, encoding),
                edit["newText"].get_ref<const std::string&>());
  editor.open(after.bytes());
  require(editor.ask_of_document("textDocument/formatting").at("result").empty(),
          "what is formatted is formatted", after.bytes());
}

}  // namespace

void test_one(std::string_view input) {
  if (input.starts_with("Content-")) return send_stream(input);
  if (is_modest(input)) edit_document(as_utf8(input));
}

}  // namespace chatspec::fuzz
