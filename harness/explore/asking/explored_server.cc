#include "harness/explore/asking/explored_server.h"

#include <algorithm>

#include "harness/explore/asking/program_end.h"
#include "harness/explore/protocol/signature_watch.h"
#include "reference/files.h"

namespace chatspec {
namespace {

// Every look at a server goes over all connections that it had.
constexpr std::size_t kMostConversations = 64;
// Well within the time that is allowed to a cell (Patience::whole).
constexpr std::chrono::seconds kLongestLife{15};

}  // namespace

ExploredServer::ExploredServer(const ServerSource& source, std::unique_ptr<Cell> cell)
    : source_(&source), cell_(std::move(cell)), begin_(source.clock.now()) {}

std::expected<ExploredServer, CellFailure> ExploredServer::start(const ServerSource& source,
                                                                 std::uint64_t seed,
                                                                 TimePoint end) {
  auto cell = source.cells.open(Role::kServer, seed);
  if (!cell) return std::unexpected(cell.error());
  (*cell)->end_waits_by(end);
  auto keys = (*cell)->add_file("keys.txt", chat::format_keys(source.keys));
  if (!keys) return std::unexpected(keys.error());
  const auto command = source.command.fill({{"host", (*cell)->host()},
                                            {"port", std::to_string((*cell)->port())},
                                            {"keys", *std::move(keys)}});
  const auto started = (*cell)->start(source.start.complete(command, (*cell)->folder()));
  if (!started) return std::unexpected(started.error());
  if (const auto listens = (*cell)->await_listening(); !listens)
    return std::unexpected(with_complaint(listens.error(), **cell));
  return ExploredServer(source, *std::move(cell));
}

std::expected<std::unique_ptr<ProgramConversation>, CellFailure> ExploredServer::connect(
    TimePoint end) {
  cell_->end_waits_by(end);
  const auto connection = cell_->connect();
  if (!connection) return std::unexpected(connection.error());
  ++conversations_;
  errors_before_ = cell_->errors().bytes.size();
  return std::make_unique<ProgramConversation>(
      std::make_unique<ServerAnswerWatch>(source_->profile, source_->keys), *cell_, *connection);
}

ExploredServer::Aftermath ExploredServer::see_aftermath(ProgramConversation& conversation,
                                                        bool is_hasty) {
  conversation.close();
  const auto exit = cell_->await_exit(is_hasty ? ExitWait::kUnlikely : ExitWait::kCrashOnly);
  Aftermath after;
  if (exit) {
    cell_->stop();  // all that it wrote has come then
  } else {
    const bool is_seen =
        exit.error().grade == QuietGrade::kProven || exit.error().grade == QuietGrade::kSettled;
    after.serves_on = is_seen && exit.error().last_seen.activity == Activity::kAccepting;
    after.is_slow = !is_seen;
    after.is_proven = exit.error().grade == QuietGrade::kProven;
  }
  const auto deaths = cell_->deaths();
  const std::string_view errors = cell_->errors().bytes;
  after.crash = find_crash({.exit = exit ? std::optional(*exit) : std::nullopt,
                            .deaths = std::span(deaths).subspan(deaths_before_),
                            .errors = errors.substr(std::min(errors_before_, errors.size())),
                            .given = conversation.sent()});
  deaths_before_ = deaths.size();
  return after;
}

ReachedLines ExploredServer::take_reached() {
  return source_->start.tells_lines ? reached_.take(*cell_) : ReachedLines();
}

bool ExploredServer::is_worn_out() const {
  return conversations_ >= kMostConversations || source_->clock.now() - begin_ > kLongestLife;
}

}  // namespace chatspec
