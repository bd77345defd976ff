"""A server with the bug of that name; see bugs.py."""

import sys

from bugs import main
from chat_server import Server

sys.exit(main(Server, "server_bugs", sys.argv[1:]))
