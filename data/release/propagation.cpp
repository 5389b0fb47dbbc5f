#include "data/release/propagation.hpp"

#include <algorithm>
#include <deque>

namespace hotspots::data {

namespace {

constexpr std::int64_t open_end = no_limit / 2; // sums beyond this have no end

struct SumRange { // ends without a limit are counted apart, so that one can be taken out again
    std::int64_t lower = 0;
    std::int64_t upper = 0;
    int open_lower = 0;
    int open_upper = 0;
};

struct SignedRange {
    std::int64_t lower = 0;
    std::int64_t upper = 0;
    bool is_open_lower = false;
    bool is_open_upper = false;
};

SignedRange signed_range(const Term& term, const CountRange& range) {
    const bool open = range.upper >= open_end;
    const auto upper = open ? 0 : range.upper;
    if (term.factor > 0) {
        return {range.lower, upper, false, open};
    }
    return {-upper, -range.lower, open, false};
}

SumRange sum_of(const Terms& terms, const std::vector<CountRange>& ranges) {
    SumRange sum;
    for (const auto& term : terms) {
        const auto one = signed_range(term, ranges[static_cast<std::size_t>(term.variable)]);
        sum.lower += one.lower;
        sum.upper += one.upper;
        sum.open_lower += one.is_open_lower ? 1 : 0;
        sum.open_upper += one.is_open_upper ? 1 : 0;
    }
    return sum;
}

class Propagation {
public:
    explicit Propagation(const TableSystem& system)
        : m_system(system), m_ranges(system.variables.size()), m_rows_of(system.variables.size()),
          m_waiting(system.rows.size(), 1) {
        for (std::size_t row = 0; row < system.rows.size(); ++row) {
            m_queue.push_back(row);
            for (const auto& term : system.rows[row].terms) {
                m_rows_of[static_cast<std::size_t>(term.variable)].push_back(row);
            }
        }
    }

    // Each step narrows a range of whole numbers, so it ends; the bound on steps is for systems in
    // which two variables without a limit would raise each other's lower ends one by one.
    std::vector<CountRange> run() {
        auto steps = 200 * (m_queue.size() + 1);
        while (!m_queue.empty() && steps-- > 0) {
            const auto row = m_queue.front();
            m_queue.pop_front();
            m_waiting[row] = 0;
            tighten(m_system.rows[row]);
        }
        return std::move(m_ranges);
    }

private:
    void tighten(const SystemRow& row) {
        const auto sum = sum_of(row.terms, m_ranges);
        for (const auto& term : row.terms) {
            auto& range = m_ranges[static_cast<std::size_t>(term.variable)];
            const auto one = signed_range(term, range);
            // What the others leave for factor * variable.
            auto lower = -no_limit;
            auto upper = no_limit;
            if (sum.open_upper == (one.is_open_upper ? 1 : 0)) {
                lower = row.range.lower - (sum.upper - one.upper);
            }
            if (row.range.upper < open_end && sum.open_lower == (one.is_open_lower ? 1 : 0)) {
                upper = row.range.upper - (sum.lower - one.lower);
            }
            if (term.factor < 0) {
                lower = -std::exchange(upper, -lower);
            }
            narrow(static_cast<std::size_t>(term.variable), lower, upper);
        }
    }

    void narrow(std::size_t variable, std::int64_t lower, std::int64_t upper) {
        auto& range = m_ranges[variable];
        const CountRange narrowed{std::max(range.lower, lower), std::min(range.upper, upper)};
        if (narrowed == range) {
            return;
        }
        range = narrowed;
        for (const auto row : m_rows_of[variable]) {
            if (m_waiting[row] == 0) {
                m_waiting[row] = 1;
                m_queue.push_back(row);
            }
        }
    }

    const TableSystem& m_system;
    std::vector<CountRange> m_ranges;
    std::vector<std::vector<std::size_t>> m_rows_of;
    std::vector<char> m_waiting;
    std::deque<std::size_t> m_queue;
};

} // namespace

std::vector<CountRange> propagate(const TableSystem& system) {
    return Propagation(system).run();
}

CountRange range_of(const Terms& terms, const std::vector<CountRange>& ranges) {
    const auto sum = sum_of(terms, ranges);
    return {sum.open_lower > 0 ? 0 : std::max<std::int64_t>(0, sum.lower),
            sum.open_upper > 0 ? no_limit : sum.upper};
}

} // namespace hotspots::data
