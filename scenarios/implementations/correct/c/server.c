/* A chat server: server PORT KEYFILE */

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <openssl/evp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#define MAX_COMMAND 4096

static void die(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs("server: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    exit(1);
}

/* ---- keys ---- */

struct keys {
    char **key;
    size_t *length;
    size_t count;
};

static struct keys read_keys(const char *path)
{
    struct keys keys = {0};
    char *line = NULL;
    size_t size = 0;
    ssize_t n;
    FILE *file = fopen(path, "rb");
    if (!file)
        die("%s: %s", path, strerror(errno));
    while ((n = getline(&line, &size, file)) >= 0) {
        while (n > 0 && strchr(" \t\r\n", line[n - 1]) && line[n - 1])
            n--;
        keys.key = realloc(keys.key, (keys.count + 1) * sizeof *keys.key);
        keys.length = realloc(keys.length, (keys.count + 1) * sizeof *keys.length);
        if (!keys.key || !keys.length || !(keys.key[keys.count] = malloc(n + 1)))
            die("out of memory");
        memcpy(keys.key[keys.count], line, n);
        keys.length[keys.count++] = n;
    }
    if (ferror(file))
        die("%s: %s", path, strerror(errno));
    if (keys.count == 0)
        die("%s:1: expected a key, found an empty file", path);
    free(line);
    fclose(file);
    return keys;
}

/* ---- the connection ---- */

static char input[65536];
static size_t input_begin, input_end;

static char *line; /* what read_line() has read; grows as needed */
static size_t line_length, line_size;

/* Gives the next byte, or -1 at the end of the stream. */
static int read_byte(int connection)
{
    if (input_begin == input_end) {
        ssize_t n;
        fflush(stdout);
        do
            n = recv(connection, input, sizeof input, 0);
        while (n < 0 && errno == EINTR);
        if (n <= 0)
            return -1;
        input_begin = 0;
        input_end = n;
    }
    return (unsigned char)input[input_begin++];
}

/* Reads a line and takes its line end away. Gives 0 at the end of the stream or if it is longer than limit. */
static int read_line(int connection, size_t limit)
{
    int c;
    line_length = 0;
    while ((c = read_byte(connection)) != '\n') {
        if (c < 0 || line_length == limit)
            return 0;
        if (line_length + 1 >= line_size) {
            line_size = line_size ? 2 * line_size : 1024;
            line = realloc(line, line_size);
            if (!line)
                die("out of memory");
        }
        line[line_length++] = c;
    }
    if (line_length > 0 && line[line_length - 1] == '\r')
        line_length--;
    fwrite(line, 1, line_length, stdout);
    putchar('\n');
    return 1;
}

static int line_is(const char *word)
{
    return line_length == strlen(word) && memcmp(line, word, line_length) == 0;
}

static int send_all(int connection, const char *text)
{
    size_t left = strlen(text);
    while (left > 0) {
        ssize_t n = send(connection, text, left, 0);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0) {
            fprintf(stderr, "server: send: %s\n", strerror(errno));
            return 0;
        }
        text += n;
        left -= n;
    }
    return 1;
}

/* Closing with unread bytes would send a reset, so what still comes is read, for a while. */
static void close_in_order(int connection)
{
    struct timeval patience = {2, 0};
    shutdown(connection, SHUT_WR);
    setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    while (recv(connection, input, sizeof input, 0) > 0)
        ;
    close(connection);
}

/* ---- the protocol ---- */

static size_t unescape(char *text, size_t length)
{
    size_t from, to = 0;
    for (from = 0; from < length; from++) {
        if (text[from] == '\\' && from + 1 < length && (text[from + 1] == '\\' || text[from + 1] == '.'))
            from++;
        text[to++] = text[from];
    }
    return to;
}

static int violation(const char *expected)
{
    fprintf(stderr, "server: expected %s, received ", expected);
    if (line_length > 100)
        fprintf(stderr, "%zu bytes\n", line_length);
    else
        fprintf(stderr, "\"%.*s\"\n", (int)line_length, line ? line : "");
    return 0;
}

/* Reads a text and its terminator, and answers with the signature. */
static int sign(int connection, const char *key, size_t key_length)
{
    static const char digits[] = "0123456789abcdef";
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int digest_length, i;
    char reply[8 + 2 * EVP_MAX_MD_SIZE + 2] = "270 SIG\n";
    char *end = reply + 8;
    EVP_MD_CTX *hash = EVP_MD_CTX_new();
    if (!hash || !EVP_DigestInit_ex(hash, EVP_sha256(), NULL))
        die("SHA-256 is not to be had");
    for (;;) {
        if (!read_line(connection, (size_t)-1)) {
            EVP_MD_CTX_free(hash);
            fprintf(stderr, "server: the connection ended within a message\n");
            return 0;
        }
        if (line_is("."))
            break;
        EVP_DigestUpdate(hash, line, unescape(line, line_length));
    }
    EVP_DigestUpdate(hash, key, key_length);
    EVP_DigestFinal_ex(hash, digest, &digest_length);
    EVP_MD_CTX_free(hash);
    for (i = 0; i < digest_length; i++) {
        *end++ = digits[digest[i] >> 4];
        *end++ = digits[digest[i] & 15];
    }
    *end++ = '\n';
    *end = '\0';
    return send_all(connection, reply);
}

static int serve(int connection, const struct keys *keys)
{
    size_t next = 0;
    if (!read_line(connection, MAX_COMMAND) || !line_is("HELLO"))
        return violation("HELLO");
    if (!send_all(connection, "260 OK\n"))
        return 0;
    for (;;) {
        if (!read_line(connection, MAX_COMMAND))
            return violation("DATA or QUIT");
        if (line_is("QUIT"))
            return 1;
        if (!line_is("DATA"))
            return violation("DATA or QUIT");
        if (next == keys->count)
            return violation("QUIT, since there is no key left");
        if (!sign(connection, keys->key[next], keys->length[next]))
            return 0;
        next++;
        if (!read_line(connection, MAX_COMMAND) || !(line_is("PASS") || line_is("FAIL")))
            return violation("PASS or FAIL");
        if (!send_all(connection, "260 OK\n"))
            return 0;
    }
}

int main(int argc, char **argv)
{
    struct sockaddr_in address = {0};
    struct keys keys;
    int listener, connection, good, yes = 1;
    long port;
    char *end;

    if (argc != 3) {
        fprintf(stderr, "usage: %s PORT KEYFILE\n", argv[0]);
        return 2;
    }
    port = strtol(argv[1], &end, 10);
    if (*end || end == argv[1] || port < 1 || port > 65535)
        die("%s is not a port", argv[1]);
    keys = read_keys(argv[2]);
    signal(SIGPIPE, SIG_IGN);

    listener = socket(AF_INET, SOCK_STREAM, 0);
    if (listener < 0)
        die("socket: %s", strerror(errno));
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_ANY);
    address.sin_port = htons(port);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) < 0 || listen(listener, 5) < 0)
        die("port %ld: %s", port, strerror(errno));
    connection = accept(listener, NULL, NULL);
    if (connection < 0)
        die("accept: %s", strerror(errno));
    close(listener);

    good = serve(connection, &keys);
    fflush(stdout);
    close_in_order(connection);
    return good ? 0 : 1;
}
