#include "harness/cell/program/program_format.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace chatspec {
namespace {

// The beginning of a program for the machine of this number, as elf.h has them.
std::string elf(unsigned char machine) {
  std::string header(
      "\x7f"
      "ELF\x02\x01\x01",
      7);
  header.resize(18);
  return header + static_cast<char>(machine) + std::string(1, '\0');
}

TEST(ProgramFormat, TellsWhatKeepsAFileFromBeingRun) {
  struct Row {
    std::string beginning;
    std::string obstacle;  // the beginning of it; "" for none
  };
  const std::vector<Row> rows{
      {"", "it is empty"},
      {"import socket\n", "it is no program of this system (a script needs a first line"},
      {"#!/bin/sh\n", ""},
      {"#! /bin/sh -e\nexit\n", ""},
      {"#!/usr/bin/env python3\n", ""},
      {"#!relative/to/somewhere\n", ""},
      {"#!/bin/sh\r\nexit\r\n", "its first line ends with CR LF"},
      {"#!/usr/bin/env python3\r\n", "its first line ends with CR LF"},
      {"#!/no/such/python\x1b\n",
       R"(the interpreter that its first line names is not there: "/no/such/python\x1b")"},
      {"MZ\x90", "it is a program for Windows"},
      {"\xcf\xfa\xed\xfe....", "it is a program for macOS"},
      {"\x7f"
       "ELF",
       "it is cut off"},
      {elf(22), "it was compiled for another kind of machine (S/390)"},
      {elf(250), ""},  // whatever that is
  };
  for (const Row& row : rows) {
    const std::string obstacle = find_format_obstacle(row.beginning).value_or("");
    EXPECT_EQ(obstacle.substr(0, row.obstacle.empty() ? obstacle.npos : row.obstacle.size()),
              row.obstacle)
        << row.beginning;
  }
}

}  // namespace
}  // namespace chatspec
