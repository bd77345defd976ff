// The suite as data for others: a file of JSON for each chapter and role, in the way of
// Wycheproof's vectors, and an index of them. scenarios/vectors/vectors.schema.json says what
// stands in them.

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "harness/script/script.h"
#include "harness/suite/case.h"
#include "reference/profile.h"

namespace chatspec {

// Changes when a reader of the former one would misread the new one.
inline constexpr std::string_view kVectorFormat = "chatspec-vectors-1";
inline constexpr std::string_view kVectorIndex = "index.json";
inline constexpr std::string_view kVectorSchema = "vectors.schema.json";

struct VectorOptions {
  chat::Profile profile;
  std::uint64_t seed = 0;
  GivenKeys given_keys{};        // of a server that the tests are for; else each test has its own
  std::string generator{};       // what made them: name and version
  std::string suite{};           // the SHA-256 of the suite
  std::size_t max_test_bytes{};  // a test that is longer, as JSON, is left out
  // Why a script is none for whoever reads the tests, as a sentence; "" where it is.
  std::function<std::string(const Script&)> obstacle{};
};

struct LeftOutTest {
  std::string id{};
  Role role = Role::kServer;
  std::string why{};
};

// Of all vectors, what files there are: the index, the schema and those of tests, by their names.
// The same cases and options give the same bytes.
struct VectorFiles {
  std::map<std::string, std::string> contents{};
  std::map<Role, std::size_t> tests{};  // how many
  std::vector<LeftOutTest> left_out{};  // named in the index, too
};

// `cases` of each role, which apply to the profile, in the order in which they are written.
VectorFiles make_vector_files(const std::map<Role, std::vector<const Case*>>& cases,
                              const VectorOptions& options);

// The names of all files of the export that this is the index of, itself among them; none where it
// is no such index. They may be anything.
std::set<std::string> list_exported(std::string_view index);

}  // namespace chatspec
