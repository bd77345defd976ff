// The server above its sockets: listens, gives every connection a session, and ends.

#pragma once

#include "reference/program/server_options.h"

namespace chat {

// Serves until there is nothing more to serve. Gives the exit status; errors are reported.
int run_server(const ServerOptions& options);

}  // namespace chat
