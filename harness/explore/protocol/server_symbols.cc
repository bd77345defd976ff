// The symbols of a server, which ask a client.

#include <array>
#include <string>

#include "harness/explore/fuzz/server_speaker.h"
#include "harness/explore/protocol/said_symbol.h"
#include "reference/framing.h"
#include "reference/signature.h"

namespace chatspec {
namespace {

using chat::Profile;
using MaybeSaid = std::optional<Said>;

Said in_one_segment(std::string bytes) {
  return {.segments = {std::move(bytes)}};
}

template <std::string Profile::* reply>
MaybeSaid reply_of(const Profile& profile, std::size_t) {
  return in_one_segment(chat::encode_unit(profile, profile.*reply));
}

MaybeSaid say_announcement(const Profile& profile, std::size_t) {
  if (profile.has_signature_behind_reply()) return std::nullopt;
  return in_one_segment(chat::encode_announcement(profile));
}

// The signature of the client's file, or another one.
template <bool is_right>
std::string signature_for(const Profile& profile) {
  return chat::encode_unit(profile,
                           is_right ? make_learned_signatures(profile).front()
                                    : chat::hash_of(profile, "the signature of something else"));
}

template <bool is_right>
MaybeSaid say_signature(const Profile& profile, std::size_t) {
  if (profile.has_signature_behind_reply()) return std::nullopt;
  return in_one_segment(signature_for<is_right>(profile));
}

template <bool is_right>
MaybeSaid say_signed(const Profile& profile, std::size_t) {
  return in_one_segment(chat::encode_announcement(profile) + signature_for<is_right>(profile));
}

MaybeSaid say_refusal(const Profile& profile, std::size_t) {
  return in_one_segment(chat::encode_unit(profile, "500 No"));
}

MaybeSaid say_empty_reply(const Profile& profile, std::size_t) {
  return in_one_segment(chat::encode_unit(profile, ""));
}

MaybeSaid say_cut_reply(const Profile& profile, std::size_t) {
  if (profile.ok.size() < 2) return std::nullopt;
  const std::string bytes = chat::encode_unit(profile, profile.ok);
  const std::size_t half = profile.ok.size() / 2;
  return Said{.segments = {bytes.substr(0, half), bytes.substr(half)}};
}

template <SaidEnd how>
MaybeSaid say_end(const Profile&, std::size_t) {
  return Said{.segments = {}, .end = how};
}

constexpr std::array kServerSymbols{
    SaidSymbol{"260", "the reply 260 OK", true, reply_of<&Profile::ok>},
    SaidSymbol{"270", "the reply 270 SIG alone", true, say_announcement},
    SaidSymbol{"right", "the signature that the client's file has", true, say_signature<true>},
    SaidSymbol{"wrong", "another signature", true, say_signature<false>},
    SaidSymbol{"signed", "270 SIG and the signature in one segment", true, say_signed<true>},
    SaidSymbol{"500", "a reply with another code", true, say_refusal},
    SaidSymbol{"cut", "260 OK in two segments, the second when the first was read", true,
               say_cut_reply},
    SaidSymbol{"end", "the end of what is sent (half-close)", true, say_end<SaidEnd::kHalfClose>},
    SaidSymbol{"empty", "an empty line", false, say_empty_reply},
    SaidSymbol{"missigned", "270 SIG and another signature in one segment", false,
               say_signed<false>},
    SaidSymbol{"close", "the end of the connection", false, say_end<SaidEnd::kClose>},
};

}  // namespace

std::vector<std::string> make_learned_signatures(const Profile& profile) {
  return std::vector(kMostSaidMessages, chat::hash_of(profile, "the signature of the file"));
}

std::span<const SaidSymbol> server_symbols() {
  return kServerSymbols;
}

}  // namespace chatspec
