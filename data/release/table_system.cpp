#include "data/release/table_system.hpp"

#include <algorithm>

namespace hotspots::data {

namespace {

using Family = AtomKey::Family;

struct RunOfMonths {
    int first = 0;
    int last = 0;
    auto operator<=>(const RunOfMonths&) const = default;
    RunOfMonths quarters() const { return {first / 3 * 3, last / 3 * 3 + 2}; }
    int length() const { return last - first + 1; }
};

std::int64_t count_of(const ReleaseCounts& counts, const AtomKey& key) {
    const auto found = counts.atoms.find(key);
    return found == counts.atoms.end() ? 0 : found->second;
}

// Each quarter or month of the span, and the longer runs in which the family has a record.
std::set<RunOfMonths> runs_of(const ReleaseCounts& counts, Family family, const std::string& ward) {
    const int step = family == Family::ward_age ? 3 : 1;
    std::set<RunOfMonths> runs;
    for (int first = counts.span.first_month; first < counts.span.last_month; first += step) {
        runs.insert({first, first + step - 1});
    }
    if (step == 1) {
        runs.insert({counts.span.last_month, counts.span.last_month});
    }
    const AtomKey from{family, ward, 0, 0, 0};
    for (auto at = counts.atoms.lower_bound(from);
         at != counts.atoms.end() && at->first.family == family && at->first.ward == ward; ++at) {
        runs.insert({at->first.first_month, at->first.last_month});
    }
    return runs;
}

bool is_group(ReleaseCategory category) {
    return category == ReleaseCategory::homicide ||
           category == ReleaseCategory::violence_with_injury ||
           category == ReleaseCategory::robbery;
}

constexpr int without_group = 3; // the part of records that are of none

// The part of its family that a category is; -1 for all of them.
int part_of(ReleaseCategory category) {
    if (is_group(category)) {
        return static_cast<int>(category) - static_cast<int>(ReleaseCategory::homicide);
    }
    return category == ReleaseCategory::all ? -1 : 0;
}

Family family_of(ReleaseCategory category) {
    if (is_group(category)) {
        return Family::group;
    }
    return category == ReleaseCategory::knife ? Family::knife : Family::age;
}

// No ward's code begins so.
std::string area_key(AreaLevel level, const std::string& code) {
    return level == AreaLevel::authority ? "authority " + code : code;
}

} // namespace

std::int64_t value_of(const Terms& terms, const std::vector<std::int64_t>& values) {
    std::int64_t sum = 0;
    for (const auto& term : terms) {
        sum += term.factor * values[static_cast<std::size_t>(term.variable)];
    }
    return sum;
}

int SystemBuilder::block_of(const std::string& authority) {
    return m_blocks.emplace(authority, static_cast<int>(m_blocks.size()) + 1).first->second;
}

// The variable of an earlier release where the part is what it was; else a new one, greater or
// less.
int SystemBuilder::variable_of(const AtomKey& key, std::int64_t value, int block, bool is_of_ward) {
    const auto known = m_known.find(key);
    if (known != m_known.end() && known->second.value == value) {
        return known->second.variable;
    }
    const int variable = static_cast<int>(m_system.variables.size());
    m_system.variables.push_back({value, block, is_of_ward});
    if (known != m_known.end()) {
        const bool grown = value > known->second.value;
        m_system.rows.push_back(
            {{{variable, grown ? 1 : -1}, {known->second.variable, grown ? -1 : 1}},
             {1, no_limit}});
    }
    m_known.insert_or_assign(key, Known{variable, value});
    return variable;
}

void SystemBuilder::add_tie(Terms terms) {
    std::sort(terms.begin(), terms.end());
    if (m_ties.insert(terms).second) {
        m_system.rows.push_back({std::move(terms), {0, 0}});
    }
}

void SystemBuilder::add_authority(const ReleaseCounts& counts, const std::string& authority,
                                  const std::vector<std::string>& wards) {
    const auto area = area_key(AreaLevel::authority, authority);
    const int block = block_of(authority);
    m_area_blocks[area] = block;
    std::map<std::pair<RunOfMonths, int>, std::pair<std::int64_t, Terms>> sums;
    for (const auto& ward : wards) {
        m_area_blocks[ward] = block;
        for (const auto& run : runs_of(counts, Family::ward_age, ward)) {
            for (int part = 0; part < 2; ++part) {
                const AtomKey key{Family::ward_age, ward, run.first, run.last, part};
                const auto value = count_of(counts, key);
                const int variable = variable_of(key, value, block, true);
                m_areas[ward].push_back({run.first, run.last, part, variable});
                auto& [sum, terms] = sums[{run, part}];
                sum += value;
                terms.push_back({variable, 1});
            }
        }
    }
    for (auto& [at, entry] : sums) {
        const auto& [run, part] = at;
        const int variable =
            variable_of({Family::ward_age, area, run.first, run.last, part}, entry.first, block);
        m_areas[area].push_back({run.first, run.last, part, variable});
        entry.second.push_back({variable, -1});
        add_tie(std::move(entry.second));
    }
}

void SystemBuilder::add_wards(const ReleaseCounts& counts) {
    std::map<std::string, std::vector<std::string>> by_authority;
    for (const auto& ward : counts.wards) {
        by_authority[ward.authority].push_back(ward.code);
    }
    for (const auto& [authority, wards] : by_authority) {
        add_authority(counts, authority, wards);
    }
}

// Within each run of months ages, groups and knives add up to the same.
void SystemBuilder::add_whole(const ReleaseCounts& counts, const DisclosureRule& rule) {
    std::set<Family> families{Family::age};
    for (const auto category : rule.categories) {
        families.insert(family_of(category));
    }
    for (const auto& run : runs_of(counts, Family::age, {})) {
        Terms ages;
        for (const auto family : families) {
            Terms terms = ages;
            for (int part = 0; part < AtomKey::parts(family); ++part) {
                const AtomKey key{family, {}, run.first, run.last, part};
                const auto count = count_of(counts, key);
                if (family == Family::group && part == without_group && count == 0) {
                    continue; // the profile's rules may tell that every record has a group
                }
                const int variable = variable_of(key, count, 0);
                m_whole[family].push_back({run.first, run.last, part, variable});
                terms.push_back({variable, family == Family::age ? 1 : -1});
            }
            if (family == Family::age) {
                ages = std::move(terms);
            } else {
                add_tie(std::move(terms));
            }
        }
    }
}

// What the months and the authorities have of a run of quarters is the same.
void SystemBuilder::tie_quarters(const ReleaseCounts& counts) {
    std::map<std::pair<RunOfMonths, int>, Terms> sums;
    std::set<std::string> authorities;
    for (const auto& ward : counts.wards) {
        authorities.insert(ward.authority);
    }
    for (const auto& authority : authorities) {
        for (const auto& part : m_areas[area_key(AreaLevel::authority, authority)]) {
            sums[{{part.first_month, part.last_month}, part.part}].push_back({part.variable, 1});
        }
    }
    for (const auto& part : m_whole[Family::age]) {
        const auto run = RunOfMonths{part.first_month, part.last_month}.quarters();
        sums[{run, part.part}].push_back({part.variable, -1});
    }
    for (auto& [at, terms] : sums) {
        add_tie(std::move(terms));
    }
}

Terms SystemBuilder::terms_of(const CellKey& key) const {
    const int first = month_index(key.period.first());
    const int last = month_index(key.period.last);
    const int wanted = part_of(key.category);
    Terms terms;
    const auto add = [&](const Parts& parts) {
        for (const auto& part : parts) {
            if (part.first_month >= first && part.last_month <= last &&
                (wanted < 0 || part.part == wanted)) {
                terms.push_back({part.variable, 1});
            }
        }
    };
    if (key.level == AreaLevel::whole) {
        const auto parts = m_whole.find(family_of(key.category));
        if (parts != m_whole.end()) {
            add(parts->second);
        }
    } else if (const auto parts = m_areas.find(area_key(key.level, key.area));
               parts != m_areas.end()) {
        add(parts->second);
    }
    std::sort(terms.begin(), terms.end());
    return terms;
}

void SystemBuilder::add_cell_row(SystemCell& cell, const CountRange& range) {
    const auto known = m_rows.find(cell.terms);
    if (known != m_rows.end()) {
        const auto& stated = m_system.rows[static_cast<std::size_t>(known->second)].range;
        if (stated.lower >= range.lower && stated.upper <= range.upper) {
            cell.row = known->second;
            cell.frozen = true;
            return;
        }
    }
    cell.row = static_cast<int>(m_system.rows.size());
    m_rows.insert_or_assign(cell.terms, cell.row);
    m_system.rows.push_back({cell.terms, range});
}

void SystemBuilder::add(std::int64_t number, const ReleaseCounts& counts,
                        const std::vector<std::pair<CellKey, Figure>>& cells,
                        const DisclosureRule& rule) {
    m_areas.clear();
    m_whole.clear();
    m_area_blocks.clear();
    m_first_cell = m_system.cells.size();
    add_wards(counts);
    add_whole(counts, rule);
    tie_quarters(counts);
    m_system.blocks = static_cast<int>(m_blocks.size()) + 1;
    std::vector<std::int64_t> truth;
    for (const auto& variable : m_system.variables) {
        truth.push_back(variable.truth);
    }
    for (const auto& [key, figure] : cells) {
        SystemCell cell{number, key, figure, terms_of(key), -1, false, 0, 0};
        cell.truth = value_of(cell.terms, truth);
        cell.block =
            key.level == AreaLevel::whole ? 0 : m_area_blocks[area_key(key.level, key.area)];
        const auto range = range_of(figure, rule);
        if (range.holds(cell.truth)) {
            add_cell_row(cell, range);
            m_system.cells.push_back(std::move(cell));
        }
    }
}

void SystemBuilder::set_new(const std::function<bool(const CellKey&)>& is_frozen) {
    for (std::size_t i = 0; i < m_first_cell; ++i) {
        m_system.cells[i].frozen = true;
    }
    for (std::size_t i = m_first_cell; i < m_system.cells.size(); ++i) {
        auto& cell = m_system.cells[i];
        cell.frozen = cell.frozen || is_frozen(cell.key);
    }
}

void SystemBuilder::add_report(const ReleaseLeftOut& published, const DisclosureRule& rule) {
    Terms across_quarters;
    Terms across_months;
    for (const auto& part : m_whole[Family::age]) {
        const RunOfMonths run{part.first_month, part.last_month};
        if (run.quarters().length() > 3) {
            across_quarters.push_back({part.variable, 1});
        } else if (run.length() > 1) {
            across_months.push_back({part.variable, 1});
        }
    }
    m_system.rows.push_back(
        {std::move(across_quarters), range_of(published.without_quarter, rule)});
    m_system.rows.push_back({std::move(across_months), range_of(published.without_month, rule)});
}

} // namespace hotspots::data
