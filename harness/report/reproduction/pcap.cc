// IPv4 without a link layer (LINKTYPE_RAW), TCP (RFC 9293) without options. Of acknowledgements
// there are only those of handshakes and FINs; every segment acknowledges what went before.

#include "harness/report/reproduction/pcap.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <string_view>

namespace chatspec {
namespace {

constexpr std::uint32_t kMagic = 0xa1b2c3d4;  // times are in microseconds
constexpr std::uint32_t kLinkTypeRaw = 101;
constexpr std::uint32_t kSnapLength = 65535;
constexpr std::size_t kIpHeaderBytes = 20;
constexpr std::size_t kTcpHeaderBytes = 20;
constexpr std::size_t kMaxPayloadBytes = 16384;
constexpr std::uint16_t kServerPort = 7777;
constexpr std::uint64_t kFirstClientPort = 40000;
constexpr std::uint64_t kClientPorts = 20000;

enum Flag : std::uint8_t { kFin = 0x01, kSyn = 0x02, kRst = 0x04, kPsh = 0x08, kAck = 0x10 };

// 10.0.0.1 is the client, 10.0.0.2 the server.
constexpr std::uint32_t kClientAddress = 0x0a000001;
constexpr std::uint32_t kServerAddress = 0x0a000002;

void put_16(std::string& out, std::uint64_t value) {
  out += static_cast<char>(value >> 8 & 0xff);
  out += static_cast<char>(value & 0xff);
}

void put_32(std::string& out, std::uint64_t value) {
  put_16(out, value >> 16);
  put_16(out, value);
}

// RFC 1071.
std::uint16_t internet_checksum(std::string_view bytes) {
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const std::uint32_t value = static_cast<unsigned char>(bytes[i]);
    sum += i % 2 == 0 ? value << 8 : value;
    sum = (sum & 0xffff) + (sum >> 16);
  }
  return static_cast<std::uint16_t>(~sum);
}

void set_16(std::string& bytes, std::size_t at, std::uint16_t value) {
  bytes[at] = static_cast<char>(value >> 8);
  bytes[at + 1] = static_cast<char>(value & 0xff);
}

struct Segment {
  Role sender = Role::kClient;
  std::uint16_t client_port = 0;
  std::uint32_t sequence = 0;
  std::uint32_t acknowledged = 0;
  int flags = 0;
  std::string_view payload{};
};

std::string make_tcp(const Segment& segment) {
  const bool from_client = segment.sender == Role::kClient;
  std::string tcp;
  put_16(tcp, from_client ? segment.client_port : kServerPort);
  put_16(tcp, from_client ? kServerPort : segment.client_port);
  put_32(tcp, segment.sequence);
  put_32(tcp, (segment.flags & kAck) != 0 ? segment.acknowledged : 0);
  put_16(tcp, kTcpHeaderBytes / 4 << 12 | static_cast<unsigned>(segment.flags));
  put_16(tcp, 65535);  // the window
  put_32(tcp, 0);      // checksum, urgent pointer
  tcp += segment.payload;
  std::string summed;  // after the pseudo header
  put_32(summed, kClientAddress);
  put_32(summed, kServerAddress);
  put_16(summed, 6);
  put_16(summed, tcp.size());
  set_16(tcp, 16, internet_checksum(summed + tcp));
  return tcp;
}

std::string make_packet(const Segment& segment) {
  const std::string tcp = make_tcp(segment);
  const bool from_client = segment.sender == Role::kClient;
  std::string ip;
  put_16(ip, 0x4500);  // version 4, five words
  put_16(ip, kIpHeaderBytes + tcp.size());
  put_32(ip, 0x4000);       // not to be fragmented
  put_16(ip, 64 << 8 | 6);  // time to live, TCP
  put_16(ip, 0);
  put_32(ip, from_client ? kClientAddress : kServerAddress);
  put_32(ip, from_client ? kServerAddress : kClientAddress);
  set_16(ip, 10, internet_checksum(ip));
  return ip + tcp;
}

class PcapWriter {
 public:
  explicit PcapWriter(Role tested) : program_(tested) {
    put_32(out_, kMagic);
    put_16(out_, 2);  // version 2.4
    put_16(out_, 4);
    put_32(out_, 0);
    put_32(out_, 0);
    put_32(out_, kSnapLength);
    put_32(out_, kLinkTypeRaw);
  }

