#include "harness/cell/child_registry.h"

#include <sys/prctl.h>

namespace chatspec {

ChildRegistry::ChildRegistry() {
  prctl(PR_SET_CHILD_SUBREAPER, 1L, 0L, 0L, 0L);
}

ChildRegistry& ChildRegistry::instance() {
  static ChildRegistry registry;
  return registry;
}

}  // namespace chatspec
