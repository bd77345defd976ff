// What all parts of the program share.

#pragma once

#include <functional>
#include <mqueue.h>
#include <string>

#include <sys/ipc.h>
#include <sys/types.h>
#include <sys/un.h>

namespace wake_program {

inline constexpr long kNapNs = 300'000'000;

// What it was told, and the connection to whoever asks.
extern std::string folder;
extern bool pokes_itself;
extern std::string means_now;
extern int connection;

[[noreturn]] void unavailable(const char* what);
// Gives `result`, unless it tells of a failure.
int need(int result, const char* what);
int call(long result, const char* what);
std::string path(const char* name);
void nap();
void read_one(int fd);
// A child that naps and then does it.
pid_t later(const std::function<void()>& what);
void handle(int number);
sockaddr_un unix_address();
std::string queue_name();
mqd_t open_queue();
key_t key();
int* shared_word();

int lock_file();
void touch();

}  // namespace wake_program
