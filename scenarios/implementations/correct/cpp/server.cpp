// A chat server: server PORT KEYFILE

#include <charconv>
#include <cstring>
#include <fstream>
#include <iostream>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include <netinet/in.h>
#include <openssl/evp.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

namespace {

struct Violation : std::runtime_error {
    using std::runtime_error::runtime_error;
};

[[noreturn]] void throw_system_error(const std::string& what) {
    throw std::system_error(errno, std::generic_category(), what);
}

class Socket {
public:
    explicit Socket(int descriptor) : descriptor_(descriptor) {
        if (descriptor < 0) throw_system_error("socket");
    }
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;
    ~Socket() { ::close(descriptor_); }

    int descriptor() const { return descriptor_; }

    // Up to `size` bytes; 0 at the end of the stream.
    std::size_t receive(char* buffer, std::size_t size) {
        for (;;) {
            const ssize_t n = ::recv(descriptor_, buffer, size, 0);
            if (n >= 0) return static_cast<std::size_t>(n);
            if (errno != EINTR) throw_system_error("recv");
        }
    }

    void send(std::string_view text) {
        while (!text.empty()) {
            const ssize_t n = ::send(descriptor_, text.data(), text.size(), MSG_NOSIGNAL);
            if (n < 0 && errno != EINTR) throw_system_error("send");
            if (n > 0) text.remove_prefix(static_cast<std::size_t>(n));
        }
    }

    // Sends our FIN, and reads on for a while: unread bytes would turn the close into a reset.
    void finish() noexcept {
        const timeval patience{2, 0};
        char rest[4096];
        ::shutdown(descriptor_, SHUT_WR);
        ::setsockopt(descriptor_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        while (::recv(descriptor_, rest, sizeof rest, 0) > 0) {
        }
    }

private:
    int descriptor_;
};

class LineReader {
public:
    explicit LineReader(Socket& socket) : socket_(socket) {}

    // The next line without its line end; nothing at the end of the stream.
    std::optional<std::string> next(std::size_t limit = std::string::npos) {
        std::string line;
        for (;;) {
            const std::string_view rest(buffer_ + begin_, end_ - begin_);
            const std::size_t found = rest.find('\n');
            line += rest.substr(0, found);
            if (line.size() > limit) throw Violation("a command is too long");
            if (found != std::string_view::npos) {
                begin_ += found + 1;
                if (line.ends_with('\r')) line.pop_back();
                std::cout << line << '\n';
                return line;
            }
            std::cout.flush();
            begin_ = 0;
            end_ = socket_.receive(buffer_, sizeof buffer_);
            if (end_ == 0) return std::nullopt;
        }
    }

private:
    Socket& socket_;
    char buffer_[65536];
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
};

class Sha256 {
public:
    Sha256() {
        if (!context_ || !EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr))
            throw std::runtime_error("there is no SHA-256");
    }

    void update(std::string_view text) { EVP_DigestUpdate(context_.get(), text.data(), text.size()); }

    std::string hex() {
        unsigned char digest[EVP_MAX_MD_SIZE];
        unsigned size = 0;
        EVP_DigestFinal_ex(context_.get(), digest, &size);
        std::string out;
        for (unsigned i = 0; i < size; ++i) {
            constexpr char digits[] = "0123456789abcdef";
            out += digits[digest[i] >> 4];
            out += digits[digest[i] & 15];
        }
        return out;
    }

private:
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_{EVP_MD_CTX_new(), EVP_MD_CTX_free};
};

std::string unescape(std::string_view line) {
    std::string text;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const bool escaped = line[i] == '\\' && i + 1 < line.size() && (line[i + 1] == '\\' || line[i + 1] == '.');
        if (escaped) ++i;
        text += line[i];
    }
    return text;
}

class Server {
public:
    Server(Socket& socket, const std::vector<std::string>& keys) : socket_(socket), lines_(socket), keys_(keys) {}

    void serve() {
        expect("HELLO", "HELLO");
        socket_.send("260 OK\n");
        for (std::size_t used = 0; expect("DATA", "QUIT") == "DATA"; ++used) {
            if (used == keys_.size()) throw Violation("there is no key left for a further message");
            socket_.send("270 SIG\n" + sign(keys_[used]) + "\n");
            expect("PASS", "FAIL");
            socket_.send("260 OK\n");
        }
    }

private:
    std::string expect(const std::string& one, const std::string& other) {
        const auto line = lines_.next(4096);
        if (!line) throw Violation("the connection ended where " + one + " or " + other + " was due");
        if (*line != one && *line != other)
            throw Violation("expected " + one + " or " + other + ", received \"" + *line + "\"");
        return *line;
    }

    std::string sign(const std::string& key) {
        Sha256 hash;
        while (const auto line = lines_.next()) {
            if (*line == ".") {
                hash.update(key);
                return hash.hex();
            }
            hash.update(unescape(*line));
        }
        throw Violation("the connection ended within a message");
    }

    Socket& socket_;
    LineReader lines_;
    const std::vector<std::string>& keys_;
};

std::vector<std::string> read_keys(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error(path + ": " + std::strerror(errno));
    std::vector<std::string> keys;
    for (std::string line; std::getline(file, line);) {
        line.erase(line.find_last_not_of(" \t\r") + 1);
        keys.push_back(line);
    }
    if (keys.empty()) throw std::runtime_error(path + ": there is no key in it");
    return keys;
}

std::uint16_t parse_port(std::string_view text) {
    std::uint16_t port = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (error != std::errc() || end != text.data() + text.size() || port == 0)
        throw std::runtime_error(std::string(text) + " is not a port");
    return port;
}

int accept_one(std::uint16_t port) {
    const Socket listener(::socket(AF_INET6, SOCK_STREAM, 0));
    const int yes = 1;
    const int no = 0;
    ::setsockopt(listener.descriptor(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    ::setsockopt(listener.descriptor(), IPPROTO_IPV6, IPV6_V6ONLY, &no, sizeof no);
    sockaddr_in6 address{};
    address.sin6_family = AF_INET6;
    address.sin6_addr = in6addr_any;
    address.sin6_port = htons(port);
    if (::bind(listener.descriptor(), reinterpret_cast<sockaddr*>(&address), sizeof address) < 0)
        throw_system_error("bind");
    if (::listen(listener.descriptor(), SOMAXCONN) < 0) throw_system_error("listen");
    return ::accept(listener.descriptor(), nullptr, nullptr);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        std::cerr << "usage: " << argv[0] << " PORT KEYFILE\n";
        return 2;
    }
    try {
        const std::uint16_t port = parse_port(argv[1]);
        const auto keys = read_keys(argv[2]);
        Socket socket(accept_one(port));
        int status = 0;
        try {
            Server(socket, keys).serve();
        } catch (const std::exception& problem) {
            std::cerr << "server: " << problem.what() << '\n';
            status = 1;
        }
        std::cout.flush();
        socket.finish();
        return status;
    } catch (const std::exception& problem) {
        std::cerr << "server: " << problem.what() << '\n';
        return 1;
    }
}
