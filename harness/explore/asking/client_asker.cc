#include "harness/explore/asking/client_asker.h"

#include <array>
#include <utility>

namespace chatspec {
namespace {

bool has_ended_first(const CellFailure& failure) {
  return failure.kind == CellFailure::Kind::kExited ||
         failure.kind == CellFailure::Kind::kNoConnection;
}

ClientSource by_command_alone(ClientSource source) {
  source.start = {};
  return source;
}

}  // namespace

ClientAsker::ClientAsker(const Settings& settings)
    : settings_(settings),
      careful_source_(by_command_alone(settings.source)),
      state_(settings.interrupt, settings.source.clock, settings.end) {}

Asked ClientAsker::ask(std::span<const std::string> messages, const Dialogue& dialogue,
                       ReachedLines* reached) {
  if (auto over = state_.find_end()) return std::unexpected(*std::move(over));
  auto played = play(messages, dialogue, Pace::kQuick, settings_.end);
  if (played && reached) *reached = std::move(played->reached);
  if (played && !played->is_expected) {
    const std::vector<SaidNext> said = played->said;
    played = play(messages, say_again(said), Pace::kCareful, settings_.end);
  }
  return state_.conclude(answers_of(std::move(played)));
}

Asked ClientAsker::ask_afresh(std::span<const std::string> messages, const Dialogue& dialogue,
                              TimePoint end) {
  // What could not begin in time is no trouble.
  if (settings_.source.clock.now() >= end)
    return state_.conclude(std::unexpected(CellFailure{.kind = CellFailure::Kind::kNotExited}),
                           end);
  return state_.conclude(answers_of(play(messages, dialogue, Pace::kCareful, end)), end);
}

// Of a client that never connects, whatever its messages are, nothing is to be learned.
ClientAsker::Played ClientAsker::play(std::span<const std::string> messages,
                                      const Dialogue& dialogue, Pace pace, TimePoint end) {
  auto played = play_once(messages, dialogue, pace, end);
  if (!played || played->answers.empty() || has_connected()) return played;
  const auto connects = see_it_connect(end);
  return connects ? std::move(played) : std::unexpected(connects.error());
}

std::expected<void, CellFailure> ClientAsker::see_it_connect(TimePoint end) {
  const std::array<std::string, 1> plain{"a"};
  auto client = ExploredClient::start(careful_source_, plain, settings_.seed, end);
  if (!client) return std::unexpected(client.error());
  if (const auto conversation = client->accept(); !conversation)
    return std::unexpected(client->with_complaint(conversation.error()));
  note_connected();
  return {};
}

ClientAsker::Played ClientAsker::play_once(std::span<const std::string> messages,
                                           const Dialogue& dialogue, Pace pace, TimePoint end) {
  std::uint64_t seed = settings_.seed;
  {
    const std::scoped_lock lock(mutex_);
    seed += started_++;
  }
  const ClientSource& source = pace == Pace::kCareful ? careful_source_ : settings_.source;
  auto client = ExploredClient::start(source, messages, seed, end);
  if (!client) return std::unexpected(client.error());
  state_.count([](AskingCounts& counts) { ++counts.programs; });
  PlayedDialogue played{.pace = pace};
  auto conversation = client->accept();
  if (!conversation && !has_ended_first(conversation.error()))
    return std::unexpected(conversation.error());
  if (conversation) {
    note_connected();
    const auto done = converse(**conversation, dialogue, settings_.interrupt, played);
    state_.count([&](AskingCounts& counts) {
      ++counts.conversations;
      counts.remarks += (*conversation)->remarks();
    });
    if (!done) return std::unexpected(done.error());
    (*conversation)->close();
    if ((*conversation)->is_over()) see_aftermath(*client, (*conversation)->sent(), played);
    played.reached = client->take_reached();
  } else if (auto first = dialogue({})) {
    played.said.push_back(*std::move(first));
    played.answers.emplace_back(kNoConnectionAnswer);
    played.is_expected = false;
    see_aftermath(*client, "", played);
  }
  // All waits ended then, whatever was still to come.
  if (settings_.source.clock.now() >= end)
    return std::unexpected(CellFailure{.kind = CellFailure::Kind::kNotExited});
  return played;
}

void ClientAsker::see_aftermath(ExploredClient& client, std::string_view sent,
                                PlayedDialogue& played) {
  bool is_hasty = false;
  {
    const std::scoped_lock lock(mutex_);
    is_hasty = is_slow_to_end_;
  }
  const auto after = client.see_aftermath(sent, is_hasty);
  if (after.crash) note_crash(played, *after.crash);
  if (after.is_opaque) {
    const std::scoped_lock lock(mutex_);
    is_slow_to_end_ = true;
  }
  if (!after.runs_on || after.crash || played.answers.empty()) return;
  std::string& last = played.answers.back();
  last += ", " + std::string(kUnendedAnswer);
  played.is_expected = played.is_expected && played.said.back().expected.allows(last);
}

bool ClientAsker::has_connected() {
  const std::scoped_lock lock(mutex_);
  return has_connected_;
}

void ClientAsker::note_connected() {
  const std::scoped_lock lock(mutex_);
  has_connected_ = true;
}

}  // namespace chatspec
