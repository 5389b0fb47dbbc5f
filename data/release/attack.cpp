#include "data/release/attack.hpp"

#include "data/errors.hpp"
#include "data/release/propagation.hpp"

#include <algorithm>
#include <cmath>
#include <random>
#include <utility>

namespace hotspots::data {

namespace {

using Direction = LinearProgram::Direction;

constexpr double nearly = 1e-6;
constexpr int most_rounds = 24;
constexpr int most_attempts = 12;
constexpr int noisy_cells = 200;
constexpr int most_nodes = 50; // of branch and bound

std::vector<std::int64_t> truth_of(const TableSystem& system) {
    std::vector<std::int64_t> values;
    for (const auto& variable : system.variables) {
        values.push_back(variable.truth);
    }
    return values;
}

std::vector<Weight> weights_of(const Terms& terms) {
    std::vector<Weight> weights;
    for (const auto& term : terms) {
        weights.push_back({term.variable, static_cast<double>(term.factor)});
    }
    return weights;
}

} // namespace

Witnesses::Witnesses(const TableSystem& system) : m_system(system), m_truth(truth_of(system)) {
    for (const auto& cell : system.cells) {
        m_ranges.push_back({cell.truth, cell.truth});
    }
    if (!add(m_truth)) {
        throw DataError("release: the counts do not fit the tables made of them");
    }
}

bool Witnesses::add(const std::vector<std::int64_t>& values) {
    const bool fits =
        std::all_of(values.begin(), values.end(), [](auto value) { return value >= 0; }) &&
        std::all_of(m_system.rows.begin(), m_system.rows.end(), [&](const SystemRow& row) {
            return row.range.holds(value_of(row.terms, values));
        });
    if (!fits) {
        return false;
    }
    for (std::size_t cell = 0; cell < m_ranges.size(); ++cell) {
        if (!m_system.cells[cell].figure.value) {
            const auto value = value_of(m_system.cells[cell].terms, values);
            m_ranges[cell].lower = std::min(m_ranges[cell].lower, value);
            m_ranges[cell].upper = std::max(m_ranges[cell].upper, value);
        }
    }
    return true;
}

bool Witnesses::shows_safe(std::size_t cell) const {
    return m_system.cells[cell].figure.value || is_safe(m_ranges[cell], m_system.rule);
}

Attack::Attack(const TableSystem& system, ReleaseProgress progress)
    : m_system(system), m_progress(std::move(progress)), m_ranges(propagate(system)),
      m_witnesses(system), m_has_room(system.cells.size(), 0) {}

Attack::~Attack() = default;

// Another authority, of many parts, that makes up for what this one has more or less.
int Attack::helper_of(int block) const {
    std::vector<int> sizes(static_cast<std::size_t>(m_system.blocks), 0);
    for (const auto& variable : m_system.variables) {
        if (variable.block != block && variable.block != 0) {
            ++sizes[static_cast<std::size_t>(variable.block)];
        }
    }
    return static_cast<int>(std::max_element(sizes.begin(), sizes.end()) - sizes.begin());
}

// Programs are kept: what was solved last is a good place to begin the next search from.
LinearProgram& Attack::program(Scope scope, int block) {
    auto& kept = m_programs[{scope, scope == Scope::everything ? 0 : block}];
    if (!kept) {
        using Use = LinearProgram::Use;
        std::vector<Use> uses;
        const int helper = scope == Scope::paired ? helper_of(block) : block;
        for (const auto& variable : m_system.variables) {
            const bool inside = scope == Scope::everything || variable.block == block ||
                                variable.block == helper || variable.block == 0 ||
                                (scope == Scope::around && !variable.is_of_ward);
            const auto otherwise = scope == Scope::around ? Use::unknown : Use::kept;
            uses.push_back(inside ? Use::free : otherwise);
        }
        kept = std::make_unique<LinearProgram>(m_system, m_ranges, uses, m_witnesses.truth());
    }
    return *kept;
}

void Attack::solve_towards(LinearProgram& program, const std::vector<Weight>& weights,
                           Direction direction) {
    if (program.solve(weights, direction)) {
        if (const auto values = program.whole_values()) {
            m_witnesses.add(*values);
        }
    }
}

// Many cells at once, each pulled up or down by chance: a few such solutions do for most.
void Attack::search_in(LinearProgram& program, const std::vector<std::size_t>& cells) {
    std::mt19937 random(1);                                // the same search on every machine
    const int rounds = cells.size() < 4 ? 0 : most_rounds; // few are as well solved one by one
    for (int round = 0; round < rounds; ++round) {
        std::vector<Weight> weights;
        for (const auto cell : cells) {
            if (is_shown_safe(cell)) {
                continue;
            }
            const double pull = (random() & 1U) == 0 ? 1 : -1;
            const double strength = 1 + static_cast<double>(random() % 1000) / 1000;
            for (const auto& term : m_system.cells[cell].terms) {
                weights.push_back({term.variable, pull * strength * term.factor});
            }
        }
        if (weights.empty()) {
            return;
        }
        solve_towards(program, weights, Direction::greatest);
    }
    for (const auto cell : cells) {
        if (!is_shown_safe(cell) && !note_room(cell, range_in(program, cell, nullptr))) {
            attempt_whole(program, cells, cell, random);
        }
    }
}

bool Attack::note_room(std::size_t cell, const CountRange& range) {
    if (is_safe({range.lower, range.upper - 1}, m_system.rule)) {
        m_has_room[cell] = 1;
    }
    return is_shown_safe(cell);
}

void Attack::attempt_whole(LinearProgram& program, const std::vector<std::size_t>& cells,
                           std::size_t cell, std::mt19937& random) {
    for (int attempt = 0; attempt < most_attempts && !is_shown_safe(cell); ++attempt) {
        auto weights = weights_of(m_system.cells[cell].terms);
        add_noise(weights, cells, random); // another corner of the same face
        solve_towards(program, weights, attempt % 2 == 0 ? Direction::greatest : Direction::least);
    }
}

// Light weights on the parts of other cells.
void Attack::add_noise(std::vector<Weight>& weights, const std::vector<std::size_t>& cells,
                       std::mt19937& random) const {
    for (int i = 0; i < noisy_cells; ++i) {
        const auto& terms = m_system.cells[cells[random() % cells.size()]].terms;
        if (!terms.empty()) {
            const auto variable = terms[random() % terms.size()].variable;
            weights.push_back({variable, (static_cast<double>(random() % 2000) - 999.5) * 1e-5});
        }
    }
}

void Attack::search() {
    std::vector<std::vector<std::size_t>> of_block(static_cast<std::size_t>(m_system.blocks));
    for (std::size_t cell = 0; cell < m_system.cells.size(); ++cell) {
        of_block[static_cast<std::size_t>(m_system.cells[cell].block)].push_back(cell);
    }
    for (int block = 0; block < m_system.blocks; ++block) {
        if (m_progress) {
            m_progress(static_cast<double>(block) / m_system.blocks);
        }
        search_block(block, of_block[static_cast<std::size_t>(block)]);
    }
}

void Attack::search_block(int block, std::vector<std::size_t> cells) {
    for (const auto scope : {Scope::within, Scope::paired}) {
        cells.erase(std::remove_if(cells.begin(), cells.end(),
                                   [this](std::size_t cell) { return is_shown_safe(cell); }),
                    cells.end());
        if (!cells.empty()) {
            search_in(program(scope, block), cells);
        }
    }
}

CountRange Attack::range_in(LinearProgram& program, std::size_t cell, std::vector<int>* binding) {
    const auto& terms = m_system.cells[cell].terms;
    const auto weights = weights_of(terms);
    auto range = hotspots::data::range_of(terms, m_ranges);
    for (const auto direction : {Direction::greatest, Direction::least}) {
        if (!program.solve(weights, direction)) {
            continue; // the range of propagation holds
        }
        if (const auto values = program.whole_values()) {
            m_witnesses.add(*values);
        }
        const auto end = program.value(terms);
        if (direction == Direction::greatest) {
            range.upper =
                std::min(range.upper, static_cast<std::int64_t>(std::floor(end + nearly)));
        } else {
            range.lower = std::max(range.lower, static_cast<std::int64_t>(std::ceil(end - nearly)));
        }
        if (binding) {
            const auto rows = program.binding_rows();
            binding->insert(binding->end(), rows.begin(), rows.end());
        }
    }
    return range;
}

CountRange Attack::range_of_cell(std::size_t cell) {
    return range_in(program(Scope::everything, 0), cell, nullptr);
}

// Near the limit fractions decide: the ends in whole numbers.
void Attack::solve_in_whole_numbers(LinearProgram& program, std::size_t cell) {
    const auto weights = weights_of(m_system.cells[cell].terms);
    for (const auto direction : {Direction::greatest, Direction::least}) {
        if (!is_shown_safe(cell) && program.solve(weights, direction) &&
            program.solve_whole(most_nodes)) {
            m_witnesses.add(program.values_of_whole());
        }
    }
}

Attack::Verdict Attack::judge(std::size_t cell) {
    const int block = m_system.cells[cell].block;
    Verdict verdict;
    verdict.range = range_in(program(Scope::around, block), cell, &verdict.binding_rows);
    if (is_safe(verdict.range, m_system.rule)) {
        search_block(block, {cell});
        if (!is_shown_safe(cell)) {
            auto& everything = program(Scope::everything, 0);
            verdict.range = range_in(everything, cell, &verdict.binding_rows);
            if (!note_room(cell, verdict.range) && is_safe(verdict.range, m_system.rule)) {
                solve_in_whole_numbers(program(Scope::paired, block), cell);
            }
        }
    }
    verdict.safe = is_shown_safe(cell);
    return verdict;
}

void Attack::loosened(int row, bool was_zero) {
    m_ranges = propagate(m_system);
    if (was_zero) {
        m_programs.clear(); // they leave out what can only be zero
    }
    for (auto& [scope, program] : m_programs) {
        program->loosen(row);
    }
}

} // namespace hotspots::data
