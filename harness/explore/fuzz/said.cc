#include "harness/explore/fuzz/said.h"

#include <array>
#include <charconv>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "reference/text/lines.h"
#include "reference/text/quote.h"
#include "reference/text/word_table.h"

namespace chatspec {
namespace {

constexpr std::array kEndWords{
    chat::EnumWord{SaidEnd::kNone, ""},
    chat::EnumWord{SaidEnd::kHalfClose, "half-close"},
    chat::EnumWord{SaidEnd::kClose, "close"},
    chat::EnumWord{SaidEnd::kReset, "reset"},
};
static_assert(chat::covers_in_order(kEndWords, &chat::EnumWord<SaidEnd>::value, SaidEnd::kReset));

constexpr std::string_view kKeysWord = "keys ";
constexpr std::string_view kMessageWord = "message ";
constexpr std::string_view kSayWord = "say ";
constexpr std::string_view kThenWord = "then ";

std::expected<std::string, std::string> read_quoted(std::string_view text) {
  if (text.size() < 2 || !text.starts_with('"') || !text.ends_with('"'))
    return std::unexpected("expected bytes in double quotes");
  auto bytes = chat::unquote(text.substr(1, text.size() - 2));
  if (!bytes) return std::unexpected(bytes.error().message);
  return *std::move(bytes);
}

// Adds what one line says. The error is a sentence.
std::expected<void, std::string> read_line(std::string_view line, SaidConversation& into) {
  if (line.starts_with(kKeysWord)) {
    const std::string_view number = line.substr(kKeysWord.size());
    const auto [end, error] =
        std::from_chars(number.data(), number.data() + number.size(), into.keys);
    if (error != std::errc() || end != number.data() + number.size())
      return std::unexpected("expected a number of keys");
    return {};
  }
  if (line.starts_with(kMessageWord)) {
    auto message = read_quoted(line.substr(kMessageWord.size()));
    if (!message) return std::unexpected(message.error());
    into.messages.push_back(*std::move(message));
    return {};
  }
  if (const auto end = chat::value_of(kEndWords, line)) {
    if (into.steps.empty() || into.steps.back().end != SaidEnd::kNone) into.steps.emplace_back();
    into.steps.back().end = *end;
    return {};
  }
  const bool begins = line.starts_with(kSayWord);
  if (!begins && !line.starts_with(kThenWord))
    return std::unexpected("expected keys, message, say, then, half-close, close or reset");
  auto bytes = read_quoted(line.substr((begins ? kSayWord : kThenWord).size()));
  if (!bytes) return std::unexpected(bytes.error());
  if (begins || into.steps.empty()) into.steps.emplace_back();
  into.steps.back().segments.push_back(*std::move(bytes));
  return {};
}

}  // namespace

std::string bytes_of(const Said& said) {
  return fmt::format("{}", fmt::join(said.segments, ""));
}

std::size_t size_of(const SaidConversation& conversation) {
  std::size_t size = 0;
  for (const Said& step : conversation.steps) {
    for (const std::string& segment : step.segments) size += segment.size();
  }
  for (const std::string& message : conversation.messages) size += message.size();
  return size;
}

std::string write_said(const SaidConversation& conversation) {
  std::string text;
  if (conversation.messages.empty()) text = fmt::format("{}{}\n", kKeysWord, conversation.keys);
  for (const std::string& message : conversation.messages)
    text += fmt::format("{}{}\n", kMessageWord, chat::quote(message));
  for (const Said& step : conversation.steps) {
    // What says nothing but its end begins a step of its own.
    if (step.segments.empty()) text += fmt::format("{}\"\"\n", kSayWord);
    for (std::size_t i = 0; i < step.segments.size(); ++i)
      text += fmt::format("{}{}\n", i == 0 ? kSayWord : kThenWord, chat::quote(step.segments[i]));
    if (step.end != SaidEnd::kNone)
      text += fmt::format("{}\n", chat::row_of(kEndWords, step.end).word);
  }
  return text;
}

std::expected<SaidConversation, std::string> read_said(std::string_view text) {
  SaidConversation conversation;
  std::size_t number = 0;
  while (!text.empty()) {
    const std::string_view line = chat::take_line(text);
    ++number;
    if (line.empty()) continue;
    if (const auto read = read_line(line, conversation); !read)
      return std::unexpected(fmt::format("line {}: {}", number, read.error()));
  }
  for (Said& step : conversation.steps) std::erase(step.segments, "");
  return conversation;
}

}  // namespace chatspec
