// The client above its socket: connects, lets the session speak, and says how it went.

#pragma once

#include "reference/program/client_options.h"

namespace chat {

// Gives the exit status; errors are reported.
int run_client(const ClientOptions& options);

}  // namespace chat
