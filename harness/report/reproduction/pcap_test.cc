#include "harness/report/reproduction/pcap.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace chatspec {
namespace {

// What a reader of the format sees, independent of the writer.
struct ReadPacket {
  std::uint64_t at_us = 0;
  bool from_client = false;
  std::uint32_t client_port = 0;
  std::uint32_t sequence = 0;
  std::uint32_t acknowledged = 0;
  std::string flags;  // of "FSRPA"
  std::string payload;
};

class PcapReader {
 public:
  explicit PcapReader(std::string_view bytes) : rest_(bytes) {}

  std::vector<ReadPacket> read() {
    EXPECT_EQ(take(4), 0xa1b2c3d4);
    EXPECT_EQ(take(2), 2);
    EXPECT_EQ(take(2), 4);
    EXPECT_EQ(take(8), 0);
    EXPECT_GE(take(4), 65535);
    EXPECT_EQ(take(4), 101) << "raw IP";
    std::vector<ReadPacket> packets;
    while (!rest_.empty() && !::testing::Test::HasFailure()) packets.push_back(read_packet());
    return packets;
  }

 private:
  static std::uint64_t number_at(std::string_view bytes, std::size_t at, std::size_t count) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < count; ++i)
      value = value << 8 | static_cast<unsigned char>(bytes.at(at + i));
    return value;
  }

  std::uint64_t take(std::size_t count) {
    const std::uint64_t value = number_at(rest_, 0, count);
    rest_.remove_prefix(count);
    return value;
  }

  // RFC 1071: with its checksum in it, a header sums up to all ones.
  static std::uint64_t sum_words(std::string bytes) {
    if (bytes.size() % 2 == 1) bytes += '\0';
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < bytes.size(); i += 2) sum += number_at(bytes, i, 2);
    while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
    return sum;
  }

  ReadPacket read_packet() {
    ReadPacket packet;
    packet.at_us = take(4) * 1'000'000;
    packet.at_us += take(4);
    const std::uint64_t length = take(4);
    EXPECT_EQ(take(4), length);
    const std::string ip(rest_.substr(0, length));
    rest_.remove_prefix(length);
    EXPECT_EQ(number_at(ip, 0, 1), 0x45);
    EXPECT_EQ(number_at(ip, 2, 2), length);
    EXPECT_EQ(number_at(ip, 9, 1), 6) << "TCP";
    EXPECT_EQ(sum_words(ip.substr(0, 20)), 0xffff) << "the checksum of the IP header";
    const std::string tcp = ip.substr(20);
    const std::string pseudo_header = ip.substr(12, 8) + std::string("\0\6", 2) +
                                      static_cast<char>(tcp.size() >> 8) +
                                      static_cast<char>(tcp.size() & 0xff);
    EXPECT_EQ(sum_words(pseudo_header + tcp), 0xffff) << "the checksum of TCP";
    packet.from_client = number_at(tcp, 2, 2) == 7777;
    packet.client_port = static_cast<std::uint32_t>(number_at(tcp, packet.from_client ? 0 : 2, 2));
    packet.sequence = static_cast<std::uint32_t>(number_at(tcp, 4, 4));
    packet.acknowledged = static_cast<std::uint32_t>(number_at(tcp, 8, 4));
    for (std::size_t i = 0; i < 5; ++i) {
      if ((number_at(tcp, 13, 1) >> i & 1) != 0) packet.flags += "FSRPA"[i];
    }
    packet.payload = tcp.substr(4 * (number_at(tcp, 12, 1) >> 4));
    return packet;
  }

  std::string_view rest_;
};

// "C S 0/0" and the like: who, flags, the payload, sequence and acknowledgement.
std::vector<std::string> dump_packets(const std::vector<ReadPacket>& packets) {
  std::vector<std::string> lines;
  for (const ReadPacket& packet : packets) {
    lines.push_back(std::string(packet.from_client ? "C " : "S ") + packet.flags + " " +
                    packet.payload + " " + std::to_string(packet.sequence) + "/" +
                    std::to_string(packet.acknowledged));
  }
  return lines;
}

EventRecord event_at(EventKind kind, std::uint64_t at_us, std::string_view bytes = "",
                     std::uint64_t connection = 1) {
  return {.kind = kind, .at_us = at_us, .connection = connection, .bytes = log_bytes(bytes)};
}

std::vector<ReadPacket> packets_of(Role role, std::vector<EventRecord> events) {
  const std::string bytes = make_pcap({.role = role}, {.events = std::move(events)});
  return PcapReader(bytes).read();
}

TEST(Pcap, HasHandshakeSegmentsAndEndsWithTheirTimesAndChecksums) {
  const auto packets = packets_of(
      Role::kServer,
      {event_at(EventKind::kStarted, 10), event_at(EventKind::kConnected, 1'000'007),
       event_at(EventKind::kSent, 1'000'008, "HELLO"), event_at(EventKind::kSent, 1'000'009, "\n"),
       event_at(EventKind::kReceived, 2'500'000, "260"),
       event_at(EventKind::kHalfClosed, 2'500'001), event_at(EventKind::kEndOfStream, 2'500'002)});
  EXPECT_EQ(dump_packets(packets),
            (std::vector<std::string>{"C S  0/0", "S SA  0/1", "C A  1/1", "C PA HELLO 1/1",
                                      "C PA \n 6/1", "S PA 260 1/7", "C FA  7/4", "S A  4/8",
                                      "S FA  4/8", "C A  8/5"}));
  EXPECT_EQ(packets.front().at_us, 1'000'007U);
  EXPECT_EQ(packets.at(5).at_us, 2'500'000U);
}

TEST(Pcap, OfAClientShowsTheClientConnecting) {
  const auto packets = packets_of(
      Role::kClient, {event_at(EventKind::kConnected, 0),
                      event_at(EventKind::kReceived, 1, "HELLO"), event_at(EventKind::kReset, 2)});
  EXPECT_EQ(dump_packets(packets), (std::vector<std::string>{"C S  0/0", "S SA  0/1", "C A  1/1",
                                                             "C PA HELLO 1/1", "C RA  6/1"}));
}

TEST(Pcap, KeepsConnectionsApartAndLeavesAGapForBytesThatTheLogLacks) {
  const auto packets = packets_of(
      Role::kServer, {event_at(EventKind::kSent, 0, std::string(100'000, 'x')),
                      event_at(EventKind::kSent, 1, "b", 2), event_at(EventKind::kSent, 2, "a")});
  EXPECT_NE(packets.front().client_port, packets.at(6).client_port);
  EXPECT_EQ(packets.back().client_port, packets.front().client_port);
  EXPECT_EQ(packets.back().sequence, 100'001U);
  EXPECT_EQ(packets.at(3).payload.size() + packets.at(4).payload.size(), kMaxLoggedBytes);
}

TEST(Pcap, CutsWhatIsLongerThanAPacket) {
  EventRecord event = event_at(EventKind::kSent, 0);
  event.bytes.begin = std::string(200'000, 'x');  // as only another program writes it
  std::size_t bytes = 0;
  for (const ReadPacket& packet : packets_of(Role::kServer, {event}))
    bytes += packet.payload.size();
  EXPECT_EQ(bytes, 200'000U);
}

}  // namespace
}  // namespace chatspec
