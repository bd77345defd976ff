// A scenario as its file says it: what the parser makes of the text, the checker checks, the
// printer prints, and the compiler turns into a script. scenarios/README.md defines the language.

#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "harness/scenario/diagnostic.h"
#include "harness/scenario/pattern.h"
#include "reference/requirements.h"
#include "reference/role.h"

namespace chatspec {

using chat::Role;
using chat::Roles;

// A stretch of source: where a thing was written. Never a part of what the thing is, so all spans
// are equal.
struct Span {
  Place place;
  std::size_t length = 1;

  friend bool operator==(const Span&, const Span&) { return true; }
};

// A number, or the name of the table's column that holds it.
struct Number {
  std::size_t value = 0;
  std::string column{};
  Span span{};

  bool operator==(const Number&) const = default;
};

// Bytes, repeated `times` times.
struct Literal {
  std::string bytes;
  std::size_t times = 1;

  std::string expanded() const {
    std::string all;
    all.reserve(bytes.size() * times);
    for (std::size_t i = 0; i < times; ++i) all += bytes;
    return all;
  }
  bool operator==(const Literal&) const = default;
};

enum class Alphabet { kPrintable, kLetters, kBytes };

// Fresh in every run, from the run's seed. Never contains a line end.
struct Random {
  std::size_t count = 0;
  Alphabet alphabet = Alphabet::kPrintable;

  bool operator==(const Random&) const = default;
};

// What stands in the current row of the table in this column.
struct Column {
  std::string name;

  bool operator==(const Column&) const = default;
};

// The text of a message or key: lines, each given in one way.
struct ValueLine {
  std::variant<Literal, Random, Column> content;
  Span span{};

  bool operator==(const ValueLine&) const = default;
};
using Value = std::vector<ValueLine>;

// A signature, on the wire or in the client's file: the right one, or what signature_form.h makes
// of it.
enum class SignatureForm {
  kRight,
  kWrong,
  kUpperCase,
  kMixedCase,
  // one digit is another
  kWrongFirst,
  kWrongSecond,
  kWrongEighth,
  kWrongNinth,
  kWrongMiddle,
  kWrongLastButOne,
  kWrongLast,
  kUpperCaseWrongFirst,
  kUpperCaseWrongLast,
  // the digits in another order
  kReversed,
  kHalvesSwapped,
  kSorted,
  kRotated,
  kAllZero,
  // no signature
  kOneLess,
  kHalf,
  kFirstDigit,
  kOneMore,
  kTwice,
  kBlankBefore,
  kBlankWithin,
  kOtherLetter,
  kHexPrefix,
};

// What one transcript line says of its side. Each is something that the side does; the harness does
// it where it plays that side, and expects it where it does not.
enum class ItemKind {
  kUnit,            // HELLO, "any text": a unit, to which the profile adds its line end
  kRaw,             // raw "…": these bytes and no others
  kMessage,         // <message N>: the lines of a message, escaped, without the terminator
  kSignature,       // <signature N …>
  kAnySignature,    // <any signature>
  kLike,            // like "…": a unit that fits this pattern
  kAnyLine,         // <any line>: any unit
  kClose,           // <close>
  kHalfClose,       // <half-close>
  kReset,           // <reset>
  kSilence,         // <silence>: it sends nothing more by itself
  kNothing,         // <nothing>: it ends without having sent a single byte
  kRestart,         // <restart>: it ends, and listens again on the same port at once
  kPrintsReceived,  // <prints what it received>
  kPrints,          // <prints "…">, <prints like "…">
  kComplains,       // <complains>: it writes something to standard error; or such a line
  kExit,            // <exit …>
  kColumn,          // <NAME>: what the table's row says
};

// How a program should have ended. "OrNone" also takes one that still runs.
enum class ExitWanted { kZero, kNonZero, kAny, kZeroOrNone, kAnyOrNone, kStatus };

struct Item {
  ItemKind kind = ItemKind::kUnit;
  Literal text{};          // kUnit, kRaw
  Pattern pattern{};       // kLike, kPrints; kComplains: of a line, or without parts for anything
  std::size_t number = 0;  // kMessage, kSignature: of the message, from 1
  std::size_t key = 0;     // kSignature: of the key, from 1; 0 for the message's own
  SignatureForm form = SignatureForm::kRight;  // kSignature
  ExitWanted exit = ExitWanted::kAny;          // kExit
  std::size_t status = 0;                      // kExit: of kStatus
  std::string column{};                        // kColumn
  Span span{};

