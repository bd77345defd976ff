#include "harness/cell/sockets/host_names.h"

#include <string>

#include <gtest/gtest.h>

namespace chatspec {
namespace {

constexpr std::string_view kHosts =
    "127.0.0.1\tlocalhost  localhost.localdomain\n"
    "# 192.0.2.9 hidden\n"
    "::1 localhost ip6-localhost # beside\r\n"
    "127.0.1.1 Computer\r\n"
    "\n"
    "no-address strange\n"
    "fe80::1%lo0 scoped\n"
    "198.51.100.7 last";

TEST(HostNames, LeadWhereTheFileSays) {
  struct Row {
    std::string_view name;
    std::string_view addresses;
  };
  for (const Row& row : {
           Row{"localhost", "127.0.0.1:0 [::1]:0"},
           Row{"LOCALHOST.localdomain", "127.0.0.1:0"},
           Row{"ip6-localhost", "[::1]:0"},
           Row{"computer", "127.0.1.1:0"},
           Row{"last", "198.51.100.7:0"},
           Row{"local", ""},
           Row{"hidden", ""},
           Row{"beside", ""},
           Row{"strange", ""},
           Row{"", ""},
           Row{"127.0.0.1", "127.0.0.1:0"},
           Row{"192.0.2.9", "192.0.2.9:0"},
           Row{"::1", "[::1]:0"},
           Row{"0:0:0:0:0:0:0:1", "[::1]:0"},
           Row{"127.1", ""},
       }) {
    std::string found;
    for (const Address& address : find_host(row.name, kHosts)) {
      found += (found.empty() ? "" : " ") + address.to_string();
    }
    EXPECT_EQ(found, row.addresses) << row.name;
  }
}

TEST(HostNames, LeadNowhereWithoutAFile) {
  EXPECT_TRUE(find_host("localhost", "").empty());
  EXPECT_FALSE(find_host("::1", "").empty());
}

}  // namespace
}  // namespace chatspec
