#include "data/release/linear_program.hpp"

#include <glpk.h>

#include <algorithm>
#include <cmath>

namespace hotspots::data {

namespace {

constexpr double whole_tolerance = 1e-6;
constexpr double dual_tolerance = 1e-7;
// Branch and bound stops at a solution this near to the best: a value in between shows as much.
constexpr double good_enough = 0.15;
// How far above the truth a variable may go: farther than any range that matters, so that nothing
// is unbounded.
constexpr std::int64_t head_room = 1000;

// By nodes, not by time: the same search on every machine.
void stop_after_nodes(glp_tree* tree, void* left) {
    if (glp_ios_reason(tree) == GLP_ISELECT && --*static_cast<int*>(left) < 0) {
        glp_ios_terminate(tree);
    }
}

struct ProblemDeleter {
    void operator()(glp_prob* problem) const { glp_delete_prob(problem); }
};

int bound_type(const CountRange& range) {
    if (range.upper >= no_limit) {
        return GLP_LO;
    }
    return range.lower == range.upper ? GLP_FX : GLP_DB;
}

} // namespace

struct LinearProgram::State {
    State(const TableSystem& of, const std::vector<std::int64_t>& values)
        : system(of), base(values), column_of(of.variables.size(), 0), row_at(of.rows.size(), 0),
          fixed_part(of.rows.size(), 0) {}

    const TableSystem& system;
    const std::vector<std::int64_t>& base;
    std::unique_ptr<glp_prob, ProblemDeleter> problem{glp_create_prob()};
    std::vector<int> column_of;           // 0: not free
    std::vector<int> variable_of{-1};     // by column, from 1
    std::vector<int> row_at;              // 0: has no free variable
    std::vector<int> system_row{-1};      // by row, from 1
    std::vector<std::int64_t> fixed_part; // of each row of the system
    std::vector<Weight> weights;

    void add_columns(const std::vector<CountRange>& ranges, const std::vector<Use>& uses) {
        for (std::size_t i = 0; i < uses.size(); ++i) {
            if (uses[i] == Use::free && ranges[i].upper > 0) {
                column_of[i] = static_cast<int>(variable_of.size());
                variable_of.push_back(static_cast<int>(i));
            }
        }
        if (variable_of.size() > 1) {
            glp_add_cols(problem.get(), static_cast<int>(variable_of.size()) - 1);
        }
        for (int column = 1; column < static_cast<int>(variable_of.size()); ++column) {
            const auto at = static_cast<std::size_t>(variable_of[static_cast<std::size_t>(column)]);
            glp_set_col_bnds(problem.get(), column, GLP_DB, 0,
                             static_cast<double>(system.variables[at].truth + head_room));
        }
    }

    void set_bounds(int row) {
        const auto index = static_cast<std::size_t>(row);
        const auto& range = system.rows[index].range;
        const auto fixed = fixed_part[index];
        glp_set_row_bnds(problem.get(), row_at[index], bound_type(range),
                         static_cast<double>(range.lower - fixed),
                         static_cast<double>(range.upper - fixed));
    }

    void add_row(std::size_t index, const std::vector<Use>& uses) {
        const auto is_unknown = [&](const Term& term) {
            return uses[static_cast<std::size_t>(term.variable)] == Use::unknown;
        };
        const auto& terms = system.rows[index].terms;
        if (std::any_of(terms.begin(), terms.end(), is_unknown)) {
            return;
        }
        std::vector<int> columns{0};
        std::vector<double> factors{0};
        for (const auto& term : terms) {
            const auto variable = static_cast<std::size_t>(term.variable);
            if (column_of[variable] == 0) {
                fixed_part[index] += term.factor * base[variable];
                continue;
            }
            columns.push_back(column_of[variable]);
            factors.push_back(term.factor);
        }
        if (columns.size() == 1) {
            return;
        }
        row_at[index] = glp_add_rows(problem.get(), 1);
        system_row.push_back(static_cast<int>(index));
        glp_set_mat_row(problem.get(), row_at[index], static_cast<int>(columns.size()) - 1,
                        columns.data(), factors.data());
        set_bounds(static_cast<int>(index));
    }

    double value_of_variable(std::size_t variable) const {
        return column_of[variable] == 0 ? static_cast<double>(base[variable])
                                        : glp_get_col_prim(problem.get(), column_of[variable]);
    }

