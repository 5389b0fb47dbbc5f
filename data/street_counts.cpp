#include "data/street_counts.hpp"

#include <algorithm>
#include <tuple>
#include <unordered_map>

namespace hotspots::data {

namespace {

class Counter {
public:
    Counter(const NamedStreets& streets, const Snapshot& snapshot)
        : m_streets(streets), m_snapshot(snapshot), m_all(streets.size()) {
        for (std::uint32_t street = 0; street < m_all.size(); ++street) {
            m_all[street].street = street;
        }
    }

    void add(std::uint32_t incident) {
        const auto& point = m_snapshot.columns.point[incident];
        const auto named = streets_named(incident, point);
        if (!named.empty()) {
            m_counts.several_named += named.size() > 1 ? 1 : 0;
            count(named.front(), true);
            return;
        }
        const auto uncertainty_m = static_cast<double>(m_snapshot.columns.uncertainty_m[incident]);
        const bool certain = uncertainty_m <= nearest_street_reach_m;
        if (const auto nearest = certain ? m_streets.nearest(point) : std::nullopt) {
            count(*nearest, false);
            return;
        }
        ++m_counts.on_no_street;
        m_counts.too_uncertain += certain ? 0 : 1;
    }

    StreetCounts finish() && {
        std::erase_if(m_all, [](const StreetCount& count) { return count.incidents == 0; });
        const auto key = [&](const StreetCount& count) {
            return std::tuple(-count.incidents,
                              std::string_view(m_streets.street(count.street).label), count.street);
        };
        std::sort(m_all.begin(), m_all.end(),
                  [&](const StreetCount& a, const StreetCount& b) { return key(a) < key(b); });
        m_counts.streets = std::move(m_all);
        return std::move(m_counts);
    }

private:
    const NamedStreets::Named& names_in(const std::string& text) {
        const auto [at, added] = m_by_text.try_emplace(text);
        if (added) {
            at->second = m_streets.names_in(text);
        }
        return at->second;
    }

    // The different streets near the point that the record names, in the order of its text.
    std::vector<std::uint32_t> streets_named(std::uint32_t incident, const geo::BngPoint& point) {
        const auto& record = m_snapshot.incidents[incident];
        for (const auto* text : {&record.location.matched_text, &record.record.location_text}) {
            std::vector<std::uint32_t> near;
            for (const auto& of_name : names_in(*text)) {
                const auto street = m_streets.nearest_of(of_name, point, named_street_reach_m);
                if (street && std::find(near.begin(), near.end(), *street) == near.end()) {
                    near.push_back(*street);
                }
            }
            if (!near.empty()) {
                return near;
            }
        }
        return {};
    }

    void count(std::uint32_t street, bool by_name) {
        auto& of_street = m_all[street];
        ++of_street.incidents;
        of_street.by_name += by_name ? 1 : 0;
        ++m_counts.on_streets;
        m_counts.by_name += by_name ? 1 : 0;
    }

    const NamedStreets& m_streets;
    const Snapshot& m_snapshot;
    std::vector<StreetCount> m_all;                                      // by number
    std::unordered_map<std::string_view, NamedStreets::Named> m_by_text; // texts are the snapshot's
    StreetCounts m_counts;
};

} // namespace

StreetCounts count_on_streets(const NamedStreets& streets, const Snapshot& snapshot,
                              std::span<const std::uint32_t> incidents) {
    Counter counter(streets, snapshot);
    for (const auto incident : incidents) {
        counter.add(incident);
    }
    return std::move(counter).finish();
}

} // namespace hotspots::data
