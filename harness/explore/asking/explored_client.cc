#include "harness/explore/asking/explored_client.h"

#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/explore/protocol/client_answer.h"
#include "reference/files.h"

namespace chatspec {

std::expected<ExploredClient, CellFailure> ExploredClient::start(
    const ClientSource& source, std::span<const std::string> messages, std::uint64_t seed,
    TimePoint end) {
  auto cell = source.cells.open(Role::kClient, seed);
  if (!cell) return std::unexpected(cell.error());
  (*cell)->end_waits_by(end);
  auto texts = (*cell)->add_file("messages.txt", chat::format_messages(messages));
  if (!texts) return std::unexpected(texts.error());
  auto signatures = (*cell)->add_file(
      "signatures.txt", chat::format_signatures(source.signatures.first(messages.size())));
  if (!signatures) return std::unexpected(signatures.error());
  const auto command = source.command.fill({{"host", (*cell)->host()},
                                            {"port", std::to_string((*cell)->port())},
                                            {"messages", *std::move(texts)},
                                            {"signatures", *std::move(signatures)}});
  const auto started = (*cell)->start(source.start.complete(command, (*cell)->folder()));
  if (!started) return std::unexpected(started.error());
  return ExploredClient(source, messages, *std::move(cell));
}

std::expected<std::unique_ptr<ProgramConversation>, CellFailure> ExploredClient::accept() {
  const auto connection = cell_->accept();
  if (!connection) return std::unexpected(connection.error());
  return std::make_unique<ProgramConversation>(
      std::make_unique<ClientAnswerWatch>(source_->profile, messages_), *cell_, *connection);
}

ExploredClient::Aftermath ExploredClient::see_aftermath(std::string_view sent, bool is_hasty) {
  const auto exit = cell_->await_exit(is_hasty ? ExitWait::kUnlikely : ExitWait::kDue);
  Aftermath after;
  if (!exit) {
    const QuietGrade grade = exit.error().grade;
    after.runs_on = grade == QuietGrade::kProven || grade == QuietGrade::kSettled;
    after.is_opaque = !after.runs_on;
  }
  cell_->stop();  // all that it wrote has come then
  const auto deaths = cell_->deaths();
  after.crash = find_crash({.exit = exit ? std::optional(*exit) : std::nullopt,
                            .deaths = deaths,
                            .errors = cell_->errors().bytes,
                            .given = fmt::format("{}\n{}", sent, fmt::join(messages_, "\n"))});
  return after;
}

ReachedLines ExploredClient::take_reached() {
  return source_->start.tells_lines ? reached_.take(*cell_) : ReachedLines();
}

}  // namespace chatspec
