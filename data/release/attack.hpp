// The attack: how far somebody who knows all that is published can narrow each hidden cell.
//
// Bound propagation first. Then tables of whole numbers that fit all that is published are looked
// for by linear programming: each such witness shows that its value of every hidden cell is
// possible, so that one answers for many cells. It is looked for among the wards of one authority
// at a time, then of two, with the others as they are: what is possible so is possible. The cells
// left are solved for themselves with all that is published but other authorities' wards: what is
// impossible so is impossible. The few that are in doubt then are solved over everything. Fractions
// count as possible only where a value more than needed is left; near the limit a table of whole
// numbers must be found.
#pragma once

#include "data/release/linear_program.hpp"
#include "data/release/table_system.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <random>
#include <utility>
#include <vector>

namespace hotspots::data {

// The share of the work that is done, 0..1. May throw to end it: nothing is then made.
using ReleaseProgress = std::function<void(double share)>;

// The values that were seen to be possible, of each cell of a system.
class Witnesses {
public:
    explicit Witnesses(const TableSystem& system);

    // `values` of every variable. Ignored unless they fit every row exactly.
    bool add(const std::vector<std::int64_t>& values);
    const CountRange& range(std::size_t cell) const { return m_ranges[cell]; }
    bool shows_safe(std::size_t cell) const;
    const std::vector<std::int64_t>& truth() const { return m_truth; }

private:
    const TableSystem& m_system;
    std::vector<std::int64_t> m_truth;
    std::vector<CountRange> m_ranges;
};

class Attack {
public:
    // `system` may be loosened, row by row, between calls; see loosened().
    Attack(const TableSystem& system, ReleaseProgress progress);
    ~Attack();

    // Looks for witnesses, authority by authority. Most cells are shown to be safe by it.
    void search();
    struct Verdict {
        bool safe = false;
        CountRange range;              // of whole numbers that linear programming leaves
        std::vector<int> binding_rows; // where unsafe: what is published that makes it so
    };
    // For certain.
    Verdict judge(std::size_t cell);
    // By tables of whole numbers; or by linear programming with a value to spare.
    bool is_shown_safe(std::size_t cell) const {
        return m_has_room[cell] != 0 || m_witnesses.shows_safe(cell);
    }
    // By linear programming over everything, ends rounded inwards.
    CountRange range_of_cell(std::size_t cell);
    // After the system's row has got a wider range than before, when it may have been zero alone.
    void loosened(int row, bool was_zero);

private:
    enum class Scope { within, paired, around, everything };
    LinearProgram& program(Scope scope, int block);
    int helper_of(int block) const;
    void search_block(int block, std::vector<std::size_t> cells);
    void search_in(LinearProgram& program, const std::vector<std::size_t>& cells);
    void add_noise(std::vector<Weight>& weights, const std::vector<std::size_t>& cells,
                   std::mt19937& random) const;
    void solve_towards(LinearProgram& program, const std::vector<Weight>& weights,
                       LinearProgram::Direction direction);
    // Whether the cell is shown safe, by a range, too, that linear programming found possible.
    bool note_room(std::size_t cell, const CountRange& range);
    void attempt_whole(LinearProgram& program, const std::vector<std::size_t>& cells,
                       std::size_t cell, std::mt19937& random);
    CountRange range_in(LinearProgram& program, std::size_t cell, std::vector<int>* binding);
    void solve_in_whole_numbers(LinearProgram& program, std::size_t cell);

    const TableSystem& m_system;
    ReleaseProgress m_progress;
    std::vector<CountRange> m_ranges; // by propagation
    Witnesses m_witnesses;
    std::vector<char> m_has_room; // by cell
    std::map<std::pair<Scope, int>, std::unique_ptr<LinearProgram>> m_programs;
};

} // namespace hotspots::data
