#include "harness/cli/grade/submission_traces.h"

#include "harness/grade/intake/tree_walk.h"

namespace chatspec {
namespace {

class TraceFinder : public TreeVisitor {
 public:
  explicit TraceFinder(std::span<const KnownConstant> constants) : traces_(constants) {}

  void visit_file(const std::string& path, std::string_view bytes, bool /*runs*/) override {
    traces_.look_at(path, bytes);
  }
  const std::vector<SourceTrace>& found() const { return traces_.found(); }

 private:
  SourceTraces traces_;
};

}  // namespace

std::vector<SourceTrace> find_source_traces(const std::filesystem::path& folder,
                                            std::span<const KnownConstant> constants) {
  TraceFinder finder(constants);
  static_cast<void>(walk_tree(folder, finder));
  return finder.found();
}

}  // namespace chatspec
