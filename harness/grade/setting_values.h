// The values that settings of an assignment have.

#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace chatspec {

// The errors say what was expected and what was found, in a sentence without a full stop.

// "90s", "10m", "2h": positive, at most a week.
std::expected<std::chrono::seconds, std::string> parse_duration(std::string_view text);

// "512M", "2G": at least 16 MiB, at most a TiB; in MiB.
std::expected<std::uint64_t, std::string> parse_memory(std::string_view text);

// "3": from 0 to 9.
std::expected<std::size_t, std::string> parse_few(std::string_view text);

// "50%": from 0 to 100.
std::expected<int, std::string> parse_percent(std::string_view text);

// "2026-12-01" or "2026-12-01 18:00", in UTC.
std::expected<std::chrono::sys_seconds, std::string> parse_time(std::string_view text);

}  // namespace chatspec
