// For tests: plays a recorded session with a language server in memory.

#pragma once

#include <string>
#include <string_view>

namespace chatspec::language_server {

// A session is text, block by block; lines that begin with two blanks belong to the block above.
//
//     # a comment
//     start URI            the client initializes, with this folder
//     disk PATH            a file that there is, with its text below
//     open URI             the client opens a document, with its text below
//     send JSON            a message of the client, without "jsonrpc"
//     bytes TEXT           what the client sends in place of a message, with \r, \n and \\ in it
//     get JSON             what the server sends then
//     ended STATUS         the client has said `exit`, and the server would end with this status
//
// Gives the same text with what the server really sent.
std::string play_session(std::string_view session);

}  // namespace chatspec::language_server
