// A chat client: client HOST PORT MESSAGEFILE SIGNATUREFILE

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include <netdb.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

using std::string;
using std::vector;

static std::runtime_error error(const string& where, const string& what) {
    return std::runtime_error(where + ": " + what);
}

static bool is_hex(const string& text) {
    return std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isxdigit(c); });
}

static bool is_signature(const string& text) {
    return text.size() == 64 && is_hex(text);
}

static string lower_case(string text) {
    for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return text;
}

// ---- files ----

// The file's content with each CR LF made an LF.
static string read_file(const string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw error(path, std::strerror(errno));
    const string raw{std::istreambuf_iterator<char>(file), {}};
    string content;
    content.reserve(raw.size());
    for (std::size_t i = 0; i < raw.size(); ++i)
        if (raw[i] != '\r' || i + 1 == raw.size() || raw[i + 1] != '\n') content += raw[i];
    return content;
}

static vector<string> read_messages(const string& path) {
    std::istringstream in(read_file(path));
    vector<string> messages;
    string line;
    while (std::getline(in, line)) {
        const string where = path + ": message " + std::to_string(messages.size() + 1);
        if (line.empty() || line.size() > 10 || line.find_first_not_of("0123456789") != string::npos)
            throw error(where, "expected its length, found \"" + line.substr(0, 40) + "\"");
        if (in.eof()) throw error(where, "its length is followed by nothing");
        const std::size_t length = std::stoul(line);
        if (length == 0) throw error(where, "a length counts at least a line end");
        string text(length - 1, '\0');
        in.read(text.data(), static_cast<std::streamsize>(text.size()));
        if (static_cast<std::size_t>(in.gcount()) != text.size()) throw error(where, "the file ends within it");
        const int line_end = in.get();  // the last one may be missing
        if (line_end != '\n' && line_end != EOF) throw error(where, "it does not end where its length says");
        if (line_end == EOF && text.ends_with('\n')) throw error(where, "the file ends within it");
        messages.push_back(text);
    }
    if (messages.empty()) throw error(path, "there is no message in it");
    return messages;
}

static vector<string> read_signatures(const string& path) {
    std::istringstream in(read_file(path));
    vector<string> signatures;
    for (string line; std::getline(in, line);) {
        line.erase(line.find_last_not_of(" \t\r") + 1);
        if (!is_signature(line))
            throw error(path + ":" + std::to_string(signatures.size() + 1), "expected 64 hexadecimal digits");
        signatures.push_back(lower_case(line));
    }
    return signatures;
}

// ---- the connection ----

class Connection {
public:
    Connection(const string& host, const string& port) {
        addrinfo hints{};
        hints.ai_socktype = SOCK_STREAM;
        addrinfo* addresses = nullptr;
        if (const int problem = getaddrinfo(host.c_str(), port.c_str(), &hints, &addresses))
            throw error(host, gai_strerror(problem));
        int reason = 0;
        for (const addrinfo* one = addresses; one && socket_ < 0; one = one->ai_next) {
            socket_ = socket(one->ai_family, one->ai_socktype, one->ai_protocol);
            if (socket_ >= 0 && connect(socket_, one->ai_addr, one->ai_addrlen) < 0) {
                reason = errno;
                close(socket_);
                socket_ = -1;
            }
        }
        freeaddrinfo(addresses);
        if (socket_ < 0) throw error(host + " port " + port, std::strerror(reason));
    }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    ~Connection() {
        const timeval patience{2, 0};
        char rest[4096];
        shutdown(socket_, SHUT_WR);
        setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        while (recv(socket_, rest, sizeof rest, 0) > 0) {
        }
        close(socket_);
    }

    void send(const string& text) {
        for (std::size_t sent = 0; sent < text.size();) {
            const ssize_t n = ::send(socket_, text.data() + sent, text.size() - sent, MSG_NOSIGNAL);
            if (n < 0 && errno != EINTR) throw error("send", std::strerror(errno));
            if (n > 0) sent += static_cast<std::size_t>(n);
        }
    }

    string read_line() {
        std::size_t end = 0;
        while ((end = buffer_.find('\n')) == string::npos) {
            if (buffer_.size() > 4096) throw std::runtime_error("a reply is too long");
            char piece[4096];
            const ssize_t n = recv(socket_, piece, sizeof piece, 0);
            if (n < 0 && errno == EINTR) continue;
            if (n < 0) throw error("recv", std::strerror(errno));
            if (n == 0) throw std::runtime_error("the server closed the connection where a reply was due");
            buffer_.append(piece, static_cast<std::size_t>(n));
        }
        string line = buffer_.substr(0, end);
        buffer_.erase(0, end + 1);
        if (line.ends_with('\r')) line.pop_back();
        std::cout << line << std::endl;
        return line;
    }

    void expect(const string& reply) {
        const string line = read_line();
        if (line != reply) throw std::runtime_error("expected " + reply + ", received \"" + line + "\"");
    }

private:
    int socket_ = -1;
    string buffer_;
};

// ---- the protocol ----

static string escape(const string& text) {
    string out;
    for (const char c : text) {
        if (c == '.' || c == '\\') out += '\\';
        out += c;
    }
    return out;
}

static void talk(Connection& server, const vector<string>& messages, const vector<string>& signatures) {
    server.send("HELLO\n");
    server.expect("260 OK");
    for (std::size_t i = 0; i < messages.size(); ++i) {
        server.send("DATA\n" + (messages[i].empty() ? "" : escape(messages[i]) + "\n") + ".\n");
        server.expect("270 SIG");
        const string signature = server.read_line();
        if (!is_signature(signature)) throw error("expected a signature, received", signature);
        server.send(lower_case(signature) == signatures[i] ? "PASS\n" : "FAIL\n");
        server.expect("260 OK");
    }
    server.send("QUIT\n");
}

int main(int argc, char** argv) {
    if (argc != 5) {
        std::cerr << "usage: " << argv[0] << " HOST PORT MESSAGEFILE SIGNATUREFILE\n";
        return 2;
    }
    try {
        const string port = argv[2];
        if (port.empty() || port.size() > 5 || port.find_first_not_of("0123456789") != string::npos ||
            std::stoi(port) < 1 || std::stoi(port) > 65535)
            throw error(port, "this is not a port");
        const auto messages = read_messages(argv[3]);
        const auto signatures = read_signatures(argv[4]);
        if (messages.size() != signatures.size())
            throw error(argv[4], "expected " + std::to_string(messages.size()) + " signatures, found " +
                                     std::to_string(signatures.size()));
        Connection server(argv[1], port);
        talk(server, messages, signatures);
        return 0;
    } catch (const std::exception& problem) {
        std::cerr << "client: " << problem.what() << '\n';
        return 1;
    }
}
