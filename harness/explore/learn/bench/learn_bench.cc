// What it costs to learn a model: learns each of the DOT files that it is given, with a perfect
// equivalence oracle whose counterexamples are shortest ones and are asked as any other word, by so
// many seeds, and prints a line for each: file, states, inputs, and the means of words asked, of
// symbols sent and of hypotheses. Fails where what was learned is another machine. For
// ci/learn-bench.

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include <fmt/format.h>

#include "harness/explore/learn/dot.h"
#include "harness/explore/learn/learner.h"

int main(int count, char** arguments) {
  using namespace chatspec::learning;
  if (count < 3) {
    fmt::print(stderr, "usage: learn_bench SEEDS FILE.dot ...\n");
    return 4;
  }
  const std::uint64_t seeds = std::strtoull(arguments[1], nullptr, 10);
  for (int i = 2; i < count; ++i) {
    std::ifstream file(arguments[i]);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const auto model = read_dot(text);
    if (!model) {
      fmt::print(stderr, "{}:{}: {}\n", arguments[i], model.error().line, model.error().text);
      return 1;
    }
    const MealyMachine system = minimise(model->machine);
    double words = 0;
    double symbols = 0;
    double hypotheses = 0;
    for (std::uint64_t seed = 0; seed < seeds; ++seed) {
      MachineTeacher teacher(system);
      AskedWords asked(teacher, system.inputs());
      PerfectEquivalence equivalence(system);
      const Learned learned = learn(asked, equivalence, {.seed = seed, .least_answers = 1});
      if (minimise(learned.machine) != system) {
        fmt::print(stderr, "{}: seed {} learned another machine\n", arguments[i], seed);
        return 1;
      }
      words += static_cast<double>(asked.statistics().words);
      symbols += static_cast<double>(asked.statistics().symbols);
      hypotheses += static_cast<double>(learned.hypotheses);
    }
    const auto mean = [&](double sum) { return sum / static_cast<double>(seeds); };
    fmt::print("{}\t{}\t{}\t{:.1f}\t{:.1f}\t{:.2f}\n", arguments[i], system.states(),
               system.inputs(), mean(words), mean(symbols), mean(hypotheses));
  }
}
