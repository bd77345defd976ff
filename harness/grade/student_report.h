// What a student is told: what was earned, what each mistake costs, and what is wrong, each
// mistake once, without what is hidden and without anything of the machine's files.

#pragma once

#include <span>
#include <string>

#include "harness/grade/assignment.h"
#include "harness/grade/mark.h"
#include "harness/grade/mark_report.h"
#include "harness/grade/settled_run.h"

namespace chatspec {

struct StudentReport {
  const Assignment& assignment;
  const std::string& student;
  const Mark& mark;
  std::span<const SettledRun> runs;
  HidesCase hides;  // may be empty
};

std::string render_student_text(const StudentReport& report);
// A page that needs no other file.
std::string render_student_page(const StudentReport& report);

}  // namespace chatspec
