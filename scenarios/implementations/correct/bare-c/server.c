/* A chat server as the tutorial has it, without line ends: server PORT KEYFILE */

#include <arpa/inet.h>
#include <openssl/sha.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#define BUFFER_SIZE 65536
#define KEY_SIZE 4096

static int client;
static char buffer[BUFFER_SIZE]; /* received and not yet taken */
static size_t filled;

static char (*keys)[KEY_SIZE];
static size_t key_count;

/* Receives more into the buffer. Gives 0 at the end of the stream or if the buffer is full. */
static int receive_more(void)
{
    ssize_t n = recv(client, buffer + filled, BUFFER_SIZE - filled, 0);
    if (n <= 0)
        return 0;
    filled += n;
    return 1;
}

static void take(size_t size)
{
    filled -= size;
    memmove(buffer, buffer + size, filled);
}

/* Waits for one of two commands. Gives 1 or 2, or 0 if something else comes. */
static int receive_command(const char *first, const char *second)
{
    const char *commands[2] = {first, second};
    for (;;) {
        int i, possible = 0;
        for (i = 0; i < 2; i++) {
            size_t length = strlen(commands[i]);
            if (filled >= length && memcmp(buffer, commands[i], length) == 0) {
                puts(commands[i]);
                take(length);
                return i + 1;
            }
            possible |= filled < length && memcmp(buffer, commands[i], filled) == 0;
        }
        if (!possible) {
            fprintf(stderr, "server: expected %s or %s, received \"%.*s\"\n", first, second,
                    (int)(filled < 40 ? filled : 40), buffer);
            return 0;
        }
        if (!receive_more()) {
            fprintf(stderr, "server: the client closed the connection where %s or %s was due\n", first, second);
            return 0;
        }
    }
}

static int send_text(const char *text)
{
    size_t length = strlen(text);
    return send(client, text, length, 0) == (ssize_t)length;
}

/* Hashes what is in the buffer, but for the line ends and the last `keep` bytes. */
static void hash_buffer(SHA256_CTX *hash, size_t keep)
{
    size_t begin = 0, end = filled - keep;
    fwrite(buffer, 1, end, stdout);
    while (begin < end) {
        char *line_end = memchr(buffer + begin, '\n', end - begin);
        size_t stop = line_end ? (size_t)(line_end - buffer) : end;
        SHA256_Update(hash, buffer + begin, stop - begin);
        begin = stop + 1;
    }
    take(end);
}

/* The text ends where what was received ends with a line end (or nothing) and a dot. */
static int sign(const char *key)
{
    SHA256_CTX hash;
    unsigned char digest[SHA256_DIGEST_LENGTH];
    char signature[2 * SHA256_DIGEST_LENGTH + 1];
    char last = '\n'; /* the byte before the buffer */
    int i;
    SHA256_Init(&hash);
    for (;;) {
        if (filled > 0 && buffer[filled - 1] == '.' && (filled > 1 ? buffer[filled - 2] : last) == '\n')
            break;
        if (filled > 1) { /* a last byte stays, to be looked at together with what comes */
            last = buffer[filled - 2];
            hash_buffer(&hash, 1);
        }
        if (!receive_more()) {
            fprintf(stderr, "server: the client closed the connection within a message\n");
            return 0;
        }
    }
    hash_buffer(&hash, 1);
    take(1);
    puts(".");
    SHA256_Update(&hash, key, strlen(key));
    SHA256_Final(digest, &hash);
    for (i = 0; i < SHA256_DIGEST_LENGTH; i++)
        sprintf(signature + 2 * i, "%02x", digest[i]);
    return send_text("270 SIG") && send_text(signature);
}

static int serve(void)
{
    size_t i = 0;
    if (!receive_command("HELLO", "HELLO") || !send_text("260 OK"))
        return 0;
    for (;;) {
        fflush(stdout);
        switch (receive_command("DATA", "QUIT")) {
        case 2:
            return 1;
        case 0:
            return 0;
        }
        if (i == key_count) {
            fprintf(stderr, "server: there is no key left for a further message\n");
            return 0;
        }
        if (!sign(keys[i++]) || !receive_command("PASS", "FAIL") || !send_text("260 OK"))
            return 0;
    }
}

static void read_keys(const char *path)
{
    FILE *file = fopen(path, "r");
    char line[KEY_SIZE];
    if (!file) {
        perror(path);
        exit(2);
    }
    while (fgets(line, sizeof line, file)) {
        size_t length = strlen(line);
        while (length > 0 && strchr(" \t\r\n", line[length - 1]))
            line[--length] = '\0';
        keys = realloc(keys, (key_count + 1) * sizeof *keys);
        if (!keys)
            exit(2);
        strcpy(keys[key_count++], line);
    }
    fclose(file);
    if (key_count == 0) {
        fprintf(stderr, "server: %s: there is no key in it\n", path);
        exit(2);
    }
}

int main(int argc, char **argv)
{
    struct sockaddr_in address;
    struct timeval patience = {2, 0};
    int listener, yes = 1, good;
    char *end;
    long port;

    if (argc != 3) {
        fprintf(stderr, "usage: server PORT KEYFILE\n");
        return 2;
    }
    port = strtol(argv[1], &end, 10);
    if (*end || port < 1 || port > 65535) {
        fprintf(stderr, "server: %s is not a port\n", argv[1]);
        return 2;
    }
    read_keys(argv[2]);
    signal(SIGPIPE, SIG_IGN);
    listener = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) < 0 || listen(listener, 1) < 0) {
        perror("server");
        return 2;
    }
    client = accept(listener, NULL, NULL);
    if (client < 0) {
        perror("server: accept");
        return 2;
    }
    good = serve();
    fflush(stdout);
    shutdown(client, SHUT_WR);
    setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    while (recv(client, buffer, sizeof buffer, 0) > 0)
        ;
    close(client);
    close(listener);
    return good ? 0 : 1;
}
