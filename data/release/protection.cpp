#include "data/release/protection.hpp"

#include <optional>
#include <string>
#include <tuple>

namespace hotspots::data {

namespace {

// What is lost by hiding a cell; less is better.
std::tuple<int, int, std::int64_t> loss_of(const SystemCell& cell) {
    const bool zero = cell.figure.value && *cell.figure.value == 0;
    const int kind = zero ? 2 : cell.figure.value ? 0 : 1;
    return {kind, static_cast<int>(cell.key.level), cell.figure.value.value_or(0)};
}

class Protector {
public:
    Protector(TableSystem& system, const ReleaseProgress& progress)
        : m_system(system), m_progress(progress), m_attack(system, [progress](double share) {
              if (progress) {
                  progress(share / 2);
              }
          }) {
        for (std::size_t cell = 0; cell < system.cells.size(); ++cell) {
            if (!system.cells[cell].frozen && system.cells[cell].row >= 0) {
                m_cell_of_row.emplace(system.cells[cell].row, cell);
            }
        }
    }

    std::vector<Addition> run() {
        m_attack.search();
        for (std::size_t cell = 0; cell < m_system.cells.size(); ++cell) {
            tell(cell);
            mend(cell);
        }
        // What was hidden in addition comes last: it must be safe itself, and hiding harms nobody.
        for (std::size_t next = 0; next < m_additions.size(); ++next) {
            mend(m_additions[next].hidden);
        }
        return std::move(m_additions);
    }

private:
    void tell(std::size_t cell) {
        if (m_progress && cell % 16 == 0) {
            m_progress(0.5 + 0.5 * static_cast<double>(cell) /
                                 static_cast<double>(m_system.cells.size()));
        }
    }

    void mend(std::size_t cell) {
        while (!m_attack.is_shown_safe(cell)) {
            const auto verdict = m_attack.judge(cell);
            if (verdict.safe) {
                return;
            }
            const auto chosen = choose(verdict.binding_rows);
            if (!chosen) {
                throw UnsafeRelease(
                    "release: the hidden figure of " + to_text(m_system.cells[cell].key) +
                    " could be narrowed to " + std::to_string(verdict.range.lower) + " to " +
                    std::to_string(verdict.range.upper) +
                    ", and nothing that may still be hidden would prevent it; no release was made");
            }
            hide(*chosen);
            m_additions.push_back({*chosen, cell, verdict.range});
        }
    }

    std::optional<std::size_t> choose(const std::vector<int>& rows) const {
        std::optional<std::size_t> best;
        for (const auto row : rows) {
            const auto found = m_cell_of_row.find(row);
            if (found == m_cell_of_row.end() ||
                m_system.cells[found->second].figure.hiding == Hiding::added) {
                continue;
            }
            if (!best || loss_of(m_system.cells[found->second]) < loss_of(m_system.cells[*best])) {
                best = found->second;
            }
        }
        return best;
    }

    void hide(std::size_t cell) {
        auto& hidden = m_system.cells[cell];
        const bool was_zero = hidden.figure.value == std::int64_t{0};
        hidden.figure = {std::nullopt, Hiding::added};
        m_system.rows[static_cast<std::size_t>(hidden.row)].range = CountRange{};
        m_attack.loosened(hidden.row, was_zero);
    }

    TableSystem& m_system;
    const ReleaseProgress& m_progress;
    Attack m_attack;
    std::map<int, std::size_t> m_cell_of_row; // of what may still be hidden
    std::vector<Addition> m_additions;
};

} // namespace

std::vector<Addition> protect(TableSystem& system, const ReleaseProgress& progress) {
    return Protector(system, progress).run();
}

} // namespace hotspots::data
