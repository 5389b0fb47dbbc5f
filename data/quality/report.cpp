#include "data/quality/report.hpp"

#include "data/geocode/named_area.hpp"
#include "data/snapshot.hpp"

#include <algorithm>
#include <cstdio>
#include <map>
#include <unordered_map>

namespace hotspots::data {

namespace {

using Incidents = std::span<const std::uint32_t>;

constexpr std::string_view not_named = "not_named";

// What a text names, read once for all records that have the same text.
class NamedAreas {
public:
    explicit NamedAreas(const Snapshot& snapshot) : m_gazetteer(snapshot.gazetteer.get()) {}

    const NamedArea& of(const std::string& text) {
        const auto [at, added] = m_by_text.try_emplace(text);
        if (added && m_gazetteer) {
            at->second = named_area(*m_gazetteer, text);
        }
        return at->second;
    }

private:
    const Gazetteer* m_gazetteer;
    std::unordered_map<std::string_view, NamedArea> m_by_text; // texts are the snapshot's
};

std::string two_digits(unsigned value) {
    return {static_cast<char>('0' + value / 10), static_cast<char>('0' + value % 10)};
}

std::string month_of(const Incident& incident) {
    const auto day = london_time(incident.record.occurred_from.begin).day;
    return std::to_string(static_cast<int>(day.year())) + '-' +
           two_digits(static_cast<unsigned>(day.month()));
}

std::string hour_of(std::int8_t hour) {
    return hour < 0 ? "unknown" : two_digits(static_cast<unsigned>(hour));
}

// The value of each of the report's records under one heading, as a number of a small dictionary.
struct Heading {
    std::vector<std::uint32_t> values; // one a record
    std::vector<std::string> keys;     // by number
};

template <class KeyOf>
Heading make_heading(Incidents incidents, const KeyOf& key_of) {
    Heading heading;
    std::unordered_map<std::string, std::uint32_t> numbers;
    heading.values.reserve(incidents.size());
    for (const auto i : incidents) {
        const auto [at, added] =
            numbers.try_emplace(key_of(i), static_cast<std::uint32_t>(heading.keys.size()));
        if (added) {
            heading.keys.push_back(at->first);
        }
        heading.values.push_back(at->second);
    }
    return heading;
}

class Reporter {
public:
    Reporter(const Snapshot& snapshot, const TrapSet& traps, Incidents incidents)
        : m_snapshot(snapshot), m_traps(traps), m_incidents(incidents), m_named(snapshot) {}

    QualityReport run() {
        QualityReport report;
        for (const auto i : m_incidents) {
            add(report.all, i);
        }
        const auto source = heading([&](std::uint32_t i) {
            return std::string(to_text(m_snapshot.incidents[i].record.source));
        });
        const auto month =
            heading([&](std::uint32_t i) { return month_of(m_snapshot.incidents[i]); });
        const auto authority =
            heading([&](std::uint32_t i) { return or_not_named(named(i).authority_code); });
        add_groupings(report, source, month, authority);
        report.dependences = {
            depend("named_authority", authority),
            depend("named_place",
                   heading([&](std::uint32_t i) { return or_not_named(named(i).label); })),
            depend("source", source), depend("hour", heading([&](std::uint32_t i) {
                                                 return hour_of(m_snapshot.columns.hour[i]);
                                             })),
            depend("month", month)};
        report.traps = used_traps();
        return report;
    }

private:
    void add_groupings(QualityReport& report, const Heading& source, const Heading& month,
                       const Heading& named_authority) {
        report.groupings = {
            group("import", "the import that last wrote the record", heading([&](std::uint32_t i) {
                      return std::to_string(m_snapshot.incidents[i].import_id);
                  })),
            group("source", "who recorded it", source),
            group("authority",
                  "the authority that the text names; else, of mapped records, that of the point's "
                  "ward; else not_named",
                  heading([&](std::uint32_t i) { return authority_of(i); })),
            // A record whose text names none has an authority only if it is mapped.
            group("named_authority",
                  "the authority that the text names, of mapped and unmapped records alike: these "
                  "rates can be compared with each other",
                  named_authority),
            group("month", "the London month in which it happened, or may have begun", month)};
    }

    template <class KeyOf>
    Heading heading(const KeyOf& key_of) const {
        return make_heading(m_incidents, key_of);
    }

    static std::string or_not_named(const std::string& text) {
        return text.empty() ? std::string(not_named) : text;
    }

