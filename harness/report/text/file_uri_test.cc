#include "harness/report/text/file_uri.h"

#include <gtest/gtest.h>

namespace chatspec {
namespace {

TEST(FileUris, NameThePathOfWhichTheyAreMade) {
  for (const char* path : {"/", "/a b/c.chat", "/50%/ü", "/a?b#c", "/%41"})
    EXPECT_EQ(path_of_file_uri(make_file_uri("", path)), path);
}

TEST(FileUris, AreReadAsEditorsWriteThem) {
  EXPECT_EQ(path_of_file_uri("file:///a%3ab/c.chat"), "/a:b/c.chat");
  EXPECT_EQ(path_of_file_uri("file://localhost/a"), "/a");
}

TEST(FileUris, NameNoPathWhereTheyNameNoFileHere) {
  for (const char* uri : {"", "untitled:1", "file://", "file://there/a", "file://localhostile/a",
                          "file:///a?b", "file:///a#b", "file:///%", "file:///%4", "file:///%zz",
                          "file:///%-1", "file:///%00", "FILE:///a"})
    EXPECT_EQ(path_of_file_uri(uri), std::nullopt) << uri;
}

}  // namespace
}  // namespace chatspec
