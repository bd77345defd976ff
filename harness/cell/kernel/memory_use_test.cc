#include "harness/cell/kernel/memory_use.h"

#include <unistd.h>

#include <gtest/gtest.h>

#include "harness/cell/cell_test_support.h"

namespace chatspec {
namespace {

using namespace std::chrono_literals;
using testing::Bench;
using testing::python;

TEST(MemoryUse, IsWhatIsResidentAndNotShared) {
  const auto page = static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
  const std::vector<std::pair<std::string, std::optional<std::uint64_t>>> texts{
      {"900 50 20 1 0 30 0\n", 30 * page},
      {"900 50 50 1 0 30 0\n", 0},
      {"900 50 51 1 0 30 0\n", std::nullopt},  // read while it changed
      {"900 50", std::nullopt},
      {"900 x 20 1 0 30 0\n", std::nullopt},
      {"", std::nullopt},
  };
  for (const auto& [text, bytes] : texts) EXPECT_EQ(parse_private_memory(text), bytes) << text;
}

TEST(MemoryUse, OfManyProcessesIsTheirSum) {
  Bench bench(Isolation::kPlain);
  const auto cell = bench.open(Role::kServer);
  ASSERT_TRUE(cell->start(python(*cell,
                                 "s = socket.create_server(('127.0.0.1', port))\n"
                                 "r, w = os.pipe()\n"
                                 "for _ in range(3):\n"
                                 "    if os.fork() == 0:\n"
                                 "        eaten = b'x' * (16 << 20)\n"
                                 "        os.write(w, b'1')\n"
                                 "        signal.pause()\n"
                                 "for _ in range(3): os.read(r, 1)\n"
                                 "c, _ = s.accept()\n"
                                 "c.sendall(b'eaten')\n"
                                 "signal.pause()\n")));
  ASSERT_TRUE(cell->await_listening());
  ASSERT_TRUE(cell->connect());
  ASSERT_EQ(cell->await(1, false).bytes, "eaten");
  const std::uint64_t used = memory_in_use(ProcessTable::of_host(), getpid());
  EXPECT_GE(used, std::uint64_t{3} * 16 << 20);
  EXPECT_LT(used, std::uint64_t{3} * 16 << 24);
}

}  // namespace
}  // namespace chatspec
