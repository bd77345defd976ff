// What the harness and the supervisor of a cell (supervisor.h) say to each other, and in which
// words.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

#include "harness/cell/supervisor/message_socket.h"

namespace chatspec {

// What a supervisor is made for.
struct SupervisorPlan {
  bool own_namespaces = false;      // of network, processes, mounts and IPC
  bool own_user_namespace = false;  // what an ordinary user needs to make the others
  uid_t user = 0;                   // the harness's, which is the same in the cell
  gid_t group = 0;
  std::string folder{};            // the cell's; exists
  std::uint64_t folder_bytes = 0;  // if not 0: a file system of this size lies on the folder, for
                                   // this cell alone
  std::uint64_t folder_files = 0;  // how many files and folders that holds
  bool has_places = false;         // the cell has a file system besides: see cell_place
  std::uint64_t memory_bytes =
      0;                         // if not 0: when all processes together use more, they are killed
  std::string program_folder{};  // if not empty, and the folder has a file system: what lies there
                                 // is seen in kProgramFolder, where the kernel can do that without
                                 // a copy, and what is written does not reach it
};
void write_supervisor_plan(const SupervisorPlan& plan, WordWriter& words);
SupervisorPlan read_supervisor_plan(WordReader& words);

// Where in the cell's folder the copy of the program's folder lies.
inline constexpr std::string_view kProgramFolder = "program";

// Where a cell has places, its folder lies in the first, and all of them in what the host calls its
// folder: what a wrapper is to show as the cell's folder, as /tmp and as /dev/shm. Each is a file
// system of its own, as large as the first.
namespace cell_place {
inline constexpr std::string_view kFolder = "folder";
inline constexpr std::string_view kTemporary = "tmp";
inline constexpr std::string_view kSharedMemory = "shm";
}  // namespace cell_place

// A limit as setrlimit(2) knows it, soft and hard alike; or less, where whoever started the harness
// has less and may not raise it.
struct ResourceLimit {
  int resource = 0;
  std::uint64_t value = 0;
};

inline constexpr int kFilterDescriptor = 3;
inline constexpr int kOptionsDescriptor = 4;
// Among a wrapper's options: its own folder in /proc, whose number nobody knows before it runs.
inline constexpr std::string_view kWrapperFolder = "/proc/wrapper";

// A program to start. With the message go its standard output and error, its filter of system calls
// where it has one, and the entrance of the cell's group, where it has one.
struct StartRequest {
  std::string program{};  // an absolute path
  std::vector<std::string> arguments{};
  std::vector<std::string> environment{};
  // What it reads from its kOptionsDescriptor, each closed by a zero, if there is anything: whoever
  // looks at its command line does not see it.
  std::vector<std::string> options{};
  std::string folder{};       // the cell's
  std::int64_t owner = -1;    // if not negative: the user and group to whom the folder is given
  std::string work_folder{};  // to work in
  std::vector<ResourceLimit> limits{};
  // What bubblewrap reads goes with the message, and is its kFilterDescriptor. The program has a
  // session keyring of its own (session-keyring(7)).
  bool is_filtered = false;
  bool wrapped = false;  // the first process only waits for the real one, which is its child
};
void write_start_request(const StartRequest& request, WordWriter& words);
StartRequest read_start_request(WordReader& words);

// A message of the harness begins with its number, which counts up from 1, and one of these words.
// The answer begins with the same number, what the supervisor tells unasked with 0: so an answer is
// never taken for another request's. Number 1 is asked by launching it, and answered by kReady.
inline constexpr std::int64_t kFirstRequest = 1;
namespace supervisor_word {
// To the supervisor.
inline constexpr std::string_view kStart = "start";      // a StartRequest, descriptors
inline constexpr std::string_view kSocket = "socket";    // family, type, protocol
inline constexpr std::string_view kProcess = "process";  // a number in the cell's /proc
inline constexpr std::string_view kSignal = "signal";    // a number, to every process but a wrapper
inline constexpr std::string_view kEnd = "end";          // kills all
// In answer.
inline constexpr std::string_view kReady =
    "ready";  // once: whether kProgramFolder is there (1) or not (0); the cell's /proc, and its
              // folder if own
inline constexpr std::string_view kDone = "done";      // with what was asked for; of a start, the
                                                       // process, which may still fail to run it
inline constexpr std::string_view kFailed = "failed";  // what was tried, errno
// Unasked.
inline constexpr std::string_view kRuns = "runs";         // the program has begun to run
inline constexpr std::string_view kRunsNot = "runs-not";  // it cannot be run: what was tried, errno
inline constexpr std::string_view kExited = "exited";     // by a signal (1) or not (0), its value
inline constexpr std::string_view kDied = "died";         // an orphan: the signal, its name
inline constexpr std::string_view kEmpty = "empty";       // no process is left
inline constexpr std::string_view kOverrun = "overrun";   // they used more memory than they may
}  // namespace supervisor_word

}  // namespace chatspec
