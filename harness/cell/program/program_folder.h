// The folder in which a program is to live (`--folder`), as it was when the run began. Each cell
// gets a copy of it for its own: what a program writes there is seen by nobody else, and neither
// is what happens to the original meanwhile.

#pragma once

#include <expected>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "harness/cell/folders/scratch_folder.h"
#include "harness/cell/folders/tree_copy.h"

namespace chatspec {

class ProgramFolder {
 public:
  // Copies `source` into a new folder in `temporary`. `secrets` do not come with it: the log, the
  // suite. The error is a sentence.
  static std::expected<ProgramFolder, std::string> copy_of(
      const std::filesystem::path& source, const std::filesystem::path& temporary,
      const std::vector<std::filesystem::path>& secrets);

  // Takes what lies in the folder of a descriptor, as a build has left it, in place of what it had.
  // While no cell has a copy. The error is a sentence, after which all is as before.
  std::expected<void, std::string> replace_by(int built);

  const std::filesystem::path& path() const { return copy_->path(); }
  int descriptor() const { return copy_->descriptor(); }
  const CopiedTree& contents() const { return contents_; }

 private:
  ProgramFolder(std::filesystem::path temporary, ScratchFolder copy, CopiedTree contents)
      : temporary_(std::move(temporary)),
        copy_(std::make_unique<ScratchFolder>(std::move(copy))),
        contents_(std::move(contents)) {}

  std::filesystem::path temporary_;
  std::unique_ptr<ScratchFolder> copy_;
  CopiedTree contents_;
};

}  // namespace chatspec
