/* A student's server, with mistakes as they are found in real ones. It passes a conversation that comes line by line.

   1. Bytes behind the first line of a receive are lost (STREAM-2).
   2. The text ends at any line that begins with a dot (DATA-3).
   3. A line ends at its first NUL (BYTE-1).
   4. A line that is longer than the buffer is written behind its end (LIMIT-1).
   5. Escapes are undone in two passes, so "\\\\." becomes "." (ESC-2).

   The patches in mended/ mend one after the other. */

#include <stdlib.h>
#include <string.h>

#include "fuzz/parser/chat_parser.h"

enum { LINE = 64 };

struct chat_parser {
  const char* const* keys;
  size_t key_count, next_key;
  chat_send send;
  void* context;
  char line[LINE];
  size_t length;
  char* text;
  size_t text_length;
  enum { GREETING, COMMAND, MESSAGE, VERDICT } state;
};

struct chat_parser* chat_parser_open(const char* const* keys, size_t key_count, chat_send send, void* context) {
  struct chat_parser* p = calloc(1, sizeof *p);
  p->keys = keys;
  p->key_count = key_count;
  p->send = send;
  p->context = context;
  return p;
}

static void say(struct chat_parser* p, const char* words) {
  p->send(p->context, words, strlen(words));
}

static void undo(char* line, const char* escape, char meant) {
  char* at = line;
  while ((at = strstr(at, escape)) != NULL) {
    *at = meant;
    memmove(at + 1, at + 2, strlen(at + 2) + 1);
    at++;
  }
}

static void append(struct chat_parser* p, const char* words) {
  p->text = realloc(p->text, p->text_length + strlen(words) + 1);
  strcpy(p->text + p->text_length, words);
  p->text_length += strlen(words);
}

static void sign(struct chat_parser* p) {
  char digits[65];
  append(p, p->keys[p->next_key++]);
  chat_sha256_hex(p->text, p->text_length, digits);
  say(p, "270 SIG\n");
  say(p, digits);
  say(p, "\n");
  p->text_length = 0;
  p->state = VERDICT;
}

static int take_line(struct chat_parser* p, char* line) {
  switch (p->state) {
    case GREETING:
      if (strcmp(line, "HELLO") != 0) return 1;
      say(p, "260 OK\n");
      p->state = COMMAND;
      return 0;
    case COMMAND:
      if (strcmp(line, "DATA") != 0 || p->next_key == p->key_count) return 1;
      p->state = MESSAGE;
      return 0;
    case MESSAGE:
      if (line[0] == '.') {
        sign(p);
        return 0;
      }
      undo(line, "\\\\", '\\');
      undo(line, "\\.", '.');
      append(p, line);
      return 0;
    case VERDICT:
      if (strcmp(line, "PASS") != 0 && strcmp(line, "FAIL") != 0) return 1;
      say(p, "260 OK\n");
      p->state = COMMAND;
      return 0;
  }
  return 1;
}

int chat_parser_receive(struct chat_parser* p, const char* bytes, size_t size) {
  for (size_t i = 0; i < size; i++) {
    if (bytes[i] != '\n') {
      p->line[p->length++] = bytes[i];
      continue;
    }
    if (p->length > 0 && p->line[p->length - 1] == '\r') p->length--;
    p->line[p->length] = '\0';
    p->length = 0;
    return take_line(p, p->line);
  }
  return 0;
}

void chat_parser_close(struct chat_parser* p) {
  free(p->text);
  free(p);
}
