#include "harness/cell/isolation/control_group.h"

#include <csignal>
#include <string>
#include <unistd.h>

#include <gtest/gtest.h>
#include <sys/wait.h>

namespace chatspec {
namespace {

TEST(ControlGroup, TheHierarchyIsFoundAmongTheMounts) {
  EXPECT_EQ(find_group_mount("22 1 8:1 / / rw - ext4 /dev/vda rw\n"
                             "41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 none rw\n"),
            "/sys/fs/cgroup/unified");
  EXPECT_EQ(find_group_mount("30 25 0:26 / /sys/fs/cgroup rw shared:4 - cgroup2 cgroup2 rw\n"),
            "/sys/fs/cgroup");
  EXPECT_EQ(find_group_mount("41 31 0:38 / /mnt/cgroup2 rw - tmpfs cgroup2 rw\n"), std::nullopt);
  EXPECT_EQ(find_group_mount(""), std::nullopt);
}

TEST(ControlGroup, TheGroupOfAProcessIsThatOfTheSecondVersion) {
  EXPECT_EQ(find_own_group("0::/user.slice/run-u7.scope\n"), "/user.slice/run-u7.scope");
  EXPECT_EQ(find_own_group("9:name=systemd:/x\n4:memory:/y\n0::/\n"), "/");
  EXPECT_EQ(find_own_group("4:memory:/y\n"), std::nullopt);
}

TEST(ControlGroup, KillsForWantOfMemoryAreCounted) {
  EXPECT_EQ(count_kills("low 0\nhigh 0\nmax 31\noom 1\noom_kill 7\noom_group_kill 1\n"), 7U);
  EXPECT_EQ(count_kills("low 0\noom 2\n"), 0U);
  EXPECT_EQ(count_kills(""), 0U);
}

TEST(ControlGroup, OnceClaimedHoldsWhoeverEntersAGroup) {
  const auto groups = ControlGroups::claim();
  if (!groups) GTEST_SKIP() << groups.error();
  const auto group = groups->make_group("test", 64 << 20, 8);
  ASSERT_TRUE(group) << group.error();
  const pid_t pid = fork();
  if (pid == 0) {
    if (write(group->open_entrance().get(), "0", 1) != 1) _exit(1);
    std::string eaten(128 << 20, 'x');
    _exit(eaten.back() == 'x' ? 2 : 3);  // not reached, where the kernel kills it
  }
  int status = 0;
  ASSERT_EQ(waitpid(pid, &status, 0), pid);
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << status;
  EXPECT_TRUE(group->ran_out_of_memory());
}

}  // namespace
}  // namespace chatspec
