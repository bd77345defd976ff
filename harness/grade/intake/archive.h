// Archives that somebody handed in, unpacked. None of what they say is trusted.

#pragma once

#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "harness/cell/folders/tree_copy.h"

namespace chatspec {

// Of an archive's name, what stands before ".zip", ".tar.gz" or the like; nothing where it does not
// end as an archive's does.
std::optional<std::string_view> strip_archive_suffix(std::string_view name);

// Unpacks a zip, 7z or tar archive, the last compressed or not, into an empty folder that is
// nobody else's. Files, folders and links within the folder come out, and nothing of what
// is_litter(); times are kept, and of the rights only whether a file may be run.
//
// An archive is refused as a whole that holds a path out of its folder, a link that leads out, a
// device or the like, what is encrypted or damaged, a file and a folder of one name, or more than
// the limits allow, of which the bytes are counted as they come out. The error is a sentence
// without a full stop, in which names are quoted; a part may have been unpacked.
std::expected<void, std::string> unpack_archive(const std::filesystem::path& archive,
                                                const std::filesystem::path& into,
                                                const TreeLimits& limits = {});

}  // namespace chatspec
