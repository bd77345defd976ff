/* A chat client: client HOST PORT MESSAGEFILE SIGNATUREFILE */

#define _GNU_SOURCE
#include <ctype.h>
#include <errno.h>
#include <netdb.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#define SIGNATURE_DIGITS 64

static void die(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs("client: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    exit(1);
}

static void *grow(void *memory, size_t size)
{
    memory = realloc(memory, size);
    if (!memory)
        die("out of memory");
    return memory;
}

/* ---- files ---- */

struct message {
    char *text; /* its lines, with LF between them */
    size_t length;
};

static struct message *messages;
static size_t message_count;
static char (*signatures)[SIGNATURE_DIGITS + 1];
static size_t signature_count;

/* Reads a file whole, with LF for CR LF. */
static char *read_file(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    char *content = NULL;
    size_t size = 0, from, to = 0, n;
    *length = 0;
    if (!file)
        die("%s: %s", path, strerror(errno));
    do {
        if (*length == size)
            content = grow(content, size = size ? 2 * size : 65536);
        n = fread(content + *length, 1, size - *length, file);
        *length += n;
    } while (n > 0);
    if (ferror(file))
        die("%s: %s", path, strerror(errno));
    fclose(file);
    for (from = 0; from < *length; from++) {
        if (content[from] == '\r' && from + 1 < *length && content[from + 1] == '\n')
            continue;
        content[to++] = content[from];
    }
    *length = to;
    return content;
}

static void read_messages(const char *path)
{
    size_t length, position = 0, line = 1, i;
    char *content = read_file(path, &length);
    while (position < length) {
        size_t wanted = 0, length_line = line;
        struct message message;
        if (!isdigit((unsigned char)content[position]))
            die("%s:%zu: expected the length of a message", path, line);
        while (position < length && isdigit((unsigned char)content[position])) {
            wanted = 10 * wanted + (content[position++] - '0');
            if (wanted > length + 1)
                die("%s:%zu: this length is beyond the end of the file", path, line);
        }
        if (position == length || content[position] != '\n')
            die("%s:%zu: expected nothing but the length of a message", path, line);
        position++;
        message.text = content + position;
        message.length = wanted;
        if (wanted > length - position) {
            if (wanted != length - position + 1 || (wanted > 1 && content[length - 1] == '\n'))
                die("%s:%zu: the file ends before this message does", path, length_line);
            message.length = wanted - 1; /* the last line end is missing */
            position = length;
        } else {
            position += wanted;
            if (wanted == 0 || content[position - 1] != '\n')
                die("%s:%zu: this length does not end with a line", path, length_line);
            message.length = wanted - 1;
        }
        for (line = length_line + 1, i = 0; i < wanted && message.text + i < content + length; i++)
            line += message.text[i] == '\n';
        messages = grow(messages, (message_count + 1) * sizeof *messages);
        messages[message_count++] = message;
    }
    if (message_count == 0)
        die("%s:1: expected the length of a message, found an empty file", path);
}

static void read_signatures(const char *path)
{
    size_t length, position = 0, digits;
    char *content = read_file(path, &length);
    while (position < length) {
        char *line = content + position;
        char *line_end = memchr(line, '\n', length - position);
        size_t n = line_end ? (size_t)(line_end - line) : length - position;
        position += n + 1;
        while (n > 0 && isspace((unsigned char)line[n - 1]))
            n--;
        for (digits = 0; digits < n && isxdigit((unsigned char)line[digits]); digits++)
            ;
        if (n != SIGNATURE_DIGITS || digits != n)
            die("%s:%zu: expected %d hexadecimal digits", path, signature_count + 1, SIGNATURE_DIGITS);
        signatures = grow(signatures, (signature_count + 1) * sizeof *signatures);
        memcpy(signatures[signature_count], line, n);
        signatures[signature_count++][n] = '\0';
    }
}

/* ---- the connection ---- */

static int connection;
static char input[4096];
static size_t input_length;
static char reply[256];

static void close_in_order(void)
{
    struct timeval patience = {2, 0};
    shutdown(connection, SHUT_WR);
    setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    while (recv(connection, input, sizeof input, 0) > 0)
        ;
    close(connection);
}

static void fail(const char *format, const char *detail)
{
    fprintf(stderr, "client: ");
    fprintf(stderr, format, detail);
    fputc('\n', stderr);
    close_in_order();
    exit(3);
}

/* Reads the next line into `reply`, without its line end, and prints it. */
static void read_reply(void)
{
    char *end;
    size_t length;
    while (!(end = memchr(input, '\n', input_length))) {
        ssize_t n;
        if (input_length >= sizeof reply)
            fail("%s", "a reply is too long");
        n = recv(connection, input + input_length, sizeof input - input_length, 0);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            fail("receiving: %s", strerror(errno));
        if (n == 0)
            fail("%s", "the server closed the connection where a reply was due");
        input_length += n;
    }
    length = end - input;
    if (length >= sizeof reply)
        fail("%s", "a reply is too long");
    memcpy(reply, input, length);
    input_length -= length + 1;
    memmove(input, end + 1, input_length);
    if (length > 0 && reply[length - 1] == '\r')
        length--;
    reply[length] = '\0';
    fwrite(reply, 1, length, stdout);
    putchar('\n');
    fflush(stdout);
    if (strlen(reply) != length)
        fail("%s", "there is a NUL in a reply");
}

static void expect(const char *wanted)
{
    read_reply();
    if (strcmp(reply, wanted) != 0) {
        fprintf(stderr, "client: expected %s\n", wanted);
        fail("received \"%s\"", reply);
    }
}

static void send_all(const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t n = send(connection, bytes, length, 0);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            fail("sending: %s", strerror(errno));
        bytes += n;
        length -= n;
    }
}

