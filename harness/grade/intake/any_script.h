// Lets libarchive have names in any script, for as long as it lives and in its thread: it turns
// those of which an archive says what characters they have into those of the thread's locale, and
// back.

#pragma once

#include <locale.h>

namespace chatspec {

class AnyScript {
 public:
  AnyScript()
      : characters_(newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)),
        before_(uselocale(characters_)) {}
  AnyScript(const AnyScript&) = delete;
  AnyScript& operator=(const AnyScript&) = delete;
  ~AnyScript() {
    uselocale(before_);
    if (characters_ != nullptr) freelocale(characters_);
  }

 private:
  locale_t characters_;  // null where the machine has no such locale: then all is as before
  locale_t before_;
};

}  // namespace chatspec
