"""A client with the bug of that name; see bugs.py."""

import sys

from bugs import main
from chat_client import Client

sys.exit(main(Client, "client_bugs", sys.argv[1:]))
