#include "harness/cell/sockets/remote_cell.h"

#include <gtest/gtest.h>

namespace chatspec {
namespace {

TEST(RemoteCell, ReadsWhereItsServerIs) {
  struct Row {
    std::string_view text, host;
    int port;
  };
  for (const Row& row :
       {Row{"localhost:1", "localhost", 1}, Row{"192.0.2.1:65535", "192.0.2.1", 65535},
        Row{"[::1]:15000", "::1", 15000}}) {
    const auto remote = parse_remote(row.text);
    ASSERT_TRUE(remote) << row.text;
    EXPECT_EQ(remote->host, row.host);
    EXPECT_EQ(remote->port, row.port);
  }
}

TEST(RemoteCell, SaysWhatIsWrongWithWhereItsServerIs) {
  struct Row {
    std::string_view text, message;
  };
  for (const Row& row : {
           Row{"localhost", R"("localhost" has no port; HOST:PORT is expected)"},
           Row{"http://localhost:80", R"("http://localhost:80" is a URL; HOST:PORT is expected)"},
           Row{"host:0", R"("host:0" does not end in a port from 1 to 65535)"},
           Row{"host:65536", R"("host:65536" does not end in a port from 1 to 65535)"},
           Row{"host:80x", R"("host:80x" does not end in a port from 1 to 65535)"},
           Row{"::1:80", R"("::1:80": an IPv6 address needs brackets, as in [::1]:15000)"},
           Row{":80", R"(":80" has no host)"},
       }) {
    const auto remote = parse_remote(row.text);
    ASSERT_FALSE(remote) << row.text;
    EXPECT_EQ(remote.error(), row.message);
  }
}

}  // namespace
}  // namespace chatspec
