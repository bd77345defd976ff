// Starts the program of a script in its cell, with the files and arguments that the script says,
// and starts it again where the script wants that.

#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "harness/cell/cell.h"
#include "harness/play/command.h"
#include "harness/play/recording.h"
#include "harness/script/script.h"

namespace chatspec {

// Borrows all that it is given. `command` is null where there is nothing to start. Each function
// records what happens, and gives whether to go on.
class ProgramStart {
 public:
  ProgramStart(const Script& script, Cell& cell, const Command* command, Recording& recording)
      : script_(script), cell_(cell), command_(command), recording_(recording) {}

  // Until a server listens.
  bool start();
  // Once more, after our connections were closed. One that ends after its first client may do so by
  // itself; one that serves on is ended.
  bool restart();

 private:
  using Values = std::map<std::string, std::optional<std::string>>;  // of placeholders

  bool add_file(Values& values, const std::string& name, const std::optional<std::string>& content);
  bool start_program();
  bool await_listening();
  bool stop_for(const CellFailure& failure);

  const Script& script_;
  Cell& cell_;
  const Command* command_;
  Recording& recording_;
  std::vector<std::string> arguments_;
};

}  // namespace chatspec
