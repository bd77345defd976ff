#include "harness/cell/supervisor/supervisor.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <optional>
#include <poll.h>
#include <unistd.h>

#include <arpa/inet.h>
#include <net/if.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sys/xattr.h>

#include "harness/cell/kernel/memory_use.h"
#include "harness/cell/kernel/pidfd.h"
#include "harness/cell/kernel/process_table.h"
#include "harness/cell/supervisor/exec_program.h"
#include "harness/cell/supervisor/message_socket.h"

namespace chatspec {
namespace {

// Each round kills all that were there when it began. Only what forks faster than we look needs
// many.
constexpr int kMaxKillRounds = 1000;
// How often the memory of a cell's processes is looked at, where it has a limit: seldom as long as
// they use less than half of it, since memory is filled with a few hundred megabytes in that time.
constexpr int kMemoryLookMs = 50;
constexpr int kCloseMemoryLookMs = 5;

// What went wrong in setting up; `error` as errno.
struct Trouble {
  std::string_view what;
  int error = 0;
};

std::optional<Trouble> trouble(std::string_view what) {
  return Trouble{what, errno};
}

bool write_file(const char* path, std::string_view text) {
  const FileDescriptor file(open(path, O_WRONLY | O_CLOEXEC));
  return file && write(file.get(), text.data(), text.size()) == static_cast<ssize_t>(text.size());
}

// The user is the same inside and outside.
bool map_user(uid_t user, gid_t group) {
  const auto same = [](unsigned id) {
    return std::to_string(id) + " " + std::to_string(id) + " 1";
  };
  write_file("/proc/self/setgroups", "deny");
  return write_file("/proc/self/uid_map", same(user)) &&
         write_file("/proc/self/gid_map", same(group));
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

// Gives whether the program's folder is there; else the cell's is as before.
bool overlay(const SupervisorPlan& plan, const std::string& file_system_options) {
  const std::string place = plan.folder + "/" + std::string(kProgramFolder);
  if (mkdir(place.c_str(), 0700) != 0) return false;
  const bool mounted = mount("tmpfs", place.c_str(), "tmpfs", MS_NOSUID | MS_NODEV,
                             file_system_options.c_str()) == 0;
  const OverlayMarks& marks = plan.own_user_namespace ? kUsersMarks : kRootsMarks;
  if (mounted && mount_overlay(place, plan.program_folder, marks)) return true;
  if (mounted) umount2(place.c_str(), MNT_DETACH);
  rmdir(place.c_str());
  return false;
}

// Whether a signal is one that a program brings upon itself, by a fault or by abort(). Others come
// from outside.
bool is_own_doing(int signal) {
  constexpr std::array kOwn{SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGSYS};
  return std::ranges::find(kOwn, signal) != kOwn.end();
}

std::string_view before_line_end(std::string_view text) {
  return text.substr(0, text.find('\n'));
}

class Supervisor {
 public:
  Supervisor(const SupervisorPlan& plan, FileDescriptor harness)
      : plan_(plan), harness_(std::move(harness)) {}

  void run() {
    if (const auto problem = set_up()) {
      reply_failed(problem->what, problem->error);
      return;
    }
    const FileDescriptor proc(open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    const std::array<int, 2> shown{proc.get(), folder_.get()};
    WordWriter ready;
    ready.add(supervisor_word::kReady).add(has_program_folder_ ? 1 : 0);
    send_message(harness_.get(), ready.bytes(), std::span(shown).first(folder_ ? 2 : 1));
    while (take_turn()) {
    }
    end_all();
  }

 private:
  std::optional<Trouble> set_up() {
    if (plan_.own_namespaces) {
      if (const auto problem = set_up_namespaces()) return problem;
    } else if (prctl(PR_SET_CHILD_SUBREAPER, 1L, 0L, 0L, 0L) != 0) {
      return trouble("cannot become the reaper of orphans");
    }
    // After the changes of user above, which take both back. Without namespaces it must outlive the
    // launcher, to end what is in the cell; the end of the harness it sees by the socket.
    if (plan_.own_namespaces) prctl(PR_SET_PDEATHSIG, SIGKILL, 0L, 0L, 0L);
    prctl(PR_SET_DUMPABLE, 0L, 0L, 0L, 0L);  // nothing in the cell may trace us
    sigset_t child_ended;
    sigemptyset(&child_ended);
    sigaddset(&child_ended, SIGCHLD);
    sigprocmask(SIG_BLOCK, &child_ended, nullptr);
    std::signal(SIGCHLD, SIG_DFL);
    child_ended_ = FileDescriptor(signalfd(-1, &child_ended, SFD_CLOEXEC | SFD_NONBLOCK));
    if (!child_ended_) return trouble("cannot wait for processes");
    return std::nullopt;
  }

  // Makes new namespaces a place to live in.
  std::optional<Trouble> set_up_namespaces() {
    if (plan_.own_user_namespace && !map_user(plan_.user, plan_.group)) {
      return trouble("cannot map this user into a user namespace");
    }
    if (mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) {
      return trouble("cannot keep mounts to itself");
    }
    if (mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, nullptr) != 0) {
      return trouble("cannot mount a /proc of its own");
    }
    if (!raise_loopback()) return trouble("cannot bring up the loopback interface");
    return plan_.folder_bytes > 0 ? mount_folder() : std::nullopt;
  }

  std::optional<Trouble> mount_folder() {
    const std::string options = "mode=0700,size=" + std::to_string(plan_.folder_bytes);
    if (mount("tmpfs", plan_.folder.c_str(), "tmpfs", MS_NOSUID | MS_NODEV, options.c_str()) != 0) {
      return trouble("cannot mount a file system on the cell's folder");
    }
    folder_ = FileDescriptor(open(plan_.folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!folder_) return trouble("cannot open the cell's folder");
    if (!plan_.program_folder.empty()) has_program_folder_ = overlay(plan_, options);
    return std::nullopt;
  }

  // Waits for a request or an end, and deals with it. Gives whether to go on.
  bool take_turn() {
    std::array<pollfd, 2> fds{pollfd{.fd = harness_.get(), .events = POLLIN, .revents = 0},
                              pollfd{.fd = child_ended_.get(), .events = POLLIN, .revents = 0}};
    const bool watches = plan_.memory_bytes > 0 && first_ != 0 && !told_empty_;
    const int ready = poll(fds.data(), fds.size(), watches ? memory_look_ms_ : -1);
    if (ready < 0) return errno == EINTR;
    // By the clock, so that whoever keeps us busy is looked at all the same.
    const auto now = std::chrono::steady_clock::now();
    if (watches && (ready == 0 || now >= next_memory_look_)) {
      watch_memory();
      next_memory_look_ = now + std::chrono::milliseconds(memory_look_ms_);
    }
    if (fds[1].revents != 0) reap();
    return fds[0].revents == 0 || serve();
  }

  void reap() {
    signalfd_siginfo ignored{};
    while (read(child_ended_.get(), &ignored, sizeof ignored) > 0) {
    }
    siginfo_t ended{};
    while (waitid(P_ALL, 0, &ended, WEXITED | WNOHANG | WNOWAIT) == 0 && ended.si_pid != 0) {
      const bool killed = ended.si_code != CLD_EXITED;
      if (killed && ended.si_pid != first_ && is_own_doing(ended.si_status)) tell_death(ended);
      waitid(P_PID, static_cast<id_t>(ended.si_pid), &ended, WEXITED | WNOHANG);
      if (ended.si_pid == first_) {
        WordWriter exited;
        exited.add(supervisor_word::kExited).add(killed ? 1 : 0).add(ended.si_status);
        send_message(harness_.get(), exited.bytes());
      }
      ended = {};
    }
    if (first_ != 0 && !told_empty_ && !has_child()) {
      told_empty_ = true;
      WordWriter empty;
      send_message(harness_.get(), empty.add(supervisor_word::kEmpty).bytes());
    }
  }

  // While its name can still be read.
  void tell_death(const siginfo_t& ended) {
    const auto name = ProcessTable::of_host().read(std::to_string(ended.si_pid) + "/comm");
    WordWriter died;
    died.add(supervisor_word::kDied).add(ended.si_status);
    send_message(harness_.get(), died.add(before_line_end(name.value_or(""))).bytes());
  }

  void watch_memory() {
    const std::uint64_t used = memory_in_use(ProcessTable::of_host(), getpid());
    memory_look_ms_ = used > plan_.memory_bytes / 2 ? kCloseMemoryLookMs : kMemoryLookMs;
    if (used <= plan_.memory_bytes) return;
    WordWriter overrun;
    send_message(harness_.get(), overrun.add(supervisor_word::kOverrun).bytes());
    signal_all(SIGKILL);
  }

  // Every process of the cell descends from a child of ours.
  static bool has_child() {
    siginfo_t any{};
    return waitid(P_ALL, 0, &any, WEXITED | WNOHANG | WNOWAIT) == 0;
  }

  bool serve() {
    auto message = receive_message(harness_.get(), -1);
    if (!message) return false;  // the harness is gone
    WordReader words(message->bytes);
    const std::string_view request = words.word();
    if (request == supervisor_word::kStart) {
      start(words, message->descriptors);
    } else if (request == supervisor_word::kSocket) {
      const auto family = static_cast<int>(words.number());
      const auto type = static_cast<int>(words.number());
      const auto protocol = static_cast<int>(words.number());
      reply_with(FileDescriptor(socket(family, type | SOCK_CLOEXEC, protocol)),
                 "cannot make a socket");
    } else if (request == supervisor_word::kProcess) {
      reply_with(open_pidfd(static_cast<pid_t>(words.number())), "cannot reach a process");
    } else if (request == supervisor_word::kSignal) {
      signal_all(static_cast<int>(words.number()));
      reply_done();
    } else if (request == supervisor_word::kEnd) {
      return end_all()
                 ? (reply_done(), true)
                 : (reply_failed("it makes new processes faster than they can be killed", 0), true);
    }
    return true;
  }

  void start(WordReader& words, std::vector<FileDescriptor>& descriptors) {
    const StartRequest request = read_start_request(words);
    if (descriptors.size() < 2) return reply_failed("cannot start a program", EINVAL);
    StartDescriptors given{.output = std::move(descriptors[0]),
                           .errors = std::move(descriptors[1])};
    if (descriptors.size() > 2) given.group = std::move(descriptors[2]);
    const auto started = start_program(request, given);
    if (!started) return reply_failed(started.error().what, started.error().error);
    first_ = *started;
    told_empty_ = false;
    wrapper_ = request.wrapped ? first_ : 0;
    reply_done(first_);
  }

  // The processes are ours to reap, or those of a child that is, so a number is not another's yet.
  void signal_all(int number) {
    if (plan_.own_namespaces && number == SIGKILL) {
      kill(-1, number);  // at once, everything in the namespace but ourselves
      return;
    }
    for (const ProcessEntry& process : ProcessTable::of_host().descendants(getpid())) {
      const bool spared = process.pid == wrapper_ && number != SIGKILL;
      if (!process.ended() && !spared) kill(process.pid, number);
    }
  }

  // Gives whether no process is left.
  bool end_all() {
    for (int round = 0; round < kMaxKillRounds; ++round) {
      reap();
      if (!has_child()) return true;
      signal_all(SIGKILL);
      siginfo_t any{};
      waitid(P_ALL, 0, &any, WEXITED | WNOWAIT);  // what was killed ends
    }
    return !has_child();
  }

  void reply_done(std::int64_t number = 0) {
    WordWriter done;
    send_message(harness_.get(), done.add(supervisor_word::kDone).add(number).bytes());
  }

  void reply_with(const FileDescriptor& descriptor, std::string_view what) {
    if (!descriptor) return reply_failed(what, errno);
    WordWriter done;
    const int fd = descriptor.get();
    send_message(harness_.get(), done.add(supervisor_word::kDone).bytes(), {&fd, 1});
  }

  void reply_failed(std::string_view what, int error) {
    WordWriter failed;
    send_message(harness_.get(), failed.add(supervisor_word::kFailed).add(what).add(error).bytes());
  }

  SupervisorPlan plan_;
  FileDescriptor harness_;
  FileDescriptor folder_;
  FileDescriptor child_ended_;
  pid_t first_ = 0;
  pid_t wrapper_ = 0;
  bool told_empty_ = false;
  bool has_program_folder_ = false;
  int memory_look_ms_ = kMemoryLookMs;
  std::chrono::steady_clock::time_point next_memory_look_;
};

}  // namespace

std::string to_message(const SupervisorPlan& plan) {
  WordWriter words;
  words.add(plan.own_namespaces ? 1 : 0).add(plan.own_user_namespace ? 1 : 0);
  words.add(plan.user).add(plan.group).add(plan.folder);
  words.add(static_cast<std::int64_t>(plan.folder_bytes));
  words.add(static_cast<std::int64_t>(plan.memory_bytes));
  words.add(plan.program_folder);
  return words.bytes();
}

SupervisorPlan parse_supervisor_plan(std::string_view message) {
  WordReader words(message);
  SupervisorPlan plan;
  plan.own_namespaces = words.number() != 0;
  plan.own_user_namespace = words.number() != 0;
  plan.user = static_cast<uid_t>(words.number());
  plan.group = static_cast<gid_t>(words.number());
  plan.folder = words.word();
  plan.folder_bytes = static_cast<std::uint64_t>(words.number());
  plan.memory_bytes = static_cast<std::uint64_t>(words.number());
  plan.program_folder = words.word();
  return plan;
}

void run_supervisor(const SupervisorPlan& plan, FileDescriptor harness) {
  Supervisor(plan, std::move(harness)).run();
  _exit(0);
}

}  // namespace chatspec
