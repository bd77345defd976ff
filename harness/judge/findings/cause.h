// The likely causes of failures: the mistakes that implementations are known to make and that the
// judge can tell from what came. The whole list stands here, and whatever names a cause is made
// from it. An id is stable: whoever counts or compares causes holds on to it.

#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chatspec {

// A cause's sentence has no full stop; {name} stands for the parameter of that name. Where the
// profile matters, whoever names the cause adds to the sentence.
struct CauseWord {
  std::string_view id;
  std::string_view sentence;
};

// The one that whoever ran the program finds, and not the judge.
inline constexpr const char* kMissingFileCause = "missing-file";

inline constexpr std::array kCauses{
    // A signature of the wrong message, or by the wrong key. Messages and keys count from 1; `due`
    // is the right one.
    CauseWord{"first-key-again",
              "this is the signature of the right text with key 1 instead of key {due}: does the "
              "counter of the keys advance?"},
    CauseWord{"other-key",
              "this is the signature of the right text with key {key} instead of key {due}"},
    CauseWord{"keys-go-on",
              "this is the signature of the right text with key {key} instead of key {due}: does "
              "each connection begin with the first key?"},
    CauseWord{"other-message-signed",
              "this is the signature of message {message} instead of message {due}"},
    // A signature of the right text and the right key, put together wrongly.
    CauseWord{"key-behind-text", "this is the hash of the text followed by the key"},
    CauseWord{"key-before-text", "this is the hash of the key followed by the text"},
    CauseWord{"keyed-hash", "this is the HMAC of the text, with the key as its key"},
    CauseWord{"other-hash",
              "the text and the key are right, but hashed with {hash} instead of {due}"},
    // A signature of another text than the right one.
    CauseWord{"text-with-line-ends",
              "this is the hash of the text with its line ends (each line followed by LF)"},
    CauseWord{"text-with-cr-lf", "this is the hash of the text with CR LF after each line"},
    CauseWord{"text-joined-by-lf", "this is the hash of the text with its lines joined by LF"},
    CauseWord{"text-with-cr", "this is the hash of the text with CR after each line"},
    CauseWord{"text-joined-by-blanks", "this is the hash of the lines joined by blanks"},
    CauseWord{"text-still-escaped",
              "this is the hash of the text as it is on the wire, still escaped"},
    CauseWord{"text-still-escaped-with-line-ends",
              "this is the hash of the text as it is on the wire, still escaped and with its line "
              "ends"},
    CauseWord{"only-dots-unescaped",
              "this is the hash of the text in which only `\\.` was unescaped"},
    CauseWord{"only-backslashes-unescaped",
              "this is the hash of the text in which only `\\\\` was unescaped"},
    CauseWord{"backslashes-unescaped-first",
              "this is the hash of the text unescaped in two passes, first `\\\\` and then `\\.` "
              "(it takes a single pass from left to right)"},
    CauseWord{"dots-unescaped-first",
              "this is the hash of the text unescaped in two passes, first `\\.` and then `\\\\` "
              "(it takes a single pass from left to right)"},
    CauseWord{"all-backslashes-removed", "this is the hash of the text without any backslash"},
    CauseWord{"text-not-emptied",
              "this is the hash of the texts of all messages so far: the text was not cleared "
              "between messages"},
    CauseWord{"last-line-only", "this is the hash of the last line only"},
    CauseWord{"first-line-only", "this is the hash of the first line only"},
    CauseWord{"lines-stripped", "this is the hash of the lines without the blanks at their ends"},
    CauseWord{"text-stripped", "this is the hash of the text without the blanks at its ends"},
    CauseWord{"text-with-terminator", "this is the hash of the text and the terminator"},
    CauseWord{"text-with-line-ends-and-terminator",
              "this is the hash of the text with its line ends and the terminator"},
    // A signature with a mistake about the key, or about both.
    CauseWord{"text-without-key", "this is the hash of the text without a key"},
    CauseWord{"hash-not-reset",
              "this is the hash of the texts and keys of all messages so far: the hash was not "
              "reset between messages"},
    CauseWord{"key-behind-each-line", "this is the hash of the lines, each followed by the key"},
    CauseWord{"key-with-lf", "this is the hash of the text, then the key with its line end (LF)"},
    CauseWord{"key-with-cr",
              "this is the hash of the text, then the key with the CR of its line end"},
    CauseWord{"key-with-cr-lf",
              "this is the hash of the text, then the key with its line end (CR LF)"},
    CauseWord{"text-and-key-with-line-ends",
              "this is the hash of the text with its line ends, then the key with its line end"},
    CauseWord{"key-without-text", "this is the hash of the key alone, without the text"},
    CauseWord{"nothing-hashed", "this is the hash of nothing at all"},
    // A signature with several mistakes, or with one of those that are less known. Of it, and of
    // all above that the search for mistakes finds, the parameter `mistakes` lists what gives the
    // same value: combinations with blanks between them, and + between the mistakes of each; the
    // one that the sentence tells comes first. alternatives.h has what else is kept of them.
    CauseWord{"hashed-otherwise", "this is the hash of {what}"},
    // The right value of a signature, written wrongly.
    CauseWord{"bytes-sign-extended",
              "the hash is right, but bytes from 0x80 on are printed as ff, or with ffffff before "
              "them: is a signed byte printed? %02x takes an unsigned char; in Java, use b & 0xff"},
    CauseWord{"blanks-for-zeros",
              "the hash is right, but bytes below 0x10 are printed with a blank before them: is it "
              "%2x in place of %02x?"},
    CauseWord{"one-digit-per-byte",
              "the hash is right, but only one digit of each byte is printed: each has two"},
    CauseWord{"first-digit-only",
              "the line is one digit, and the right hash begins with it: does each byte have room "
              "for two digits and a NUL (a size of 3 for snprintf())?"},
    CauseWord{"ends-at-small-byte",
              "the hash is right, but it ends at the first byte below 0x10, of which only one "
              "digit is printed: is it %x in place of %02x?"},
    CauseWord{"digits-cut",
              "the hash is right, but its line ends after {sent} of {due} digits: is there room "
              "for all of them and a NUL?"},
    CauseWord{"bytes-in-decimal",
              "the hash is right, but its bytes are printed in decimal: each takes two hexadecimal "
              "digits (%02x)"},
    CauseWord{"each-byte-with-0x",
              "the hash is right, but 0x is printed before each byte: it takes the two digits "
              "alone"},
    CauseWord{"bytes-separated",
              "the hash is right, but `{between}` is printed between its bytes: it takes the "
              "digits alone"},
    CauseWord{"digits-swapped",
              "the hash is right, but the two digits of each byte are swapped: the one for byte / "
              "16 comes first"},
    CauseWord{"word-bytes-reversed",
              "the hash is right, but the bytes of each {bits} bits come in reverse order: is it "
              "printed as integers? Print byte after byte"},
    CauseWord{"bytes-reversed", "the hash is right, but its bytes come in reverse order"},
    CauseWord{"digits-reversed", "the hash is right, but its digits come in reverse order"},
    CauseWord{"digits-in-hex-again",
              "the hash is right, but its digits are themselves printed in hexadecimal: was it "
              "converted twice?"},
    CauseWord{"signature-with-a-sign",
              "the hash is right, but printed as a negative number: is it new BigInteger(hash) in "
              "place of new BigInteger(1, hash)?"},
    CauseWord{"signature-as-raw-bytes",
              "these are the {bytes} bytes of the right hash: send them as {due}"},
    CauseWord{"signature-as-python-bytes",
              "these are the bytes of the right hash as Python prints them: send them as {due} "
              "(hexdigest(), for instance)"},
    // A text as a client sends it. `dots` and `backslashes` are what the profile has in their
    // place.
    CauseWord{"text-not-escaped", "the text is not escaped"},
    CauseWord{"only-dots-escaped", "only {dots} are escaped, {backslashes} are not"},
    CauseWord{"only-backslashes-escaped", "only {backslashes} are escaped, {dots} are not"},
    CauseWord{"dots-escaped-first",
              "{dots} are escaped first and {backslashes} after them, so the {backslash} of {pair} "
              "is escaped again"},
    CauseWord{"escaped-twice", "it is escaped twice: what was put in is escaped again"},
    CauseWord{"only-leading-dots-escaped", "only {dot} at the beginning of a line is escaped"},
    CauseWord{"leading-dots-doubled", "{dot} at the beginning of a line is doubled, as in SMTP"},
    CauseWord{"only-some-escaped", "only {done} are escaped, {left} are not"},
    CauseWord{"leading-dots-not-doubled", "{dot} at the beginning of a line is not doubled"},
    CauseWord{"all-dots-doubled",
              "all {dots} are doubled, and not only at the beginning of a line"},
    CauseWord{"only-terminator-doubled", "{dot} is doubled only in a line that is the terminator"},
    CauseWord{"escaped-as-in-line",
              "dots and backslashes are escaped with a backslash, which this profile does not do"},
    CauseWord{"dots-escaped-with-backslash",
              "dots are escaped with a backslash, which this profile does not do"},
    CauseWord{"other-line-ends", "the lines are right, but end with {line_end}"},
    CauseWord{"text-ends-early", "the text ends before it is complete"},
    CauseWord{"other-message-sent", "this is message {message} instead of message {due}"},
    // A text with several mistakes, or with one of those that are less known; `mistakes` as above.
    CauseWord{"text-sent-otherwise", "what it sends is {what}"},
    // A reply, a command or a verdict.
    CauseWord{"other-line-end", "it ends with {line_end} instead of {due}"},
    CauseWord{
        "line-end-in-front",
        "a line end comes before it: does what it sent before end with one line end too many?"},
    CauseWord{"letter-case", "only upper and lower case differ"},
    CauseWord{"nul-in-front",
              "a NUL comes before it: does what it sent before end with the NUL of a C string?"},
    CauseWord{"nul-behind", "a NUL comes after it, as after a C string: is too much of it sent?"},
    CauseWord{"length-in-front",
              "its length comes before it, in {bytes} bytes (as writeUTF() of Java sends it)"},
    CauseWord{"sent-as-java-object",
              "it is sent as an object of Java (ObjectOutputStream), and not as text"},
    CauseWord{"sent-as-utf-16", "it is sent in UTF-16, and not in ASCII"},
    CauseWord{"byte-order-mark", "a byte order mark of UTF-8 comes before it"},
    CauseWord{"in-quotes", "it is sent in quotes, as a value is printed"},
    CauseWord{
        "line-end-spelt-out",
        "it ends with a backslash and letters in place of a line end: was it written in a string "
        "in which \\n is no escape (in single quotes, or a raw one)?"},
    CauseWord{"other-blanks", "only blanks differ: those {where}"},
    CauseWord{"cut-off",
              "{sent} of its {due} bytes have come: is it sent with a length that is too small?"},
    CauseWord{"next-in-same-line",
              "`{due}`, which comes next, stands in the same line: is the line end between them "
              "missing?"},
    CauseWord{"echoed", "it sends back what it has received"},
    CauseWord{"other-reply-text", "the code is right, but not the text after it"},
    CauseWord{"reply-without-text", "only the code is sent, without the text after it"},
    CauseWord{"other-reply-code", "the text is right, but not the code before it"},
    // What is no right unit in its place, and is taken for one.
    CauseWord{"taken-for-another", "is {instead} taken for {due}? Here {rule}"},
    CauseWord{"taken-out-of-order", "is {instead} taken where only {due} is right?"},
    CauseWord{"any-taken-for-another", "{instead} is answered like {due}: is it compared at all?"},
    CauseWord{"violation-answered",
              "whoever meets a violation closes without a reply: nothing is sent"},
    CauseWord{"greeting", "it greets whoever connects: here the client speaks first"},
    CauseWord{"reply-before-command", "it sends `{reply}` before it has received `{command}`"},
    CauseWord{"reply-not-awaited", "it sends `{sent}` before it has received `{due}`"},
    CauseWord{"reply-to-data",
              "`{reply}` comes before the text has ended: neither DATA nor a line of a text has a "
              "reply"},
    CauseWord{"reply-to-quit", "`{quit}` has no reply"},
    CauseWord{"announcement-missing", "the signature comes without `{reply}` before it"},
    CauseWord{"signature-missing", "the signature is missing before this reply"},
    CauseWord{"signature-sent-twice", "is the signature sent twice?"},
    CauseWord{"verdict-missing", "it goes on without a verdict on the signature"},
    CauseWord{"verdict-sent-twice", "is the verdict sent twice?"},
    CauseWord{"command-sent-twice", "is this command sent twice?"},
    CauseWord{"hello-missing", "it begins without the opening command"},
    CauseWord{"message-left-out", "it ends although its file has another message"},
    CauseWord{"message-too-many", "it goes on although all messages of its file were sent"},
    CauseWord{"signature-announced-early", "the signature is announced too early"},
    CauseWord{"signature-not-behind-reply",
              "in this profile the signature follows `{reply}` and a blank in the same line"},
    CauseWord{"signature-behind-reply",
              "is the signature in the same line as `{reply}`? It is sent as a line of its own; "
              "for a course that wants it in the same line, use a profile with signature-position "
              "behind-reply"},
    CauseWord{"reply-to-other-verdict", "this is the reply to {verdict}"},
    CauseWord{"error-reply-missing",
              "in this profile, an error reply is sent before the connection is closed"},
    CauseWord{"reply-sent-twice", "is this reply sent twice?"},
    // A verdict: in what the signature that was sent and that in the file are the same, or are not.
    CauseWord{"signature-not-compared",
              "the signature in the file is a different one: is it compared at all?"},
    CauseWord{"signature-of-any-message",
              "the file has this signature for message {message}, and another one for message "
              "{due}: is it compared with that of its own message?"},
    CauseWord{"signature-blanks-ignored",
              "it differs from the signature in the file by blanks, and what has blanks within it "
              "or in front is no signature: are they taken away before it is compared?"},
    CauseWord{
        "signature-begin-enough",
        "what came is only the beginning of the signature in the file: are as many characters "
        "compared as came?"},
    CauseWord{"signature-rest-ignored",
              "what came begins with the signature in the file and goes on: are only as many "
              "characters compared as the file has?"},
    CauseWord{"signature-found-within",
              "the signature in the file is only a part of what came: are the two compared as a "
              "whole?"},
    CauseWord{"signature-compared-in-part",
              "the signature in the file differs in {places}: are all digits compared?"},
    CauseWord{"signature-order-ignored",
              "the signature in the file has the same digits in another order: are they compared "
              "one by one?"},
    CauseWord{"signature-compared-too-strictly",
              "the signature in the file is the same: is it compared without its line end, and "
              "with the line of this message?"},
    CauseWord{"signature-ending-compared",
              "the signature in the file is the same, but its line there ends {ending}: does the "
              "comparison allow for that?"},
    CauseWord{"signature-letters-compared",
              "the two signatures differ only in upper and lower case, which is no difference: "
              "are letters compared instead of digits?"},
    CauseWord{"terminator-sent-twice", "is the terminator sent twice?"},
    CauseWord{"surplus-behind", "the right text is there, but something follows it"},
    CauseWord{"surplus-in-front", "the right text is there, but something comes before it"},
    // How what was sent came in segments.
    CauseWord{"one-receive-for-a-text", "does it take what one recv() returns for the whole text?"},
    CauseWord{"signature-before-text",
              "the signature is announced when nothing but `{data}` has come: is the text read "
              "before?"},
    CauseWord{"one-receive-for-a-line",
              "`{unit}` is sent in {segments} segments: does it take what one recv() returns for a "
              "whole line?"},
    CauseWord{"half-line-taken",
              "`{part}` is not a whole line yet: does it take what one recv() returns for one?"},
    CauseWord{"one-line-per-receive",
              "`{first}` and `{second}` come in one segment: does it take what one recv() returns "
              "for a single line, or lose what stands after the first?"},
    // What it does once and not again. Messages count from 1.
    CauseWord{"connection-before-went-well",
              "the same went well on the connection before: does it accept the next client, and "
              "begin anew with it (state, buffers, counters)?"},
    CauseWord{"message-before-went-well",
              "`{unit}` was answered before on this connection: is something kept from one message "
              "to the next?"},
    CauseWord{"stops-after-messages",
              "it did not wait for the text of message {due}: does it stop after {message} on a "
              "connection?"},
    CauseWord{"quit-missing", "it closes without `{quit}`"},
    // What it was sent last when it left.
    CauseWord{"verdict-ends-connection",
              "does it end the conversation after `{verdict}`? Another message may follow, or "
              "`{quit}`"},
    CauseWord{"signature-ends-connection",
              "it has not printed `{verdict}`, which came next: does it end the conversation after "
              "the signature?"},
    CauseWord{"cr-taken-for-text",
              "what came ends with CR LF: is the CR taken away with the LF, as it should be?"},
    // What it should have refused before it said anything.
    CauseWord{"arguments-not-checked",
              "its arguments are wrong on purpose: are they checked before it goes on?"},
    CauseWord{"files-not-checked",
              "its files are wrong on purpose: are they read and checked before it goes on?"},
    // What it was seen doing when it did nothing more, or after the end of what we sent.
    CauseWord{"terminator-not-found",
              "it has read the whole text and its terminator, and waits for more: is the "
              "terminator found where recv() returns it {where}?"},
    CauseWord{"signature-not-sent",
              "it has sent `{reply}` and waits for more: is the signature sent after it?"},
    CauseWord{"verdict-unanswered",
              "it has read `{verdict}` and waits for more: is it answered with `{reply}`?"},
    CauseWord{"terminator-not-sent",
              "it waits for an answer, and the text has no terminator yet: is `{terminator}` sent "
              "in a line of its own?"},
    CauseWord{"reads-on",
              "it has read `{unit}` and waits for more from this connection: does it go on reading "
              "where it should close?"},
    CauseWord{"next-client-awaited",
              "it waits for the next client already: is this connection closed?"},
    CauseWord{"goes-on-at-the-end",
              "chatspec has ended its side of the connection: does the program go on when recv() "
              "returns nothing?"},
    CauseWord{"reply-ended-by-the-stream",
              "chatspec has ended the connection before its reply was complete: does the program "
              "go on when recv() returns nothing?"},
    CauseWord{"line-ended-by-the-stream",
              "`{part}` has no line end: does the program take the end of the stream, where recv() "
              "returns nothing, for one?"},
    CauseWord{"text-ended-by-the-stream",
              "the text has no terminator yet: does the program take the end of the stream, where "
              "recv() returns nothing, for the end of the text?"},
    // The opening, tried in other forms than the profile's. `does` is what follows it: "takes
    // `HELLO`" of a server, "takes `260 OK`" of a client; of words, "answers" and "goes on after".
    CauseWord{"other-line-end-expected", "it {does} {line_end}, but not {due}"},
    CauseWord{"other-line-end-spoken",
              "it sends `{sent}` {line_end}, and takes `{taken}` {line_end}"},
    CauseWord{"line-end-received-apart",
              "it {does} where the line end comes in a segment of its own: does it call recv() "
              "once more for the line end?"},
    CauseWord{"other-word-expected", "it {does} {taken}, but not {due}"},
    CauseWord{"reply-expected-first",
              "it sends `{hello}` only after `{ok}` has come: here the client speaks first"},
    CauseWord{"no-opening-answered", "it {does} in none of these forms either: {ways}"},
    // The program.
    CauseWord{"closed-with-bytes-unread",
              "close() resets a connection of which bytes are unread, or with a SO_LINGER of 0: is "
              "everything read before?"},
    CauseWord{"port-in-time-wait",
              "the connection that it closed stays in TIME_WAIT for a minute and holds the port: "
              "is SO_REUSEADDR set before bind()?"},
    CauseWord{"standard-input-ended",
              "its standard input is empty: does the program end when its input ends?"},
    CauseWord{
        "ended-without-a-deed",
        "it ends by itself and has done nothing that can be seen: is its main function called? "
        "Or does it end where its standard input does, which is empty?"},
    CauseWord{
        "standard-input-read",
        "it uses the processor all the time and does not listen: does a loop go on where its file "
        "ends, or its standard input, which is empty?"},
    CauseWord{
        "printed-within-a-line",
        "a line holds it and more: it must be a line of its own, with nothing before or after it"},
    CauseWord{"printed-in-another-order", "it was printed, but not in the order in which it came"},
    CauseWord{"printed-as-error", "it was printed on standard error instead"},
    CauseWord{"nothing-printed", "nothing was printed"},
    CauseWord{"output-not-flushed", "nothing was printed while it ran: is the output flushed?"},
    CauseWord{"other-complaint", "it writes something else to standard error"},
    CauseWord{"complaint-printed",
              "nothing is written to standard error, but this to standard output: `{line}`"},
    CauseWord{
        "complaint-came-before",
        "everything that it wrote to standard error came before there was a reason to complain"},
    // Of a program that ended at once: what it may not have found.
    CauseWord{kMissingFileCause, "{what}"},
    // What the program itself says of its fault: in which words, and at which place of its source.
    CauseWord{"reported-fault", "\"{what}\"{place}"},
    // A fault that it outlived, by the code of a failure.
    CauseWord{"earlier-fault", "{fault}"},
};

// Each id stands once; a sentence is one line, and each parameter of it is closed.
static_assert(std::ranges::all_of(kCauses, [](const CauseWord& cause) {
  return std::ranges::count(kCauses, cause.id, &CauseWord::id) == 1 &&
         !cause.sentence.contains('\n') &&
         std::ranges::count(cause.sentence, '{') == std::ranges::count(cause.sentence, '}');
}));

// Names one of kCauses; any other name does not compile.
class CauseId {
 public:
  consteval CauseId(const char* id)
      : word_(std::ranges::find(kCauses, std::string_view(id), &CauseWord::id)) {
    if (word_ == kCauses.end()) throw "this cause is not among kCauses";
  }
  const CauseWord& word() const { return *word_; }

 private:
  const CauseWord* word_;
};

// By name, in the order of the list's sentence.
using CauseParameters = std::vector<std::pair<std::string, std::string>>;

struct Cause {
  std::string id{};  // of kCauses; empty where no cause is known
  CauseParameters parameters{};
  std::string sentence{};  // for people, without a full stop

  bool is_known() const { return !id.empty(); }
};

// The cause, with its sentence filled in.
Cause make_cause(CauseId id, CauseParameters parameters = {});

}  // namespace chatspec
