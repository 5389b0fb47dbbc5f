// How the keys of AnswerCache begin: the revision that an answer is made of and who may see it.
#pragma once

#include "data/snapshot.hpp"
#include "service/role.hpp"

#include <cstdint>
#include <string>

namespace hotspots::service {

// Another for every revision, also where another store takes the place of one and counts the same.
inline std::uint64_t revision_stamp(const data::Revision& revision) {
    const auto published =
        static_cast<std::uint64_t>(revision.published.time_since_epoch().count());
    return published << 32U ^ static_cast<std::uint64_t>(revision.number);
}

// Of what a request sees: what is published also changes with the areas, under the same number.
inline std::uint64_t view_stamp(const data::Snapshot& snapshot) {
    constexpr unsigned areas_at = 48;
    const auto areas = snapshot.published
                           ? static_cast<std::uint64_t>(snapshot.reference_revision) << areas_at
                           : 0;
    return revision_stamp(snapshot.revision) ^ areas;
}

// "r1763000000000000007 inspector "; what is asked for follows.
inline std::string answer_view(std::uint64_t revision_stamp, Role role) {
    return 'r' + std::to_string(revision_stamp) + ' ' + std::string(to_text(role)) + ' ';
}

} // namespace hotspots::service
