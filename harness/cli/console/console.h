// Where a command writes: what was asked for, and what is wrong.

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace chatspec {

// Handed down from main(), so that whoever writes can be tried with another one.
class Console {
 public:
  virtual ~Console() = default;
  Console() = default;
  Console(const Console&) = delete;
  Console& operator=(const Console&) = delete;

  // What was asked for: standard output, through a buffer. What fails is remembered and does not
  // throw.
  virtual void say(std::string_view text) = 0;

  // Beside it: standard error. Where even that fails, nothing is left to say.
  virtual void warn(std::string_view text) = 0;

  // A mistake or trouble, beside it, without control characters: "chatspec: MESSAGE".
  void complain(std::string_view message);

  // Empties the buffers. False where something, now or before, could not be written.
  virtual bool flush() = 0;

  // "cannot write to standard output: REASON", once flush() gave false.
  virtual std::string describe_failure() const = 0;

  // Whether it was that whoever read what was asked for has closed it, as `| head` does when it has
  // seen enough. That is a wish, not trouble.
  virtual bool has_reader_left() const = 0;

  // Whether to say it in colours: as was chosen, else as would_colour().
  bool wants_colour() const { return chosen_colour_.value_or(would_colour()); }
  void choose_colour(std::optional<bool> choice) { chosen_colour_ = choice; }

  // In lines of so many columns.
  virtual std::size_t report_columns() const = 0;
  // How many columns the terminal has that shows what was asked for; nothing where none does.
  virtual std::optional<std::size_t> terminal_columns() const { return std::nullopt; }
  // Whether it is a terminal that shows links.
  virtual bool shows_links() const = 0;

  // Whether what is written beside it can be moved back over, and written anew.
  virtual bool can_rewrite_line() const = 0;
  // In a line of so many columns, where it can.
  virtual std::size_t columns() const = 0;

 private:
  // Whether to do so where nobody chose (style.h).
  virtual bool would_colour() const = 0;

  std::optional<bool> chosen_colour_{};
};

}  // namespace chatspec
