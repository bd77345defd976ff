#include "harness/play/player.h"

#include "harness/play/conversation.h"
#include "harness/play/program_end.h"
#include "harness/play/program_start.h"
#include "harness/play/recording.h"

namespace chatspec {

Transcript play(const Script& script, Cell& cell, const Command* command, const Clock& clock) {
  Recording recording(clock);
  ProgramStart program(script, cell, command, recording);
  Conversation conversation(script, cell, program, recording);
  if (program.start()) conversation.play();
  end_program(script, cell, command != nullptr, conversation, recording);
  return recording.take();
}

}  // namespace chatspec
