#include "data/quality/traps.hpp"

#include "data/geocode/postcode_areas.hpp"
#include "data/quality/area_centres.hpp"
#include "data/quality/institutions.hpp"
#include "data/quality/null_coordinates.hpp"
#include "data/quality/point_grid.hpp"
#include "data/quality/stacked.hpp"
#include "geo/crs.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace hotspots::data {

namespace {

constexpr double same_point_m = 2;     // of coordinates rounded to a metre, or to 5 decimals
constexpr double named_within_m = 100; // the nearest name says where a stacked point is

std::string metres(double value) {
    return std::to_string(std::llround(value)) + " m";
}

std::string describe(const Stacked& found, const StackedRule& rule) {
    const std::string around = found.points_around == 0
                                   ? "no other point lies within " + metres(rule.around_m)
                                   : "all others within " + metres(rule.around_m) +
                                         " (points: " + std::to_string(found.points_around) +
                                         ") hold " + std::to_string(found.around) + " together";
    return std::to_string(found.counted) + " records that may count; " + around + ", and of the " +
           std::to_string(rule.neighbours) + " nearest all but " + std::to_string(rule.left_out) +
           " hold at most " + std::to_string(found.neighbour) + " each";
}

// Collects traps; the first reason found for a point stays.
class Finder {
public:
    explicit Finder(const Snapshot& snapshot)
        : m_snapshot(snapshot), m_stacks(snapshot), m_flagged(m_stacks.all().size(), false) {
        m_set.at.assign(snapshot.incidents.size(), -1);
        m_set.given.assign(snapshot.incidents.size(), -1);
    }

    TrapSet run() && {
        add_null_coordinates();
        add_institutions();
        add_area_centres();
        add_shared_postcodes();
        add_stacked();
        sort_by_records();
        return std::move(m_set);
    }

private:
    void add(std::uint32_t index, TrapKind kind, std::string name, std::string reason) {
        if (m_flagged[index]) {
            return;
        }
        m_flagged[index] = true;
        const auto& stack = m_stacks.all()[index];
        for (const auto incident : stack.incidents) {
            m_set.at[incident] = static_cast<std::int32_t>(m_set.traps.size());
        }
        m_set.traps.push_back({kind, stack.point, geo::to_lon_lat(stack.point), stack.level,
                               stack.records(), std::move(name), std::move(reason)});
    }

    void add_null_coordinates() {
        for (auto& null : null_coordinates(m_snapshot)) {
            for (const auto incident : null.incidents) {
                m_set.given[incident] = static_cast<std::int32_t>(m_set.traps.size());
            }
            m_set.traps.push_back({TrapKind::null_coordinates, null.bng, null.lon_lat, std::nullopt,
                                   static_cast<std::int64_t>(null.incidents.size()), "",
                                   "given as " + null.text + ": " + null.why +
                                       ", which stands for not known; not mapped by it"});
        }
        for (std::uint32_t i = 0; i < m_stacks.all().size(); ++i) {
            const auto& stack = m_stacks.all()[i];
            if (stack.records() >= least_stack && is_kilometre_corner(stack)) {
                add(i, TrapKind::null_coordinates, "",
                    "both coordinates are whole kilometres, as where figures were cut off");
            }
        }
    }

    void add_institutions() {
        for (const auto& found : stacks_at_institutions(m_snapshot, m_stacks)) {
            const auto& place = m_snapshot.places[found.place];
            const std::string kind(institution_kind(place).value());
            add(found.stack, TrapKind::institution, place.name,
                metres(found.distance_m) + " from " + place.name + " (" + kind +
                    "): where it was reported, or the person taken, more likely than where it "
                    "happened");
        }
    }

