// Strings and the small numbers that stand for them: inputs and outputs of machines.

#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chatspec::learning {

class Names {
 public:
  // The number of a name, which is new where the name is: 0, 1, 2 and so on.
  int intern(std::string_view name);

  std::optional<int> find(std::string_view name) const;

  // The name of a number that intern() gave. It is as hostile as what it was made of.
  const std::string& name(int number) const { return names_[static_cast<std::size_t>(number)]; }

  int size() const { return static_cast<int>(names_.size()); }

 private:
  std::vector<std::string> names_{};
  std::map<std::string, int, std::less<>> numbers_{};
};

// What the numbers in machines and words mean. Machines that are compared share one.
struct Alphabet {
  Names inputs{};
  Names outputs{};
};

}  // namespace chatspec::learning
