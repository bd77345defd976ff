// The reference server behind the interface for other people's parsers.

#include <string>
#include <vector>

#include "fuzz/parser/chat_parser.h"
#include "reference/recording_sink.h"
#include "reference/server_session.h"

struct chat_parser {
  chat_parser(std::vector<std::string> its_keys, chat_send its_send, void* its_context)
      : keys(std::move(its_keys)),
        session(*chat::find_profile("line"), keys, sink, {.unit_bytes = std::size_t{1} << 30}),
        send(its_send),
        context(its_context) {}

  std::vector<std::string> keys;
  chat::RecordingSink sink;
  chat::ServerSession session;
  chat_send send;
  void* context;
};

chat_parser* chat_parser_open(const char* const* keys, std::size_t key_count, chat_send send,
                              void* context) {
  return new chat_parser({keys, keys + key_count}, send, context);
}

int chat_parser_receive(chat_parser* parser, const char* bytes, std::size_t size) {
  parser->session.receive({bytes, size});
  const std::string out = parser->session.take_output();
  if (!out.empty()) parser->send(parser->context, out.data(), out.size());
  return parser->session.finished() ? 1 : 0;
}

void chat_parser_close(chat_parser* parser) {
  delete parser;
}
