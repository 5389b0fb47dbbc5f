// How the keys of AnswerCache begin: the revision that an answer is made of and who may see it.
#pragma once

#include "data/incident_store.hpp"
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

// "r1763000000000000007 inspector "; what is asked for follows.
inline std::string answer_view(std::uint64_t revision_stamp, Role role) {
    return 'r' + std::to_string(revision_stamp) + ' ' + std::string(to_text(role)) + ' ';
}

} // namespace hotspots::service
