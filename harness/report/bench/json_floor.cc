// The floor of what reading a log can cost: each of its lines through the JSON library, and nothing
// made of it.
//
//   json_floor LOG

#include <cstdio>
#include <fstream>
#include <string>

#include <nlohmann/json.hpp>

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: json_floor LOG\n");
    return 2;
  }
  std::ifstream log(argv[1], std::ios::binary);
  std::size_t values = 0;
  for (std::string line; std::getline(log, line);) values += nlohmann::json::parse(line).size();
  std::printf("%zu values\n", values);
  return values > 0 ? 0 : 1;
}
