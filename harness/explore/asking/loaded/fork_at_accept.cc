// Makes a server that serves one client, or one after the other, serve each in a process of its
// own, which is as new as the server was when it was ready for its first: a library that is loaded
// before the C library (LD_PRELOAD of ld.so(8)), and takes the place of accept() there.
//
// So whoever asks the server for one conversation after another need not wait until it has started
// anew. It changes what is asked: whatever comes of it is to be seen once more without.
//
// Where the server has several threads, or its socket does not block (it waits for clients by other
// means, and serves several), nothing is changed.

#include <cerrno>
#include <csignal>
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <unistd.h>

#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>

namespace {

bool has_client = false;  // this process is the one of a client

bool has_one_thread() {
  DIR* tasks = opendir("/proc/self/task");
  if (tasks == nullptr) return false;
  int threads = 0;
  while (const dirent* task = readdir(tasks)) {
    if (task->d_name[0] != '.') ++threads;
  }
  closedir(tasks);
  return threads == 1;
}

bool blocks(int socket) {
  const int flags = fcntl(socket, F_GETFL);
  return flags >= 0 && (flags & O_NONBLOCK) == 0;
}

// Crashes as a client's process did. With which status one ends that does not is no matter: whoever
// is refused may leave the server with another.
void crash_like(int status) {
  if (!WIFSIGNALED(status)) return;
  const rlimit no_core{.rlim_cur = 0, .rlim_max = 0};  // there is one already
  setrlimit(RLIMIT_CORE, &no_core);
  std::signal(WTERMSIG(status), SIG_DFL);
  std::raise(WTERMSIG(status));
}

// Comes back in a process that has no client yet. The server itself stays here, and is there for
// the next once a client's process has ended.
void fork_for_client(int socket) {
  if (has_client) _exit(0);
  if (!blocks(socket) || !has_one_thread()) return;
  for (;;) {
    const pid_t client = fork();
    has_client = client == 0;
    if (client <= 0) return;
    int status = 0;
    while (waitpid(client, &status, 0) < 0 && errno == EINTR) {
    }
    crash_like(status);
  }
}

template <typename Function>
Function* find_next(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

}  // namespace

extern "C" {

int accept(int socket, sockaddr* address, socklen_t* size) {
  fork_for_client(socket);
  return find_next<decltype(accept)>("accept")(socket, address, size);
}

int accept4(int socket, sockaddr* address, socklen_t* size, int flags) {
  fork_for_client(socket);
  return find_next<decltype(accept4)>("accept4")(socket, address, size, flags);
}

}  // extern "C"
