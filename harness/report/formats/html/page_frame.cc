#include "harness/report/formats/html/page_frame.h"

#include <string>

#include <fmt/format.h>

#include "harness/report/formats/html/assets.h"
#include "reference/profile.h"
#include "reference/signature.h"

namespace chatspec {
namespace {

std::string hash_for_policy(std::string_view text) {
  chat::Profile in_base64 = *chat::find_profile("line");
  in_base64.signature_coding = chat::SignatureCoding::kBase64;
  return fmt::format("'sha256-{}'", chat::hash_of(in_base64, text));
}

std::string make_policy(PageScript script) {
  return fmt::format(
      "default-src 'none'; style-src {}; script-src {}; base-uri 'none'; form-action 'none'",
      hash_for_policy(kPageStyle),
      script == PageScript::kNone ? "'none'" : hash_for_policy(kPageScript));
}

void write_head(HtmlWriter& html, std::string_view title, PageScript script) {
  html.open("head");
  html.empty_element("meta", {{"charset", "utf-8"}});
  html.empty_element("meta",
                     {{"http-equiv", "Content-Security-Policy"}, {"content", make_policy(script)}});
  html.empty_element("meta",
                     {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
  html.element("title", title);
  html.open("style");
  html.trusted(kPageStyle);
  html.close();
  html.close();
}

}  // namespace

void write_page(ReportText& out, std::string_view title, PageScript script,
                const std::function<void(HtmlWriter&)>& write_body) {
  HtmlWriter html(out);
  html.trusted("<!DOCTYPE html>\n");
  html.open("html", {{"lang", "en"}});
  write_head(html, title, script);
  html.open("body");
  write_body(html);
  if (script == PageScript::kOfReport) {
    html.open("script");
    html.trusted(kPageScript);
    html.close();
  }
  html.close();
  html.close();
  html.finish();
}

}  // namespace chatspec
