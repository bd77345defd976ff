// Copies a folder with all that is in it, none of which is trusted: it may come from anybody, or be
// what a hostile program has left behind.
//
// The copy holds folders, files, and links that stay within it or lead to where the system's
// programs lie. Devices, FIFOs, sockets and other links are left out; nothing but a file is opened,
// and no link is followed. Everybody may read and write all of the copy, and run what somebody may
// run in the original: whoever gets it is alone with it. Nobody's identity is lent to it
// (set-user-ID), and the times of files are kept, by which `make` goes.

#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <string>
#include <vector>

#include "harness/cell/file_identity.h"

namespace chatspec {

struct TreeLimits {
  std::uint64_t bytes = std::uint64_t{512} << 20;
  std::uint64_t entries = 50'000;  // files, folders and links
  int depth = 64;                  // of folders
};

struct LeftOut {
  std::string path;  // relative; the name is as hostile as the rest
  std::string why;
};

struct CopiedTree {
  std::uint64_t bytes = 0;
  std::uint64_t entries = 0;
  std::vector<LeftOut> left_out{};  // the first few
  std::uint64_t left_out_count = 0;
};

// Copies what is in the folder `from` into the empty folder `to`; both are descriptors. What is
// among `unwanted`, and `to` itself, does not come with it. The error is a sentence that begins
// with the path where it arose, and leaves a part of the copy.
std::expected<CopiedTree, std::string> copy_tree(int from, int to, const TreeLimits& limits = {},
                                                 const std::vector<FileIdentity>& unwanted = {});

// "a.py (it is a FIFO), b (…) and 7 more": what a copy lacks; "" where it lacks nothing.
std::string describe_left_out(const CopiedTree& copied);

// Whether a link, in a folder that lies `depth` folders below the top of a tree, leads out of the
// tree, and not to the system's programs either.
bool leads_out(const std::filesystem::path& target, int depth);

}  // namespace chatspec
