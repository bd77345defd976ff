// In the order that the kernel wants: without a user there is no right to mount, without private
// mounts what is mounted would be seen outside, and the cell's folder comes last because an overlay
// on it needs all that. An ordinary user who has made a user namespace is root in it for as long as
// this takes.

#include "harness/cell/supervisor/cell_namespaces.h"

#include <cerrno>
#include <fcntl.h>
#include <string>
#include <unistd.h>
#include <utility>

#include <net/if.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/xattr.h>

namespace chatspec {
namespace {

std::unexpected<SetUpFailure> set_up_failure(std::string_view what) {
  return std::unexpected(SetUpFailure{what, errno});
}

bool write_whole(const char* path, std::string_view text) {
  const FileDescriptor file(open(path, O_WRONLY | O_CLOEXEC));
  return file && write(file.get(), text.data(), text.size()) == static_cast<ssize_t>(text.size());
}

// The user is the same inside and outside.
bool map_user(uid_t user, gid_t group) {
  const auto same = [](unsigned id) {
    return std::to_string(id) + " " + std::to_string(id) + " 1";
  };
  write_whole("/proc/self/setgroups", "deny");
  return write_whole("/proc/self/uid_map", same(user)) &&
         write_whole("/proc/self/gid_map", same(group));
}

bool raise_loopback() {
  const FileDescriptor socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  ifreq request{};
  request.ifr_name[0] = 'l';
  request.ifr_name[1] = 'o';
  request.ifr_flags = IFF_UP | IFF_RUNNING;
  return ioctl(socket.get(), SIOCSIFFLAGS, &request) == 0;
}

FileDescriptor open_folder_to_mount(const std::string& path) {
  return FileDescriptor(open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
}

std::string path_of(const FileDescriptor& descriptor) {
  return "/proc/self/fd/" + std::to_string(descriptor.get());
}

// What an overlay keeps of its own in attributes of files. Where it could not, it would be mounted,
// and fail in what it does.
struct OverlayMarks {
  const char* attribute;
  const char* options;
};
constexpr OverlayMarks kRootsMarks{"trusted.chatspec", ",redirect_dir=on"};
constexpr OverlayMarks kUsersMarks{"user.chatspec", ",userxattr"};

// Lays a file system for what the program writes over the folder that it is to see, so that nothing
// has to be copied. The result covers that file system, whose own folders nobody needs to see. The
// folders are named by descriptors, since in their paths a comma or colon would mean something.
bool mount_overlay(const std::string& place, const std::string& lower_path,
                   const OverlayMarks& marks) {
  const std::string upper_path = place + "/upper";
  const std::string work_path = place + "/work";
  if (mkdir(upper_path.c_str(), 0700) != 0 || chmod(upper_path.c_str(), 0777) != 0 ||
      mkdir(work_path.c_str(), 0700) != 0) {
    return false;
  }
  if (setxattr(work_path.c_str(), marks.attribute, "", 0, 0) != 0) return false;
  const FileDescriptor lower = open_folder_to_mount(lower_path);
  const FileDescriptor upper = open_folder_to_mount(upper_path);
  const FileDescriptor work = open_folder_to_mount(work_path);
  const std::string options = "lowerdir=" + path_of(lower) + ",upperdir=" + path_of(upper) +
                              ",workdir=" + path_of(work) + marks.options;
  return mount("overlay", place.c_str(), "overlay", MS_NOSUID | MS_NODEV, options.c_str()) == 0;
}

// A file system in memory. Files without content take room too, so that their number has an end.
bool mount_memory(const std::string& place, const SupervisorPlan& plan) {
  const std::string options = "mode=0700,size=" + std::to_string(plan.folder_bytes) +
                              ",nr_inodes=" + std::to_string(plan.folder_files);
  return mount("tmpfs", place.c_str(), "tmpfs", MS_NOSUID | MS_NODEV, options.c_str()) == 0;
}

// Gives whether the program's folder is there; else the cell's is as before.
bool overlay(const SupervisorPlan& plan, const std::string& folder) {
  const std::string place = folder + "/" + std::string(kProgramFolder);
  if (mkdir(place.c_str(), 0700) != 0) return false;
  const bool mounted = mount_memory(place, plan);
  const OverlayMarks& marks = plan.own_user_namespace ? kUsersMarks : kRootsMarks;
  if (mounted && mount_overlay(place, plan.program_folder, marks)) return true;
  if (mounted) umount2(place.c_str(), MNT_DETACH);
  rmdir(place.c_str());
  return false;
}

// Everybody in the cell writes to /tmp and /dev/shm.
bool make_places(const SupervisorPlan& plan) {
  for (const auto& [name, mode] : {std::pair{cell_place::kFolder, mode_t{0700}},
                                   {cell_place::kTemporary, mode_t{01777}},
                                   {cell_place::kSharedMemory, mode_t{01777}}}) {
    const std::string place = plan.folder + "/" + std::string(name);
    if (mkdir(place.c_str(), 0700) != 0 || !mount_memory(place, plan)) return false;
    if (chmod(place.c_str(), mode) != 0) return false;
  }
  return true;
}

std::expected<CellMounts, SetUpFailure> mount_folder(const SupervisorPlan& plan) {
  if (!mount_memory(plan.folder, plan) || (plan.has_places && !make_places(plan))) {
    return set_up_failure("cannot mount a file system on the cell's folder");
  }
  const std::string folder =
      plan.has_places ? plan.folder + "/" + std::string(cell_place::kFolder) : plan.folder;
  CellMounts mounts{.folder = open_folder_to_mount(folder)};
  if (!mounts.folder) return set_up_failure("cannot open the cell's folder");
  if (!plan.program_folder.empty()) mounts.has_program_folder = overlay(plan, folder);
  return mounts;
}

}  // namespace

std::expected<CellMounts, SetUpFailure> set_up_namespaces(const SupervisorPlan& plan) {
  if (plan.own_user_namespace && !map_user(plan.user, plan.group)) {
    return set_up_failure("cannot map this user into a user namespace");
  }
  if (mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) {
    return set_up_failure("cannot keep mounts to itself");
  }
  if (mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, nullptr) != 0) {
    return set_up_failure("cannot mount a /proc of its own");
  }
  if (!raise_loopback()) return set_up_failure("cannot bring up the loopback interface");
  if (plan.folder_bytes == 0) return CellMounts{};
  return mount_folder(plan);
}

}  // namespace chatspec
