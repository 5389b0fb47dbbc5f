// What the intruder of intruder.hpp knows as a linear programme of whole numbers, each 0 or more.
#pragma once

#include "tests/data/release/intruder.hpp"

#include <glpk.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace hotspots::tests {

struct Bounds {
    double lower = 0;
    double upper = std::numeric_limits<double>::infinity();
};

class Programme {
public:
    Programme() {
        glp_term_out(GLP_OFF);
        glp_set_obj_dir(m_problem.get(), GLP_MIN);
    }
    int variable(const std::string& name) {
        const auto [found, is_new] = m_columns.try_emplace(name, 0);
        if (is_new) {
            found->second = glp_add_cols(m_problem.get(), 1);
            glp_set_col_bnds(m_problem.get(), found->second, GLP_LO, 0, 0);
            glp_set_col_kind(m_problem.get(), found->second, GLP_IV);
        }
        return found->second;
    }
    using Sum = std::map<int, double>;
    void add(const Sum& sum, const Bounds& bounds) {
        if (bounds.lower == 0 && std::isinf(bounds.upper)) {
            return;
        }
        const auto row = glp_add_rows(m_problem.get(), 1);
        const int kind = std::isinf(bounds.lower)       ? GLP_UP
                         : std::isinf(bounds.upper)     ? GLP_LO
                         : bounds.lower == bounds.upper ? GLP_FX
                                                        : GLP_DB;
        glp_set_row_bnds(m_problem.get(), row, kind, bounds.lower, bounds.upper);
        std::vector<int> columns{0};
        std::vector<double> factors{0};
        for (const auto& [column, factor] : sum) {
            columns.push_back(column);
            factors.push_back(factor);
        }
        glp_set_mat_row(m_problem.get(), row, static_cast<int>(sum.size()), columns.data(),
                        factors.data());
    }
    FeasibleRange range_of(const Sum& sum) {
        set_objective(sum);
        FeasibleRange range{static_cast<std::int64_t>(std::ceil(solved(GLP_MIN).lower - 1e-6)),
                            std::numeric_limits<std::int64_t>::max()};
        const auto most = solved(GLP_MAX).upper;
        if (std::isfinite(most)) {
            range.upper = static_cast<std::int64_t>(std::floor(most + 1e-6));
        }
        if (range.upper - range.lower == 4) {
            range = narrowed(range);
        }
        set_objective({});
        return range;
    }

private:
    struct Delete {
        void operator()(glp_prob* problem) const { glp_delete_prob(problem); }
    };
    void set_objective(const Sum& sum) {
        for (const auto column : m_objective) {
            glp_set_obj_coef(m_problem.get(), column, 0);
        }
        m_objective.clear();
        for (const auto& [column, factor] : sum) {
            glp_set_obj_coef(m_problem.get(), column, factor);
            m_objective.push_back(column);
        }
    }
    Bounds solved(int direction) {
        glp_set_obj_dir(m_problem.get(), direction);
        glp_smcp settings;
        glp_init_smcp(&settings);
        settings.msg_lev = GLP_MSG_OFF;
        if (glp_simplex(m_problem.get(), &settings) != 0) {
            throw std::runtime_error("the simplex method failed");
        }
        const auto status = glp_get_status(m_problem.get());
        if (status == GLP_UNBND) {
            return {};
        }
        if (status != GLP_OPT) {
            throw std::runtime_error("what is published contradicts itself");
        }
        const auto value = glp_get_obj_val(m_problem.get());
        return {value, value};
    }
    // Of whole numbers; an end that is not found within its time stays.
    FeasibleRange narrowed(FeasibleRange range) {
        for (const int direction : {GLP_MIN, GLP_MAX}) {
            solved(direction);
            glp_iocp settings;
            glp_init_iocp(&settings);
            settings.msg_lev = GLP_MSG_OFF;
            settings.tm_lim = 1000;
            if (glp_intopt(m_problem.get(), &settings) == 0 &&
                glp_mip_status(m_problem.get()) == GLP_OPT) {
                const auto value = std::llround(glp_mip_obj_val(m_problem.get()));
                (direction == GLP_MIN ? range.lower : range.upper) = value;
            }
        }
        return range;
    }

    std::unique_ptr<glp_prob, Delete> m_problem{glp_create_prob()};
    std::map<std::string, int> m_columns;
    std::vector<int> m_objective;
};

} // namespace hotspots::tests
