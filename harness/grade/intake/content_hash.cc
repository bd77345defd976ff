#include "harness/grade/intake/content_hash.h"

#include <string_view>

#include <fmt/format.h>

#include "harness/grade/intake/tree_walk.h"
#include "reference/signature.h"

namespace chatspec {
namespace {

class TreeHasher : public TreeVisitor {
 public:
  std::string hash() const { return chat::sha256_hex(facts_); }

  void visit_folder(const std::string& path) override { add_fact("folder", path, ""); }
  void visit_link(const std::string& path, const std::string& target) override {
    add_fact("link", path, target);
  }
  void visit_file(const std::string& path, std::string_view bytes, bool runs) override {
    add_fact(runs ? "program" : "file", path, chat::sha256_hex(bytes));
  }

 private:
  // Each as long as it says, so that no two trees give the same.
  void add_fact(std::string_view kind, std::string_view path, std::string_view what) {
    facts_ += fmt::format("{} {} {} {} {}\n", kind, path.size(), path, what.size(), what);
  }

  std::string facts_{};
};

}  // namespace

std::expected<std::string, std::string> hash_contents(const std::filesystem::path& folder,
                                                      const TreeLimits& limits) {
  TreeHasher hasher;
  if (const auto walked = walk_tree(folder, hasher, limits); !walked)
    return std::unexpected(walked.error());
  return hasher.hash();
}

}  // namespace chatspec
