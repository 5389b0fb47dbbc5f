// What an intruder knows, as a system of linear constraints on whole numbers that are not negative:
// one variable for each part of the tables (counts.hpp), a row for each published cell of every
// release, and rows that tie parts of different tables to each other.
//
// The intruder is taken to know more than anybody does, so that what is safe here is safe: in which
// wards and quarters no record lies across the end of a quarter, and which parts have grown or
// shrunk since an earlier release, though not by how much.
#pragma once

#include "data/release/counts.hpp"
#include "data/release/disclosure.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace hotspots::data {

struct Term {
    int variable = 0;
    int factor = 1; // 1 or -1
    auto operator<=>(const Term&) const = default;
};
using Terms = std::vector<Term>;

struct SystemRow {
    Terms terms;
    CountRange range;
};

struct SystemVariable {
    std::int64_t truth = 0;
    int block = 0;           // of its authority, from 1; 0: the whole
    bool is_of_ward = false; // not an authority's sum
};

// A figure that is published, or about to be.
struct SystemCell {
    std::int64_t release = 0; // number
    CellKey key;
    Figure figure;
    Terms terms; // what it is the sum of
    int row = -1;
    bool frozen = false; // published already
    std::int64_t truth = 0;
    int block = 0;
};

struct TableSystem {
    std::vector<SystemVariable> variables;
    std::vector<SystemRow> rows;
    std::vector<SystemCell> cells;
    int blocks = 1;
    DisclosureRule rule; // of the new release
};

std::int64_t value_of(const Terms& terms, const std::vector<std::int64_t>& values);

// Adds releases in the order of their numbers, the new one last.
class SystemBuilder {
public:
    explicit SystemBuilder(const DisclosureRule& rule) { m_system.rule = rule; }

    // `rule` is the one that the release was made by. A cell repeated from an earlier release
    // though the count has changed since says nothing of these counts and is left out.
    void add(std::int64_t number, const ReleaseCounts& counts,
             const std::vector<std::pair<CellKey, Figure>>& cells, const DisclosureRule& rule);
    // The cells added last are yet to be published, but for those that `is_frozen` says yes to.
    // Hiding one of which an earlier release said as much is of no use: it counts as frozen, too.
    void set_new(const std::function<bool(const CellKey&)>& is_frozen);
    // What the release added last says of records that years, or quarters, alone count.
    void add_report(const ReleaseLeftOut& published, const DisclosureRule& rule);

    TableSystem take() { return std::move(m_system); }

private:
    struct Known { // an atom as the last release that has it saw it
        int variable = 0;
        std::int64_t value = 0;
    };
    struct Part { // of the release being added: an atom's time and kind, and its variable
        int first_month = 0;
        int last_month = 0;
        int part = 0;
        int variable = 0;
    };
    using Parts = std::vector<Part>;

    int variable_of(const AtomKey& key, std::int64_t value, int block, bool is_of_ward = false);
    int block_of(const std::string& authority);
    void add_tie(Terms terms);
    void add_cell_row(SystemCell& cell, const CountRange& range);
    void add_wards(const ReleaseCounts& counts);
    void add_authority(const ReleaseCounts& counts, const std::string& authority,
                       const std::vector<std::string>& wards);
    void add_whole(const ReleaseCounts& counts, const DisclosureRule& rule);
    void tie_quarters(const ReleaseCounts& counts);
    Terms terms_of(const CellKey& key) const;

    TableSystem m_system;
    std::map<AtomKey, Known> m_known;
    std::map<Terms, int> m_rows; // those of cells
    std::set<Terms> m_ties;
    std::map<std::string, int> m_blocks; // by authority
    // Of the release being added: its parts by area, the whole's by family.
    std::map<std::string, Parts> m_areas;
    std::map<AtomKey::Family, Parts> m_whole;
    std::map<std::string, int> m_area_blocks;
    std::size_t m_first_cell = 0;
};

} // namespace hotspots::data