    void set_weights(const std::vector<Weight>& wanted) {
        for (const auto& entry : weights) {
            glp_set_obj_coef(problem.get(), column_of[static_cast<std::size_t>(entry.variable)], 0);
        }
        weights.clear();
        for (const auto& entry : wanted) {
            const auto column = column_of[static_cast<std::size_t>(entry.variable)];
            if (column != 0) {
                const auto before = glp_get_obj_coef(problem.get(), column);
                glp_set_obj_coef(problem.get(), column, before + entry.weight);
                weights.push_back(entry);
            }
        }
    }
};

LinearProgram::LinearProgram(const TableSystem& system, const std::vector<CountRange>& ranges,
                             const std::vector<Use>& uses, const std::vector<std::int64_t>& base)
    : m_state(std::make_unique<State>(system, base)) {
    m_state->add_columns(ranges, uses);
    for (std::size_t row = 0; row < system.rows.size(); ++row) {
        m_state->add_row(row, uses);
    }
    glp_std_basis(m_state->problem.get());
}

LinearProgram::~LinearProgram() = default;

bool LinearProgram::solve(const std::vector<Weight>& weights, Direction direction) {
    auto* problem = m_state->problem.get();
    m_state->set_weights(weights);
    glp_set_obj_dir(problem, direction == Direction::greatest ? GLP_MAX : GLP_MIN);
    glp_smcp parameters;
    glp_init_smcp(&parameters);
    parameters.msg_lev = GLP_MSG_OFF;
    int error = glp_simplex(problem, &parameters);
    if (error != 0 || glp_get_status(problem) == GLP_UNDEF) {
        glp_std_basis(problem); // a basis that rounding spoiled: once more from the beginning
        error = glp_simplex(problem, &parameters);
    }
    return error == 0 && glp_get_status(problem) == GLP_OPT;
}

bool LinearProgram::solve_whole(int most_nodes) {
    auto* problem = m_state->problem.get();
    for (int column = 1; column < static_cast<int>(m_state->variable_of.size()); ++column) {
        glp_set_col_kind(problem, column, GLP_IV);
    }
    glp_iocp parameters;
    glp_init_iocp(&parameters);
    parameters.msg_lev = GLP_MSG_OFF;
    parameters.cb_func = stop_after_nodes;
    parameters.cb_info = &most_nodes;
    parameters.mip_gap = good_enough;
    glp_intopt(problem, &parameters);
    const int status = glp_mip_status(problem);
    return status == GLP_OPT || status == GLP_FEAS;
}

std::optional<std::vector<std::int64_t>> LinearProgram::whole_values() const {
    auto values = m_state->base;
    for (std::size_t column = 1; column < m_state->variable_of.size(); ++column) {
        const auto value = glp_get_col_prim(m_state->problem.get(), static_cast<int>(column));
        const auto whole = std::round(value);
        if (std::abs(value - whole) > whole_tolerance) {
            return std::nullopt;
        }
        values[static_cast<std::size_t>(m_state->variable_of[column])] =
            static_cast<std::int64_t>(whole);
    }
    return values;
}

std::vector<std::int64_t> LinearProgram::values_of_whole() const {
    auto values = m_state->base;
    for (std::size_t column = 1; column < m_state->variable_of.size(); ++column) {
        const auto value = glp_mip_col_val(m_state->problem.get(), static_cast<int>(column));
        values[static_cast<std::size_t>(m_state->variable_of[column])] = std::llround(value);
    }
    return values;
}

double LinearProgram::value(const Terms& terms) const {
    double sum = 0;
    for (const auto& term : terms) {
        sum += term.factor * m_state->value_of_variable(static_cast<std::size_t>(term.variable));
    }
    return sum;
}

std::vector<int> LinearProgram::binding_rows() const {
    std::vector<int> rows;
    for (std::size_t row = 1; row < m_state->system_row.size(); ++row) {
        if (std::abs(glp_get_row_dual(m_state->problem.get(), static_cast<int>(row))) >
            dual_tolerance) {
            rows.push_back(m_state->system_row[row]);
        }
    }
    return rows;
}

void LinearProgram::loosen(int row) {
    if (m_state->row_at[static_cast<std::size_t>(row)] != 0) {
        m_state->set_bounds(row);
    }
}

} // namespace hotspots::data
