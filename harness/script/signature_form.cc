#include "harness/script/signature_form.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cctype>
#include <cstddef>
#include <string_view>
#include <utility>

#include "reference/text/word_table.h"

namespace chatspec {
namespace {

std::string upper_case(std::string text) {
  for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return text;
}

// Every other letter, since in a hash hardly any is like its neighbour.
std::string mixed_case(std::string text) {
  bool upper = true;
  for (char& c : text) {
    if (std::isalpha(static_cast<unsigned char>(c)) == 0) continue;
    if (upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    upper = !upper;
  }
  return text;
}

// Another digit of the same kind, in hexadecimal digits and in base64's alike, whose padding stays.
char other_digit(char c) {
  constexpr std::array<std::string_view, 6> kCircles{
      "0123456789", "abcdef", "ghijklmnopqrstuvwxyz", "ABCDEF", "GHIJKLMNOPQRSTUVWXYZ", "+/"};
  for (const std::string_view circle : kCircles) {
    const std::size_t at = circle.find(c);
    if (at != std::string_view::npos) return circle[(at + 1) % circle.size()];
  }
  return c;
}

std::string wrong_everywhere(std::string text) {
  std::ranges::transform(text, text.begin(), other_digit);
  return text;
}

std::string wrong_at(std::string text, std::size_t at) {
  if (at < text.size()) text[at] = other_digit(text[at]);
  return text;
}

// The last one that is no padding, or one so many before it.
std::string wrong_near_end(std::string text, std::size_t before_last) {
  const std::size_t last = text.find_last_not_of('=');
  if (last == std::string::npos || last < before_last) return text;
  return wrong_at(std::move(text), last - before_last);
}

std::string half_of(const std::string& text) {
  return text.substr(0, text.size() / 2);
}

std::string sorted(std::string text) {
  std::ranges::sort(text);
  return text;
}

std::string rotated(std::string text) {
  std::ranges::rotate(text, text.begin() + (text.empty() ? 0 : 1));
  return text;
}

std::string with_blank_within(const std::string& text) {
  return half_of(text) + " " + text.substr(text.size() / 2);
}

struct FormOf {
  SignatureForm form;
  std::string (*make)(const std::string& right);
};
using Text = std::string;
constexpr std::array kForms{
    FormOf{SignatureForm::kRight, [](const Text& right) { return right; }},
    FormOf{SignatureForm::kWrong, [](const Text& right) { return wrong_everywhere(right); }},
    FormOf{SignatureForm::kUpperCase, [](const Text& right) { return upper_case(right); }},
    FormOf{SignatureForm::kMixedCase, [](const Text& right) { return mixed_case(right); }},
    FormOf{SignatureForm::kWrongFirst, [](const Text& right) { return wrong_at(right, 0); }},
    FormOf{SignatureForm::kWrongSecond, [](const Text& right) { return wrong_at(right, 1); }},
    FormOf{SignatureForm::kWrongEighth, [](const Text& right) { return wrong_at(right, 7); }},
    FormOf{SignatureForm::kWrongNinth, [](const Text& right) { return wrong_at(right, 8); }},
    FormOf{SignatureForm::kWrongMiddle,
           [](const Text& right) { return wrong_at(right, right.size() / 2); }},
    FormOf{SignatureForm::kWrongLastButOne,
           [](const Text& right) { return wrong_near_end(right, 1); }},
    FormOf{SignatureForm::kWrongLast, [](const Text& right) { return wrong_near_end(right, 0); }},
    FormOf{SignatureForm::kUpperCaseWrongFirst,
           [](const Text& right) { return upper_case(wrong_at(right, 0)); }},
    FormOf{SignatureForm::kUpperCaseWrongLast,
           [](const Text& right) { return upper_case(wrong_near_end(right, 0)); }},
    FormOf{SignatureForm::kReversed,
           [](const Text& right) { return Text(right.rbegin(), right.rend()); }},
    FormOf{SignatureForm::kHalvesSwapped,
           [](const Text& right) { return right.substr(right.size() / 2) + half_of(right); }},
    FormOf{SignatureForm::kSorted, [](const Text& right) { return sorted(right); }},
    FormOf{SignatureForm::kRotated, [](const Text& right) { return rotated(right); }},
    FormOf{SignatureForm::kAllZero, [](const Text& right) { return Text(right.size(), '0'); }},
    FormOf{SignatureForm::kOneLess,
           [](const Text& right) { return right.substr(0, right.size() - 1); }},
    FormOf{SignatureForm::kHalf, [](const Text& right) { return half_of(right); }},
    FormOf{SignatureForm::kFirstDigit, [](const Text& right) { return right.substr(0, 1); }},
    FormOf{SignatureForm::kOneMore, [](const Text& right) { return right + "0"; }},
    FormOf{SignatureForm::kTwice, [](const Text& right) { return right + right; }},
    FormOf{SignatureForm::kBlankBefore, [](const Text& right) { return " " + right; }},
    FormOf{SignatureForm::kBlankWithin, [](const Text& right) { return with_blank_within(right); }},
    FormOf{SignatureForm::kOtherLetter, [](const Text& right) { return "_" + right.substr(1); }},
    FormOf{SignatureForm::kHexPrefix, [](const Text& right) { return "0x" + right; }},
};

static_assert(chat::covers_in_order(kForms, &FormOf::form, SignatureForm::kHexPrefix));

}  // namespace

std::string in_form(SignatureForm form, const std::string& signature) {
  assert(!signature.empty());
  return chat::row_of(kForms, form).make(signature);
}

}  // namespace chatspec
