#include "harness/judge/tests/example_profiles.h"

#include <array>
#include <ostream>

namespace chatspec {
namespace {

constexpr std::array kProfiles{
    ExampleProfile{"Line", "", 817},
    ExampleProfile{"Crlf", "base crlf\nname course\n", 781},
    ExampleProfile{"Bare", "base bare\nname bare\n", 429},
    ExampleProfile{"LowerCaseWords",
                   "name course\nhello hello\ndata data\npass pass\nfail fail\nquit quit\n"
                   "ok \"260 ok\"\nsignature \"270 sig\"\n",
                   774},
    ExampleProfile{"WordsOfTwo",
                   "name course\nhello \"hello hello\"\ndata \"some data\"\nquit \"good bye\"\n",
                   776},
    ExampleProfile{"SmtpWords",
                   "name course\nhello EHLO\ndata MAIL\npass YES\nfail NO\nquit BYE\n"
                   "ok \"250 Ok\"\nsignature \"354 Here it is\"\n",
                   778},
    ExampleProfile{"PercentEscapes", "name course\nescape %\nescaped \"%.\"\n", 779},
    ExampleProfile{"DotsEscapedOnly", "name course\nescaped \".\"\n", 775},
    ExampleProfile{"TildeEscapesHash", "name course\nescape ~\nescaped \"~#\"\nterminator \"#\"\n",
                   779},
    ExampleProfile{"AngledTerminator", "name course\nescaped \"\\\\<\"\nterminator <END>\n", 779},
    ExampleProfile{"EndWithoutEscaping", "name course\nescape none\nterminator \"--END--\"\n", 623},
    ExampleProfile{"KeyBefore", "name course\nkey-position before\n", 779},
    ExampleProfile{"LinesJoined", "name course\nhash-join \"\\n\"\n", 779},
    ExampleProfile{"KeyBeforeJoinedByCrlf",
                   "name course\nkey-position before\nhash-join \"\\r\\n\"\nline-end crlf\n", 779},
    ExampleProfile{"BareLowerCase",
                   "base bare\nname course\nhello hello\ndata text\npass good\nfail wrong\n"
                   "quit quit\n",
                   426},
    ExampleProfile{"BareWithEnd", "base bare\nname course\nterminator <END>\n", 429},
    ExampleProfile{"Sha1", "name course\nhash sha-1\n", 779},
    ExampleProfile{"Md5KeyBefore", "name course\nhash md5\nkey-position before\n", 779},
    ExampleProfile{"Sha3UpperCase", "name course\nhash sha3-512\nsignature-coding upper-case-hex\n",
                   779},
    ExampleProfile{"Hmac", "name course\nkey-position hmac\n", 779},
    ExampleProfile{"HmacInBase64", "name course\nkey-position hmac\nsignature-coding base64\n",
                   770},
    ExampleProfile{"BareSha512", "base bare\nname course\nhash sha-512\n", 429},
    ExampleProfile{"SignatureBehindReply", "name course\nsignature-position behind-reply\n", 797},
    ExampleProfile{"BareSignatureBehindReply",
                   "base bare\nname course\nsignature-position behind-reply\n", 438},
    ExampleProfile{"RepliesToVerdicts",
                   "name course\npass-reply \"261 NOTED\"\nfail-reply \"262 PITY\"\n", 797},
    ExampleProfile{"BareReplyToFail", "base bare\nname course\nfail-reply \"262 PITY\"\n", 442},
    ExampleProfile{"ErrorReply", "name course\nerror-reply \"500 ERR\"\n", 797},
    ExampleProfile{"BareErrorReply", "base bare\nname course\nerror-reply \"500 ERR\"\n", 442},
    ExampleProfile{"DotStuffing", "name course\nescape dot-stuffing\n", 663},
    ExampleProfile{"BareDotStuffing", "base bare\nname course\nescape dot-stuffing\n", 465},
    ExampleProfile{"LikeSmtp",
                   "name course\nline-end crlf\nescape dot-stuffing\nhash-join \"\\r\\n\"\n"
                   "hello EHLO\nok \"250 Ok\"\nsignature \"250 Signed\"\n"
                   "signature-position behind-reply\npass-reply \"251 Noted\"\n"
                   "fail-reply \"252 Noted\"\nerror-reply \"503 Bad sequence\"\n",
                   663},
};

}  // namespace

void PrintTo(const ExampleProfile& profile, std::ostream* out) {
  *out << profile.name;
}

std::span<const ExampleProfile> example_profiles() {
  return kProfiles;
}

}  // namespace chatspec