    const NamedArea& named(std::uint32_t i) {
        return m_named.of(m_snapshot.incidents[i].record.location_text);
    }

    std::string authority_of(std::uint32_t i) {
        const auto& code = named(i).authority_code;
        const auto ward = m_snapshot.columns.ward[i];
        if (!code.empty() || m_snapshot.columns.mapped[i] == 0 || ward < 0) {
            return or_not_named(code);
        }
        const auto& of_point = m_snapshot.wards[static_cast<std::size_t>(ward)];
        return or_not_named(of_point.authority_code.empty() ? of_point.authority
                                                            : of_point.authority_code);
    }

    void add(LocationCounts& counts, std::uint32_t i) const {
        counts.add(m_snapshot.incidents[i].location, m_snapshot.columns.mapped[i] != 0,
                   m_traps.on_default_point(i));
    }

    std::string label_of(std::string_view grouping, const std::string& key) const {
        if (key == not_named) {
            return "not named";
        }
        if (grouping.ends_with("authority")) {
            const auto& all = m_snapshot.authorities;
            const auto found = std::find_if(all.begin(), all.end(),
                                            [&](const Authority& a) { return a.code == key; });
            return found == all.end() ? key : found->name;
        }
        if (grouping == "import") {
            const auto& all = m_snapshot.imports;
            const auto found = std::find_if(all.begin(), all.end(), [&](const ImportEntry& e) {
                return std::to_string(e.id) == key;
            });
            return found == all.end() ? key : found->files;
        }
        return key;
    }

    Grouping group(std::string_view name, std::string_view rule, const Heading& heading) const {
        Grouping grouping{name, rule, {}, 0, 0, 0, 0};
        for (const auto& key : heading.keys) {
            grouping.groups.push_back({key, label_of(name, key), {}});
        }
        for (std::size_t i = 0; i < m_incidents.size(); ++i) {
            add(grouping.groups[heading.values[i]].counts, m_incidents[i]);
        }
        // Numbers before longer ones: imports 9 and 10.
        std::sort(grouping.groups.begin(), grouping.groups.end(),
                  [&](const auto& a, const auto& b) {
                      return name == "import" && a.key.size() != b.key.size()
                                 ? a.key.size() < b.key.size()
                                 : a.key < b.key;
                  });
        for (const auto& [key, label, counts] : grouping.groups) {
            if (counts.hit_rate()) {
                const bool below = counts.below_gate();
                ++grouping.groups_with_rate;
                grouping.groups_below_gate += below ? 1 : 0;
                grouping.records_with_rate += counts.tried();
                grouping.records_below_gate += below ? counts.tried() : 0;
            }
        }
        return grouping;
    }

    Dependence depend(std::string_view on, const Heading& heading) const {
        std::vector<PlacedMissed> columns(heading.keys.size());
        for (std::size_t i = 0; i < m_incidents.size(); ++i) {
            const auto incident = m_incidents[i];
            auto& column = columns[heading.values[i]];
            if (m_snapshot.columns.mapped[incident] != 0) {
                ++column.placed;
            } else if (m_snapshot.incidents[incident].location.status != GeocodeStatus::outside) {
                ++column.missed;
            }
        }
        return {on, associate(columns)};
    }

    std::vector<TrapUse> used_traps() const {
        std::vector<std::int64_t> chosen(m_traps.traps.size());
        for (const auto i : m_incidents) {
            for (const auto trap : {m_traps.at[i], m_traps.given[i]}) {
                if (trap >= 0) {
                    ++chosen[static_cast<std::size_t>(trap)];
                }
            }
        }
        std::vector<TrapUse> used;
        for (std::size_t trap = 0; trap < chosen.size(); ++trap) {
            if (chosen[trap] > 0) {
                used.push_back({m_traps.traps[trap], chosen[trap]});
            }
        }
        std::stable_sort(used.begin(), used.end(),
                         [](const TrapUse& a, const TrapUse& b) { return a.chosen > b.chosen; });
        return used;
    }

    const Snapshot& m_snapshot;
    const TrapSet& m_traps;
    Incidents m_incidents;
    NamedAreas m_named;
};

} // namespace

QualityReport make_quality_report(const Snapshot& snapshot, const TrapSet& traps,
                                  std::span<const std::uint32_t> incidents) {
    return Reporter(snapshot, traps, incidents).run();
}

} // namespace hotspots::data
