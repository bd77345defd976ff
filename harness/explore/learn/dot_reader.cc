// The part of DOT that machines are written in: statements that end with a semicolon or a new line,
// each a name, or a name, an arrow and a name, with attributes in brackets after. Whatever else
// stands there (digraph, braces) is passed over.

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "harness/explore/learn/dot.h"
#include "reference/text/quote.h"

namespace chatspec::learning {
namespace {

constexpr int kMostStates = 10'000;
constexpr std::size_t kMostEdges = 1'000'000;
constexpr std::string_view kStartMark = "__start";

enum class TokenKind { kName, kText, kSign, kEnd };

struct Token {
  TokenKind kind = TokenKind::kEnd;
  std::string text{};
  std::size_t line = 0;
};

bool is_name_part(char c) {
  return c == '_' || c == '.' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
         (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

// Cuts a text into names, texts in quotation marks, and signs.
class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  std::expected<Token, DotError> next() {
    skip_blanks();
    Token token{.kind = TokenKind::kSign, .line = line_};
    if (text_.empty()) return Token{.line = line_};
    if (text_.front() == '"') return read_quoted();
    if (is_name_part(text_.front())) {
      const auto end = std::ranges::find_if_not(text_, is_name_part);
      token.kind = TokenKind::kName;
      token.text = take(static_cast<std::size_t>(end - text_.begin()));
    } else {
      token.text = take(text_.starts_with("->") ? 2 : 1);
    }
    return token;
  }

 private:
  std::string take(std::size_t size) {
    std::string taken(text_.substr(0, size));
    line_ += static_cast<std::size_t>(std::ranges::count(taken, '\n'));
    text_.remove_prefix(size);
    return taken;
  }

  void skip_blanks() {
    while (!text_.empty()) {
      if (is_blank(text_.front())) {
        take(1);
      } else if (text_.starts_with("//") || text_.starts_with("#")) {
        take(std::min(text_.find('\n'), text_.size()));
      } else {
        return;
      }
    }
  }

  std::expected<Token, DotError> read_quoted() {
    Token token{.kind = TokenKind::kText, .line = line_};
    take(1);
    while (!text_.empty() && text_.front() != '"') {
      // Of the escapes, DOT itself has \" alone; the others are for whoever draws.
      if (text_.starts_with("\\\"") || text_.starts_with("\\\\")) take(1);
      token.text += take(1);
    }
    if (text_.empty()) return std::unexpected(DotError{token.line, "a quotation mark is missing"});
    take(1);
    return token;
  }

  std::string_view text_;
  std::size_t line_ = 1;
};

std::string_view trim(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

struct Edge {
  State from = kInitial;
  Symbol input = 0;
  MealyStep step{};
  std::size_t line = 0;
};

class Reader {
 public:
  explicit Reader(std::string_view text) : lexer_(text) {}

  std::expected<NamedMachine, DotError> read() {
    if (!advance()) return std::unexpected(error_);
    while (token_.kind != TokenKind::kEnd) {
      if (!read_statement()) return std::unexpected(error_);
    }
    return make_machine();
  }

 private:
  bool advance() {
    auto token = lexer_.next();
    if (!token) {
      error_ = token.error();
      return false;
    }
    token_ = std::move(*token);
    return true;
  }

  bool fail(std::size_t line, std::string text) {
    error_ = {line, std::move(text)};
    return false;
  }

  bool is_sign(std::string_view sign) const {
    return token_.kind == TokenKind::kSign && token_.text == sign;
  }

  bool read_statement() {
    if (token_.kind == TokenKind::kSign) {
      if (is_sign(";") || is_sign("{") || is_sign("}")) return advance();
      return fail(token_.line, fmt::format("unexpected {}", chat::quote(token_.text)));
    }
    const Token first = token_;
    if (!advance()) return false;
    if (first.kind == TokenKind::kName && (first.text == "digraph" || first.text == "strict")) {
      return token_.kind != TokenKind::kName || first.text == "strict" || advance();
    }
    std::string second;
    const bool is_edge = is_sign("->");
    if (is_edge) {
      if (!advance()) return false;
      if (token_.kind != TokenKind::kName && token_.kind != TokenKind::kText)
        return fail(token_.line, "expected a state after ->");
      second = token_.text;
      if (!advance()) return false;
    } else if (is_sign("=")) {  // an attribute of the whole
      return advance() && advance();
    }
    std::optional<std::string> label;
    if (is_sign("[") && !read_attributes(label)) return false;
    if (!is_edge) return add_state(first).has_value();
    if (first.text.starts_with(kStartMark)) return set_start(first, second);
    return add_edge(first, second, label);
  }

  // [name=value, …]; only `label` matters.
  bool read_attributes(std::optional<std::string>& label) {
    const std::size_t line = token_.line;
    std::vector<Token> tokens;
    do {
      tokens.push_back(token_);
      if (!advance()) return false;
      if (token_.kind == TokenKind::kEnd) return fail(line, "] is missing");
    } while (!is_sign("]"));
    for (std::size_t i = 0; i + 2 < tokens.size(); ++i) {
      if (tokens[i].text == "label" && tokens[i + 1].text == "=") label = tokens[i + 2].text;
    }
    return advance();
  }

  std::optional<State> add_state(const Token& token) {
    if (token.text.starts_with(kStartMark) || token.text == "node" || token.text == "edge" ||
        token.text == "graph")
      return kInitial;
    if (!states_.find(token.text) && states_.size() == kMostStates) {
      fail(token.line, fmt::format("more than {} states", kMostStates));
      return std::nullopt;
    }
    return states_.intern(token.text);
  }

  bool set_start(const Token& mark, const std::string& state) {
    const auto added = add_state({TokenKind::kName, state, mark.line});
    if (added) start_ = *added;
    return added.has_value();
  }

  bool add_edge(const Token& from, const std::string& to, const std::optional<std::string>& label) {
    const auto source = add_state(from);
    const auto target = source ? add_state({TokenKind::kName, to, from.line}) : std::nullopt;
    if (!target) return false;
    if (!label) return fail(from.line, "the edge has no label");
    const std::size_t slash = label->find('/');
    if (slash == std::string::npos) {
      return fail(from.line, fmt::format("expected \"input/output\" as label, and not {}",
                                         chat::quote_start(*label)));
    }
    if (edges_.size() == kMostEdges) return fail(from.line, "more than 1000000 edges");
    const std::string_view text = *label;
    edges_.push_back({*source,
                      alphabet_.inputs.intern(trim(text.substr(0, slash))),
                      {*target, alphabet_.outputs.intern(trim(text.substr(slash + 1)))},
                      from.line});
    return true;
  }

  std::expected<NamedMachine, DotError> make_machine() {
    if (edges_.empty()) return std::unexpected(DotError{1, "there are no edges"});
    const std::size_t all = static_cast<std::size_t>(states_.size()) *
                            static_cast<std::size_t>(alphabet_.inputs.size());
    if (all > kMostEdges)
      return std::unexpected(DotError{1, "states times inputs are more than 1000000"});
    // The initial state changes places with the first.
    const auto number = [&](State state) {
      return state == start_ ? kInitial : state == kInitial ? start_ : state;
    };
    MealyMachine machine(alphabet_.inputs.size());
    while (machine.states() < states_.size()) machine.add_state();
    for (const Edge& edge : edges_) {
      if (machine.step(number(edge.from), edge.input).output != kUnknownOutput)
        return std::unexpected(
            DotError{edge.line, fmt::format("state {} has two edges for input {}",
                                            chat::quote_start(states_.name(edge.from)),
                                            chat::quote_start(alphabet_.inputs.name(edge.input)))});
      machine.set(number(edge.from), edge.input, {number(edge.step.next), edge.step.output});
    }
    for (State state = 0; state < states_.size(); ++state) {
      for (Symbol input = 0; input < machine.inputs(); ++input) {
        if (machine.step(number(state), input).output == kUnknownOutput)
          return std::unexpected(
              DotError{1, fmt::format("state {} has no edge for input {}",
                                      chat::quote_start(states_.name(state)),
                                      chat::quote_start(alphabet_.inputs.name(input)))});
      }
    }
    return NamedMachine{std::move(machine), std::move(alphabet_)};
  }

  Lexer lexer_;
  Token token_{};
  DotError error_{};
  Names states_{};
  State start_ = kInitial;
  std::vector<Edge> edges_{};
  Alphabet alphabet_{};
};

}  // namespace

std::expected<NamedMachine, DotError> read_dot(std::string_view text) {
  return Reader(text).read();
}

}  // namespace chatspec::learning