  bool operator==(const Item&) const = default;
};

// One way in which an expectation may be met. Meeting it by a way that deviates makes the scenario
// deviate.
struct Alternative {
  Item item;
  std::vector<Item> then{};  // what the same side does next, where this is the way
  bool deviates = false;
  std::string requirement{};  // that a deviation does not meet; may be empty
  Span requirement_span{};
  Span span{};  // of the modifier

  bool operator==(const Alternative&) const = default;
};

// How a sent line is cut into segments.
struct Delivery {
  bool joined = false;          // goes out in one segment with the line before
  bool apart = false;           // a text's lines go out one by one
  std::optional<Number> every;  // cut after every n bytes
  std::vector<Number> at;       // cut after these offsets
  Span span{};

  bool is_default() const { return !joined && !apart && !every && at.empty(); }
  bool operator==(const Delivery&) const = default;
};

// `C: …` or `S: …` with its alternatives.
struct TranscriptLine {
  Role speaker = Role::kClient;
  int connection = 1;
  std::vector<Alternative> alternatives;  // at least one
  Delivery delivery{};
  Span span{};

  bool operator==(const TranscriptLine&) const = default;
};

// Word of a header directive, with its place.
struct Name {
  std::string text;
  Span span{};

  bool operator==(const Name&) const = default;
};

struct KeyDefinition {
  Value value;

  bool operator==(const KeyDefinition&) const = default;
};

struct MessageDefinition {
  Value value;

  bool operator==(const MessageDefinition&) const = default;
};

// What the client's signature file says of the message before it.
struct FileSignature {
  std::variant<SignatureForm, std::size_t, Literal>
      content;  // a form, another message's number, or as written
  Span span{};

  bool operator==(const FileSignature&) const = default;
};

enum class FileKind { kMessages, kSignatures, kKeys };

// How a file is written for the implementation.
struct FileDefinition {
  FileKind file = FileKind::kMessages;
  bool absent = false;             // there is no such file
  std::optional<Literal> content;  // exactly this, whatever messages and keys there are
  bool crlf = false;
  bool no_last_line_end = false;
  bool trailing_blanks = false;
  Span span{};

  bool operator==(const FileDefinition&) const = default;
};

// Another argument than the right one for a placeholder of the command line.
struct ArgumentDefinition {
  std::string placeholder;       // host, port, keys, messages or signatures
  std::optional<Literal> value;  // nothing: the argument is left out
  Span span{};

  bool operator==(const ArgumentDefinition&) const = default;
};

// The rows of `table`. A cell is kept as it is written and read where its column is used.
struct TableCell {
  std::string text;
  Span span{};

  bool operator==(const TableCell&) const = default;
};
struct Table {
  std::vector<Name> columns;
  std::vector<std::vector<TableCell>> rows;
  Span span{};

  bool operator==(const Table&) const = default;
};

struct Title {
  std::string text;
  Span span{};  // of the text
  bool operator==(const Title&) const = default;
};
struct Covers {
  std::vector<Name> requirements;
  bool operator==(const Covers&) const = default;
};
struct LevelIs {
  chat::Level level = chat::Level::kMust;
  Span span{};
  bool operator==(const LevelIs&) const = default;
};
struct Profiles {
  std::vector<Name> names;
  bool operator==(const Profiles&) const = default;
};
struct Tags {
  std::vector<Name> names;
  bool operator==(const Tags&) const = default;
};
struct Needs {
  std::vector<Name> scenarios;
  bool operator==(const Needs&) const = default;
};

using StatementContent = std::variant<Title, Covers, LevelIs, Roles, Profiles, Tags, Needs,
                                      KeyDefinition, MessageDefinition, FileSignature,
                                      FileDefinition, ArgumentDefinition, Table, TranscriptLine>;

// A comment without its `#`, or nothing for an empty line.
using LeadLine = std::optional<std::string>;

// A statement with what the reader of the file sees around it.
struct Statement {
  StatementContent content;
  std::vector<LeadLine> lead{};  // what stands above it, up to the statement before
  Span span{};                   // of its first word

  bool operator==(const Statement&) const = default;
};

// The whole file, in order.
struct Scenario {
  std::vector<Statement> statements;
  std::vector<LeadLine> tail{};  // what stands below the last statement

  bool operator==(const Scenario&) const = default;

  // The first statement's content of a kind, or null.
  template <typename T>
  const T* find() const {
    for (const Statement& statement : statements) {
      if (const T* found = std::get_if<T>(&statement.content)) return found;
    }
    return nullptr;
  }
  // All of a kind, in order. They stay valid as long as the scenario is neither changed nor moved.
  template <typename T>
  std::vector<const T*> all() const {
    std::vector<const T*> found;
    for (const Statement& statement : statements) {
      if (const T* content = std::get_if<T>(&statement.content)) found.push_back(content);
    }
    return found;
  }
};

}  // namespace chatspec
