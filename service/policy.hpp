// What a route asks of its caller, and what is written down of its use. Declared for every route in
// the one table (routes.cpp), decided in one place (required_role).
#pragma once

#include "service/role.hpp"

#include <cstdint>

namespace hotspots::service {

// What section 62(1) of the Data Protection Act 2018 has logged.
enum class Action : std::uint8_t {
    none,
    collection,   // new records
    alteration,   // of records, locations, accounts, releases
    consultation, // reading what tells of single incidents
    disclosure,   // taking it away as a file
    combination,
    erasure
};

class Policy {
public:
    // The least role that may call the route. Implicit: most routes have no more to say.
    constexpr Policy(Role role, Action action = Action::none) // NOLINT(google-explicit-constructor)
        : m_role(role), m_action(action) {}

    // The role is that of the collection which the part {c} of the path names; the action is noted
    // where that collection tells of single incidents.
    static constexpr Policy of_collection(Action action = Action::none) {
        Policy policy(Role::anyone, action);
        policy.m_of_collection = true;
        return policy;
    }

    constexpr Role role() const { return m_role; } // the least, whatever the collection
    constexpr Action action() const { return m_action; }
    constexpr bool is_of_collection() const { return m_of_collection; }

private:
    Role m_role;
    Action m_action;
    bool m_of_collection = false;
};

} // namespace hotspots::service
