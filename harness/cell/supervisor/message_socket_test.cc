#include "harness/cell/supervisor/message_socket.h"

#include <fcntl.h>
#include <unistd.h>

#include <gtest/gtest.h>
#include <sys/eventfd.h>
#include <sys/resource.h>

namespace chatspec {
namespace {

TEST(WordsTest, ComeBackAsTheyWentWhateverIsInThem) {
  WordWriter writer;
  writer.add("").add(std::string_view("a:b\0c", 5)).add(-12).add({"x", "", "3:y"});
  WordReader reader(writer.bytes());
  EXPECT_EQ(reader.word(), "");
  EXPECT_EQ(reader.word(), std::string_view("a:b\0c", 5));
  EXPECT_EQ(reader.number(), -12);
  EXPECT_EQ(reader.words(), (std::vector<std::string>{"x", "", "3:y"}));
}

TEST(WordsTest, WhatIsNotThereIsEmpty) {
  WordReader reader("");
  EXPECT_EQ(reader.word(), "");
  EXPECT_EQ(reader.number(), 0);
  EXPECT_TRUE(reader.words().empty());
}

TEST(MessageSocketTest, CarriesMessagesWholeWithTheirDescriptors) {
  auto [ours, theirs] = *make_message_sockets();
  int ends[2];
  ASSERT_EQ(pipe2(ends, O_CLOEXEC), 0);
  const FileDescriptor read_end(ends[0]);
  FileDescriptor write_end(ends[1]);
  const int shown = write_end.get();
  const std::string much(100'000, 'x');
  ASSERT_TRUE(send_message(ours.get(), much, {&shown, 1}));
  ASSERT_TRUE(send_message(ours.get(), "second"));
  write_end.reset();

  const auto first = receive_message(theirs.get(), -1);
  ASSERT_TRUE(first);
  EXPECT_EQ(first->bytes, much);
  ASSERT_EQ(first->descriptors.size(), 1U);
  EXPECT_EQ(write(first->descriptors[0].get(), "!", 1), 1);
  char byte = 0;
  EXPECT_EQ(read(read_end.get(), &byte, 1), 1);
  EXPECT_EQ(byte, '!');
  EXPECT_EQ(receive_message(theirs.get(), -1)->bytes, "second");
}

TEST(MessageSocketTest, KnowsTheEndFromNothingYet) {
  auto [ours, theirs] = *make_message_sockets();
  EXPECT_EQ(receive_message(theirs.get(), 0).error(), NoMessage::kTimeout);
  ours.reset();
  EXPECT_EQ(receive_message(theirs.get(), -1).error(), NoMessage::kEnd);
  EXPECT_FALSE(send_message(theirs.get(), "to nobody"));
}

TEST(MessageSocketTest, AnInterruptEndsTheWait) {
  auto [ours, theirs] = *make_message_sockets();
  const FileDescriptor interrupt(eventfd(1, EFD_CLOEXEC));
  EXPECT_EQ(receive_message(theirs.get(), -1, interrupt.get()).error(), NoMessage::kInterrupted);
  ASSERT_TRUE(send_message(ours.get(), "first"));
  EXPECT_EQ(receive_message(theirs.get(), -1, interrupt.get())->bytes, "first");
}

TEST(MessageSocketTest, SaysThatDescriptorsWereLostForWantOfRoom) {
  auto [ours, theirs] = *make_message_sockets();
  const int shown = ours.get();
  ASSERT_TRUE(send_message(ours.get(), "with one", {&shown, 1}));
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &before), 0);
  const rlimit none{.rlim_cur = 3, .rlim_max = before.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &none), 0);
  const auto message = receive_message(theirs.get(), -1);
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &before), 0);
  ASSERT_TRUE(message);
  EXPECT_EQ(message->bytes, "with one");
  EXPECT_TRUE(message->descriptors.empty());
  EXPECT_TRUE(message->lost_descriptors);
}

}  // namespace
}  // namespace chatspec
