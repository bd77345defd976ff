#!/usr/bin/env bash
# Gradescope runs this once, when it makes the autograder's image.
set -euo pipefail
tar --extract --gzip --file /autograder/source/chatspec.tar.gz --directory /opt
ln -sf /opt/chatspec/bin/chatspec /usr/local/bin/chatspec

# What students' programs need. Take away and add as the assignment has languages.
apt-get update
apt-get install -y --no-install-recommends bubblewrap g++ gcc libc6-dev make python3
