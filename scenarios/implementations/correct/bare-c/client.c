/* A chat client as the tutorial has it, without line ends: client HOST PORT MESSAGEFILE SIGNATUREFILE */

#include <ctype.h>
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

#define SIGNATURE_SIZE 64

static int server = -1;
static const char *message_path, *signature_path;

static void quit(void)
{
    struct timeval patience = {2, 0};
    char rest[4096];
    shutdown(server, SHUT_WR);
    setsockopt(server, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    while (recv(server, rest, sizeof rest, 0) > 0)
        ;
    close(server);
}

static void fail(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fprintf(stderr, "client: ");
    vfprintf(stderr, format, arguments);
    fprintf(stderr, "\n");
    va_end(arguments);
    if (server >= 0)
        quit();
    exit(1);
}

static FILE *open_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file) {
        perror(path);
        exit(1);
    }
    return file;
}

/* The next byte, CR LF taken for LF. */
static int next_byte(FILE *file)
{
    int c = getc(file), behind;
    if (c != '\r')
        return c;
    behind = getc(file);
    if (behind == '\n')
        return '\n';
    ungetc(behind, file);
    return c;
}

/* Reads a length and as many bytes; the text ends with LF in any case. Gives NULL at the end of the file. */
static char *read_message(FILE *file, size_t *length)
{
    size_t wanted = 0, i;
    char *text;
    int c = next_byte(file);
    if (c == EOF)
        return NULL;
    if (!isdigit(c))
        fail("%s: expected a length", message_path);
    for (; isdigit(c); c = next_byte(file))
        if ((wanted = 10 * wanted + (c - '0')) > 1UL << 30)
            fail("%s: a length is too large", message_path);
    if (c != '\n' || wanted == 0)
        fail("%s: expected a length alone on a line", message_path);
    text = malloc(wanted + 1); /* with room for the dot */
    if (!text)
        fail("there is no memory for %zu bytes", wanted);
    for (i = 0; i < wanted && (c = next_byte(file)) != EOF; i++)
        text[i] = c;
    if (i + 1 == wanted && (i == 0 || text[i - 1] != '\n'))
        text[i++] = '\n';
    if (i < wanted)
        fail("%s: it ends within a message", message_path);
    if (text[wanted - 1] != '\n')
        fail("%s: a length does not lead to the end of a line", message_path);
    *length = wanted;
    return text;
}

/* Gives 0 at the end of the file. */
static int read_signature(FILE *file, char *signature)
{
    char line[4096];
    size_t n;
    if (!fgets(line, sizeof line, file))
        return 0;
    for (n = strlen(line); n > 0 && isspace((unsigned char)line[n - 1]); n--)
        line[n - 1] = '\0';
    if (n != SIGNATURE_SIZE || strspn(line, "0123456789abcdefABCDEF") != n)
        fail("%s: expected %d hexadecimal digits", signature_path, SIGNATURE_SIZE);
    strcpy(signature, line);
    return 1;
}

static void send_bytes(const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t n = send(server, bytes, length, 0);
        if (n < 0)
            fail("the server takes nothing more");
        bytes += n;
        length -= n;
    }
}

/* Receives `size` bytes and prints them. Where `wanted` is given, they must be these. */
static void receive(char *reply, size_t size, const char *wanted)
{
    size_t got = 0;
    while (got < size) {
        ssize_t n = recv(server, reply + got, size - got, 0);
        if (n <= 0)
            fail("the server closed the connection where a reply was due");
        got += n;
        if (wanted && memcmp(reply, wanted, got) != 0)
            fail("expected %s, received %.*s", wanted, (int)got, reply);
    }
    reply[size] = '\0';
    puts(reply);
    fflush(stdout);
}

static void expect(const char *wanted)
{
    char reply[64];
    receive(reply, strlen(wanted), wanted);
}

static void connect_to(const char *host, const char *port)
{
    struct addrinfo hints, *list, *one;
    memset(&hints, 0, sizeof hints);
    hints.ai_socktype = SOCK_STREAM;
    if (getaddrinfo(host, port, &hints, &list) != 0)
        fail("%s is not known", host);
    for (one = list; one; one = one->ai_next) {
        server = socket(one->ai_family, one->ai_socktype, one->ai_protocol);
        if (server >= 0 && connect(server, one->ai_addr, one->ai_addrlen) == 0)
            break;
        close(server);
        server = -1;
    }
    if (!one)
        fail("%s port %s: nobody takes the connection", host, port);
    freeaddrinfo(list);
}

struct message {
    char *text;
    size_t length;
    char signature[SIGNATURE_SIZE + 1];
};

int main(int argc, char **argv)
{
    struct message *messages = NULL, next;
    size_t count = 0, skipped, i;
    char signature[SIGNATURE_SIZE + 1], *end;
    FILE *message_file, *signature_file;
    long port;

    if (argc != 5) {
        fprintf(stderr, "usage: client HOST PORT MESSAGEFILE SIGNATUREFILE\n");
        return 1;
    }
    port = strtol(argv[2], &end, 10);
    if (*end || port < 1 || port > 65535)
        fail("%s is not a port", argv[2]);
    message_file = open_file(message_path = argv[3]);
    signature_file = open_file(signature_path = argv[4]);
    while ((next.text = read_message(message_file, &next.length))) {
        if (!read_signature(signature_file, next.signature))
            fail("there are fewer signatures than messages");
        messages = realloc(messages, (count + 1) * sizeof *messages);
        if (!messages)
            fail("there is no memory for more messages");
        messages[count++] = next;
    }
    if (count == 0 || read_signature(signature_file, signature))
        fail("there are fewer messages than signatures");

    signal(SIGPIPE, SIG_IGN);
    connect_to(argv[1], argv[2]);
    send_bytes("HELLO", 5);
    expect("260 OK");
    for (i = 0; i < count; i++) {
        send_bytes("DATA", 4);
        /* The text and the dot in one send; before a message of no lines there is no LF. */
        messages[i].text[messages[i].length] = '.';
        skipped = messages[i].length == 1;
        send_bytes(messages[i].text + skipped, messages[i].length + 1 - skipped);
        expect("270 SIG");
        receive(signature, SIGNATURE_SIZE, NULL);
        if (strspn(signature, "0123456789abcdefABCDEF") != SIGNATURE_SIZE)
            fail("%s is no signature", signature);
        send_bytes(strcasecmp(signature, messages[i].signature) == 0 ? "PASS" : "FAIL", 4);
        expect("260 OK");
    }
    send_bytes("QUIT", 4);
    quit();
    return 0;
}
