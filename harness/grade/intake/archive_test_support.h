// Archives for tests, with whatever in them.

#pragma once

#include <archive.h>
#include <archive_entry.h>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "harness/grade/intake/any_script.h"

namespace chatspec {

struct ArchiveEntry {
  std::string path{};
  std::string bytes{};
  int kind = AE_IFREG;
  std::string target{};  // of a link
  int rights = 0644;
  bool is_hard_link = false;
};

enum class ArchiveKind { kZip, k7z, kTar, kTarGz, kTarBz2, kTarXz, kTarZst };

inline void write_archive(const std::filesystem::path& place, ArchiveKind kind,
                          const std::vector<ArchiveEntry>& entries,
                          const std::string& password = "") {
  const AnyScript names;  // so that the archive says what characters they have
  const std::unique_ptr<::archive, int (*)(::archive*)> writer(archive_write_new(),
                                                               archive_write_free);
  if (kind == ArchiveKind::kZip) archive_write_set_format_zip(writer.get());
  if (kind == ArchiveKind::k7z) archive_write_set_format_7zip(writer.get());
  if (kind == ArchiveKind::kTarGz) archive_write_add_filter_gzip(writer.get());
  if (kind == ArchiveKind::kTarBz2) archive_write_add_filter_bzip2(writer.get());
  if (kind == ArchiveKind::kTarXz) archive_write_add_filter_xz(writer.get());
  if (kind == ArchiveKind::kTarZst) archive_write_add_filter_zstd(writer.get());
  if (kind >= ArchiveKind::kTar) archive_write_set_format_pax_restricted(writer.get());
  if (!password.empty()) {
    archive_write_set_options(writer.get(), "zip:encryption=zipcrypt");
    archive_write_set_passphrase(writer.get(), password.c_str());
  }
  ASSERT_EQ(archive_write_open_filename(writer.get(), place.c_str()), ARCHIVE_OK);
  for (const ArchiveEntry& entry : entries) {
    const std::unique_ptr<::archive_entry, void (*)(::archive_entry*)> header(archive_entry_new(),
                                                                              archive_entry_free);
    archive_entry_set_pathname(header.get(), entry.path.c_str());
    archive_entry_set_filetype(header.get(), static_cast<unsigned>(entry.kind));
    archive_entry_set_perm(header.get(), static_cast<mode_t>(entry.rights));
    archive_entry_set_mtime(header.get(), 1'000'000'000, 0);
    if (entry.is_hard_link) archive_entry_set_hardlink(header.get(), entry.target.c_str());
    if (entry.kind == AE_IFLNK) archive_entry_set_symlink(header.get(), entry.target.c_str());
    archive_entry_set_size(header.get(), static_cast<la_int64_t>(entry.bytes.size()));
    EXPECT_EQ(archive_write_header(writer.get(), header.get()), ARCHIVE_OK)
        << archive_error_string(writer.get());
    archive_write_data(writer.get(), entry.bytes.data(), entry.bytes.size());
  }
  ASSERT_EQ(archive_write_close(writer.get()), ARCHIVE_OK) << archive_error_string(writer.get());
}

}  // namespace chatspec
