// The decisions that hold, of all that people took.
#pragma once

#include "data/geocode/aliases.hpp"
#include "data/hand_decision.hpp"

#include <string>
#include <unordered_map>
#include <vector>

namespace hotspots::data {

class HandDecisions {
public:
    HandDecisions() = default;
    explicit HandDecisions(std::vector<HandDecision> all); // in the order of decisions

    // The latest on this record; null where there is none, or it was taken back.
    const HandDecision* find(const RawRecord& record) const;
    // The latest even if it took the one before back.
    const HandDecision* latest(const RawRecord& record) const;
    // All on this record, oldest first.
    std::vector<HandDecision> history(const RawRecord& record) const;
    // What they teach of texts: of each text, the latest of the decisions that hold.
    Aliases aliases() const;
    bool empty() const { return m_all.empty(); }

private:
    std::vector<HandDecision> m_all;
    std::unordered_map<std::string, std::size_t> m_latest; // by source and identifier
};

} // namespace hotspots::data
