/* The interface to which a server's parser is linked so that it can be fuzzed: bytes in, bytes out,
   no socket. Write these three functions around your own code, in C or C++; fuzz/README.md says how
   to run it. */

#ifndef CHATSPEC_FUZZ_CHAT_PARSER_H
#define CHATSPEC_FUZZ_CHAT_PARSER_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* One connection. Yours to define. */
struct chat_parser;

/* Takes what the server sends, `size` bytes, in order; `context` is the one given to
 * chat_parser_open. */
typedef void (*chat_send)(void* context, const char* bytes, size_t size);

/* A client has connected. The n-th DATA is to be signed with the n-th key. The keys stay valid
   until chat_parser_close. Called many thousand times in one process: keep no state outside of what
   you return. */
struct chat_parser* chat_parser_open(const char* const* keys, size_t key_count, chat_send send,
                                     void* context);

/* What one recv() has returned. Bytes may have any value, NUL too, and may be cut anywhere. Returns
   0 to go on, and 1 where the server closes the connection; it is then not called again for this
   connection. */
int chat_parser_receive(struct chat_parser* parser, const char* bytes, size_t size);

/* The connection is gone. Frees everything. */
void chat_parser_close(struct chat_parser* parser);

/* At your service, should your parser have no SHA-256 of its own: writes the hash of the bytes as
   64 lower-case hexadecimal digits and a NUL. */
void chat_sha256_hex(const char* bytes, size_t size, char digits[65]);

#ifdef __cplusplus
}
#endif

#endif