  void add(const EventRecord& event) {
    at_us_ = event.at_us;
    switch (event.kind) {
      case EventKind::kConnected:
        find(event.connection);
        return;
      case EventKind::kSent:
        return say(event, chat::other(program_));
      case EventKind::kReceived:
        return say(event, program_);
      case EventKind::kEndOfStream:
        return finish(event, program_);
      case EventKind::kReset:
        return reset(event, program_);
      case EventKind::kHalfClosed:
      case EventKind::kClosed:
        return finish(event, chat::other(program_));
      case EventKind::kAborted:
        return reset(event, chat::other(program_));
      default:
        return;
    }
  }

  std::string take() { return std::move(out_); }

 private:
  struct Side {
    std::uint32_t next = 0;  // the sequence number of the next byte
    bool has_finished = false;
  };
  struct Connection {
    std::uint16_t client_port = 0;
    Side client{};
    Side server{};

    Side& side(Role role) { return role == Role::kClient ? client : server; }
  };

  // The connection, with its handshake where it is new.
  Connection& find(std::uint64_t number) {
    const auto [found, is_new] = connections_.try_emplace(number);
    Connection& connection = found->second;
    if (!is_new) return connection;
    connection.client_port =
        static_cast<std::uint16_t>(kFirstClientPort + (connections_.size() - 1) % kClientPorts);
    write(connection, Role::kClient, kSyn);
    connection.client.next += 1;
    write(connection, Role::kServer, kSyn | kAck);
    connection.server.next += 1;
    write(connection, Role::kClient, kAck);
    return connection;
  }

  void say(const EventRecord& event, Role speaker) {
    Connection& connection = find(event.connection);
    say_bytes(connection, speaker, event.bytes.begin);
    if (event.bytes.is_whole()) return;
    connection.side(speaker).next += static_cast<std::uint32_t>(event.bytes.omitted->count);
    say_bytes(connection, speaker, event.bytes.omitted->end);
  }

  void say_bytes(Connection& connection, Role speaker, std::string_view bytes) {
    while (!bytes.empty()) {
      const std::string_view payload = bytes.substr(0, kMaxPayloadBytes);
      write(connection, speaker, kPsh | kAck, payload);
      connection.side(speaker).next += static_cast<std::uint32_t>(payload.size());
      bytes.remove_prefix(payload.size());
    }
  }

  void finish(const EventRecord& event, Role speaker) {
    Connection& connection = find(event.connection);
    Side& side = connection.side(speaker);
    if (std::exchange(side.has_finished, true)) return;
    write(connection, speaker, kFin | kAck);
    side.next += 1;
    write(connection, chat::other(speaker), kAck);
  }

  void reset(const EventRecord& event, Role speaker) {
    write(find(event.connection), speaker, kRst | kAck);
  }

  void write(Connection& connection, Role sender, int flags, std::string_view payload = {}) {
    const std::string packet = make_packet({.sender = sender,
                                            .client_port = connection.client_port,
                                            .sequence = connection.side(sender).next,
                                            .acknowledged = connection.side(other(sender)).next,
                                            .flags = flags,
                                            .payload = payload});
    put_32(out_, at_us_ / 1'000'000);
    put_32(out_, at_us_ % 1'000'000);
    put_32(out_, packet.size());
    put_32(out_, packet.size());
    out_ += packet;
  }

  Role program_;
  std::uint64_t at_us_ = 0;
  std::map<std::uint64_t, Connection> connections_;
  std::string out_;
};

}  // namespace

std::string make_pcap(const RunRecord& run, const CaseRecord& record) {
  PcapWriter writer(run.role);
  for (const EventRecord& event : record.events) writer.add(event);
  return writer.take();
}

}  // namespace chatspec
