#include "harness/cell/kernel/memory_use.h"

#include <unistd.h>

#include <gtest/gtest.h>

#include "harness/cell/process/cell_test_support.h"

namespace chatspec {
namespace {

using namespace std::chrono_literals;
using testing::Bench;
using testing::python;

constexpr std::uint64_t kKiB = 1024;

TEST(MemoryUse, OfAProcessIsItsOwnAndWhatItMayShare) {
  const auto memory = parse_process_memory(
      "Name:\tx\nVmRSS:\t  999 kB\nRssAnon:\t   30 kB\nRssFile:\t 500 kB\n"
      "RssShmem:\t   20 kB\nVmPTE:\t    4 kB\nVmSwap:\t    2 kB\nThreads:\t1\n");
  ASSERT_TRUE(memory);
  EXPECT_EQ(memory->own, 36 * kKiB);
  EXPECT_EQ(memory->shared, 20 * kKiB);
  const auto of_a_zombie = parse_process_memory("Name:\tx\nState:\tZ (zombie)\n");
  ASSERT_TRUE(of_a_zombie);
  EXPECT_EQ(of_a_zombie->own + of_a_zombie->shared, 0U);
  EXPECT_FALSE(parse_process_memory("RssAnon:\t x kB\n"));
  EXPECT_FALSE(parse_process_memory("RssAnon:"));
}

TEST(MemoryUse, TheSharedPartIsThatOfMemoryFiles) {
  EXPECT_EQ(parse_shared_part("55-7f ---p 0 00:00 0  [rollup]\nRss: 90 kB\nPss_Anon:  30 kB\n"
                              "Pss_File:  7 kB\nPss_Shmem:  12 kB\n"),
            12 * kKiB);
  EXPECT_EQ(parse_shared_part("Rss: 90 kB\nPss: 30 kB\n"), std::nullopt);
  EXPECT_EQ(parse_shared_part(""), std::nullopt);
}

TEST(MemoryUse, OfSystemVObjectsIsToldByTheirTables) {
  const std::string shm =
      "       key      shmid perms                  size  cpid  lpid nattch   uid   gid  cuid  cgid"
      "      atime      dtime      ctime                   rss                  swap\n"
      "         0          0  1600            1073741824     3     3      0     0     0     0     0"
      " 1795876632 1795876634 1795876632            1073741824                  4096\n"
      "         0          1   600                  8192     3     3      0     0     0     0     0"
      " 1795876632 1795876634 1795876632                  4096                     0\n";
  EXPECT_EQ(count_segments(shm), 1073741824U + 4096 + 4096);
  EXPECT_EQ(count_segments("       key      shmid perms\n"), 0U);
  EXPECT_EQ(count_segments(""), 0U);
  EXPECT_EQ(count_messages("       key      msqid perms      cbytes       qnum\n"
                           "         0          0   600         700          7\n"),
            700U);
  EXPECT_GE(count_semaphores("       key      semid perms      nsems   uid\n"
                             "         0          0   600        1000     0\n"),
            64'000U);
}

TEST(MemoryUse, IsThatOfTheThreadsThatAreLeft) {
  Bench bench(Isolation::kPlain);
  const auto cell = bench.open(Role::kServer);
  ASSERT_TRUE(cell->start(
      python(*cell,
             "import ctypes, threading\n"
             "def serve():\n"
             "    while ') Z ' not in open('/proc/self/stat').read(): os.sched_yield()\n"
             "    eaten = b'x' * (64 << 20)\n"
             "    s = socket.create_server(('127.0.0.1', port))\n"
             "    c, _ = s.accept()\n"
             "    c.sendall(b'eaten')\n"
             "    signal.pause()\n"
             "threading.Thread(target=serve).start()\n"
             "ctypes.CDLL(None).pthread_exit(None)\n")));
  ASSERT_TRUE(cell->await_listening());
  ASSERT_TRUE(cell->connect());
  ASSERT_EQ(cell->await(1, false).bytes, "eaten");
  EXPECT_GE(memory_in_use(ProcessTable::of_host(), getpid(), 0), std::uint64_t{64} << 20);
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
  const std::uint64_t used = memory_in_use(ProcessTable::of_host(), getpid(), 0);
  EXPECT_GE(used, std::uint64_t{3} * 16 << 20);
  EXPECT_LT(used, std::uint64_t{3} * 16 << 24);
}

}  // namespace
}  // namespace chatspec
