#include "harness/cell/supervisor/supervisor_protocol.h"

namespace chatspec {

void write_supervisor_plan(const SupervisorPlan& plan, WordWriter& words) {
  words.add(plan.own_namespaces ? 1 : 0).add(plan.own_user_namespace ? 1 : 0);
  words.add(plan.user).add(plan.group).add(plan.folder);
  words.add(static_cast<std::int64_t>(plan.folder_bytes));
  words.add(static_cast<std::int64_t>(plan.folder_files)).add(plan.has_places ? 1 : 0);
  words.add(static_cast<std::int64_t>(plan.memory_bytes));
  words.add(plan.program_folder);
}

SupervisorPlan read_supervisor_plan(WordReader& words) {
  SupervisorPlan plan;
  plan.own_namespaces = words.number() != 0;
  plan.own_user_namespace = words.number() != 0;
  plan.user = static_cast<uid_t>(words.number());
  plan.group = static_cast<gid_t>(words.number());
  plan.folder = words.word();
  plan.folder_bytes = static_cast<std::uint64_t>(words.number());
  plan.folder_files = static_cast<std::uint64_t>(words.number());
  plan.has_places = words.number() != 0;
  plan.memory_bytes = static_cast<std::uint64_t>(words.number());
  plan.program_folder = words.word();
  return plan;
}

void write_start_request(const StartRequest& request, WordWriter& words) {
  words.add(request.program).add(request.arguments).add(request.environment);
  words.add(request.options).add(request.folder);
  words.add(request.work_folder).add(request.owner).add(request.is_filtered ? 1 : 0);
  words.add(request.wrapped ? 1 : 0);
  words.add(static_cast<std::int64_t>(request.limits.size()));
  for (const ResourceLimit& limit : request.limits) {
    words.add(limit.resource).add(static_cast<std::int64_t>(limit.value));
  }
}

StartRequest read_start_request(WordReader& words) {
  StartRequest request;
  request.program = words.word();
  request.arguments = words.words();
  request.environment = words.words();
  request.options = words.words();
  request.folder = words.word();
  request.work_folder = words.word();
  request.owner = words.number();
  request.is_filtered = words.number() != 0;
  request.wrapped = words.number() != 0;
  const auto limits = words.number();
  for (std::int64_t i = 0; i < limits; ++i) {
    const auto resource = static_cast<int>(words.number());
    request.limits.push_back({resource, static_cast<std::uint64_t>(words.number())});
  }
  return request;
}

}  // namespace chatspec
