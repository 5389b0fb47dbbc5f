// Linear and integer programming over a table system: the one file that knows GLPK. A program
// belongs to one thread.
#pragma once

#include "data/release/table_system.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace hotspots::data {

// A variable with its weight in what is to be made greatest or least.
struct Weight {
    int variable = 0;
    double weight = 1;
};

class LinearProgram {
public:
    // What becomes of a variable: it is free, or keeps its value of `base`, or is unknown: then the
    // rows that have it are left out, which leaves more possible than there is.
    enum class Use : char { free, kept, unknown };
    // All outlive this. Free variables that can only be zero (`ranges`) are kept.
    LinearProgram(const TableSystem& system, const std::vector<CountRange>& ranges,
                  const std::vector<Use>& uses, const std::vector<std::int64_t>& base);
    ~LinearProgram();
    LinearProgram(const LinearProgram&) = delete;
    LinearProgram& operator=(const LinearProgram&) = delete;

    enum class Direction { least, greatest };
    // By the simplex method, from where the last one ended. False if it failed: never by the
    // system, which has the truth as a solution.
    bool solve(const std::vector<Weight>& weights, Direction direction);
    // In whole numbers, by branch and bound; of the last solve(), which must have succeeded: the
    // best solution found in that many nodes, or nearly. False if there was none.
    bool solve_whole(int most_nodes);

    // Of the last solve(): a value for every variable of the system; empty if they are not whole.
    std::optional<std::vector<std::int64_t>> whole_values() const;
    std::vector<std::int64_t> values_of_whole() const; // of the last solve_whole()
    // Of the last solve(): the sum, of terms free or not; and the rows that kept it from being
    // more.
    double value(const Terms& terms) const;
    std::vector<int> binding_rows() const;

    void loosen(int row); // as the row now is in the system

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace hotspots::data