    // Flags stacks of written points at any of the given points.
    template <class Describe>
    void add_at(std::vector<geo::BngPoint> points, TrapKind kind, const Describe& describe) {
        const PointGrid grid(std::move(points), 100);
        for (std::uint32_t i = 0; i < m_stacks.all().size(); ++i) {
            const auto& stack = m_stacks.all()[i];
            if (stack.records() < least_stack || !has_written_point(stack)) {
                continue;
            }
            if (const auto near = grid.nearest(stack.point, 1, same_point_m); !near.empty()) {
                auto [name, reason] = describe(near.front().index);
                add(i, kind, std::move(name), std::move(reason));
            }
        }
    }

    void add_area_centres() {
        const auto centres = area_centres(m_snapshot);
        std::vector<geo::BngPoint> points;
        for (const auto& centre : centres) {
            points.push_back(centre.point);
        }
        add_at(std::move(points), TrapKind::area_centroid, [&](std::uint32_t i) {
            return std::pair(centres[i].name,
                             "at " + centres[i].what + ": placed by the area alone");
        });
    }

    void add_shared_postcodes() {
        if (!m_snapshot.gazetteer) {
            return;
        }
        const auto shared = shared_postcode_points(*m_snapshot.gazetteer);
        std::vector<geo::BngPoint> points;
        for (const auto& point : shared) {
            points.push_back(point.point);
        }
        add_at(std::move(points), TrapKind::shared_postcode, [&](std::uint32_t i) {
            return std::pair(shared[i].code, "at a point that " +
                                                 std::to_string(shared[i].sharing) +
                                                 " postcodes share, " + shared[i].code +
                                                 " among them: a sorting office or a middle");
        });
    }

    std::string nearest_name(const PointGrid& names, const geo::BngPoint& point) const {
        const auto near = names.nearest(point, 1, named_within_m);
        return near.empty() ? "" : m_snapshot.places[near.front().index].name;
    }

    void add_stacked() {
        const auto all = find_stacked(m_stacks);
        if (all.empty()) {
            return;
        }
        const PointGrid names(m_snapshot.place_points, named_within_m);
        for (const auto& found : all) {
            const auto& stack = m_stacks.all()[found.stack];
            add(found.stack, TrapKind::stacked, nearest_name(names, stack.point),
                describe(found, StackedRule()));
        }
    }

    void sort_by_records() {
        auto& traps = m_set.traps;
        std::vector<std::int32_t> order(traps.size());
        std::iota(order.begin(), order.end(), 0);
        std::stable_sort(order.begin(), order.end(), [&](std::int32_t a, std::int32_t b) {
            return traps[static_cast<std::size_t>(a)].records >
                   traps[static_cast<std::size_t>(b)].records;
        });
        std::vector<Trap> sorted;
        std::vector<std::int32_t> place(traps.size());
        for (const auto old : order) {
            place[static_cast<std::size_t>(old)] = static_cast<std::int32_t>(sorted.size());
            sorted.push_back(std::move(traps[static_cast<std::size_t>(old)]));
        }
        traps = std::move(sorted);
        for (auto* column : {&m_set.at, &m_set.given}) {
            for (auto& trap : *column) {
                trap = trap < 0 ? trap : place[static_cast<std::size_t>(trap)];
            }
        }
    }

    const Snapshot& m_snapshot;
    const Stacks m_stacks;
    std::vector<bool> m_flagged; // of stacks
    TrapSet m_set;
};

} // namespace

std::string_view to_text(TrapKind kind) {
    static constexpr std::array<std::string_view, 5> words{
        "null_coordinates", "institution", "area_centroid", "shared_postcode", "stacked"};
    return words.at(static_cast<std::size_t>(kind));
}

TrapSet find_traps(const Snapshot& snapshot) {
    return Finder(snapshot).run();
}

std::shared_ptr<const TrapSet> traps_of(const Snapshot& snapshot) {
    return snapshot.traps ? snapshot.traps : std::make_shared<const TrapSet>(find_traps(snapshot));
}

std::int64_t count_on_default_points(const TrapSet& traps,
                                     std::span<const std::uint32_t> incidents) {
    return std::count_if(incidents.begin(), incidents.end(),
                         [&](std::uint32_t incident) { return traps.on_default_point(incident); });
}

} // namespace hotspots::data