static void connect_to(const char *host, const char *port)
{
    struct addrinfo hints = {0}, *addresses, *address;
    int problem;
    hints.ai_socktype = SOCK_STREAM;
    problem = getaddrinfo(host, port, &hints, &addresses);
    if (problem)
        die("%s: %s", host, gai_strerror(problem));
    for (address = addresses; address; address = address->ai_next) {
        connection = socket(address->ai_family, address->ai_socktype, address->ai_protocol);
        if (connection >= 0 && connect(connection, address->ai_addr, address->ai_addrlen) == 0)
            break;
        problem = errno;
        if (connection >= 0)
            close(connection);
    }
    if (!address)
        die("%s port %s: %s", host, port, strerror(problem));
    freeaddrinfo(addresses);
}

/* ---- the protocol ---- */

/* Sends DATA, the escaped text and the terminator. */
static void send_message(const struct message *message)
{
    char *out = grow(NULL, 2 * message->length + 16), *end = out;
    size_t i;
    memcpy(end, "DATA\n", 5);
    end += 5;
    for (i = 0; i < message->length; i++) {
        if (message->text[i] == '\\' || message->text[i] == '.')
            *end++ = '\\';
        *end++ = message->text[i];
    }
    if (message->length > 0)
        *end++ = '\n';
    *end++ = '.';
    *end++ = '\n';
    send_all(out, end - out);
    free(out);
}

static int is_signature(const char *text)
{
    return strlen(text) == SIGNATURE_DIGITS && strspn(text, "0123456789abcdefABCDEF") == SIGNATURE_DIGITS;
}

int main(int argc, char **argv)
{
    size_t i;
    char *end;
    long port;

    if (argc != 5) {
        fprintf(stderr, "usage: %s HOST PORT MESSAGEFILE SIGNATUREFILE\n", argv[0]);
        return 2;
    }
    port = strtol(argv[2], &end, 10);
    if (*end || end == argv[2] || port < 1 || port > 65535)
        die("%s is not a port", argv[2]);
    read_messages(argv[3]);
    read_signatures(argv[4]);
    if (message_count != signature_count)
        die("%s: expected %zu signatures, found %zu", argv[4], message_count, signature_count);
    signal(SIGPIPE, SIG_IGN);

    connect_to(argv[1], argv[2]);
    send_all("HELLO\n", 6);
    expect("260 OK");
    for (i = 0; i < message_count; i++) {
        send_message(&messages[i]);
        expect("270 SIG");
        read_reply();
        if (!is_signature(reply))
            fail("expected a signature, received \"%s\"", reply);
        send_all(strcasecmp(reply, signatures[i]) == 0 ? "PASS\n" : "FAIL\n", 5);
        expect("260 OK");
    }
    send_all("QUIT\n", 5);
    close_in_order();
    return 0;
}
