// All that lies below a folder, in an order that depends on its names alone. None of it is trusted:
// nothing but a file is opened, no link is followed, and how much is read is bounded.

#pragma once

#include <expected>
#include <filesystem>
#include <string>
#include <string_view>

#include "harness/cell/folders/tree_copy.h"

namespace chatspec {

// Is told what lies there, each by its path below the folder. Litter, and what is no file, folder
// or link, is left out.
class TreeVisitor {
 public:
  virtual ~TreeVisitor() = default;
  virtual void visit_folder(const std::string& /*path*/) {}
  virtual void visit_link(const std::string& /*path*/, const std::string& /*target*/) {}
  // `runs`: whether somebody may run it.
  virtual void visit_file(const std::string& path, std::string_view bytes, bool runs) = 0;
};

// The error is a sentence without a full stop.
std::expected<void, std::string> walk_tree(const std::filesystem::path& folder,
                                           TreeVisitor& visitor, const TreeLimits& limits = {});

}  // namespace chatspec
