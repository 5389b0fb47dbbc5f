#include "data/hand_decisions.hpp"

#include <algorithm>

namespace hotspots::data {

namespace {

// A person who knows one record may be wrong about another of the same words. Judged, not measured.
constexpr double alias_score = 0.95;

// No word of a source holds a slash, so that no two records share a key.
std::string key_of(Source source, const std::string& incident_id) {
    return std::string(to_text(source)) + "/" + incident_id;
}

// The same place, as the answer to a text instead of to a record.
Location taught_by(const HandDecision& decision) {
    Location location = decision.location;
    location.rule = by_alias;
    if (location.point) {
        location.score = alias_score;
        if (location.level == GeocodeLevel::given) {
            location.level = GeocodeLevel::place; // the text gave no coordinates
        }
    }
    return location;
}

} // namespace

HandDecisions::HandDecisions(std::vector<HandDecision> all) : m_all(std::move(all)) {
    for (std::size_t i = 0; i < m_all.size(); ++i) {
        m_latest.insert_or_assign(key_of(m_all[i].source, m_all[i].incident_id), i);
    }
}

const HandDecision* HandDecisions::latest(const RawRecord& record) const {
    if (m_latest.empty()) {
        return nullptr;
    }
    const auto found = m_latest.find(key_of(record.source, record.incident_id));
    return found == m_latest.end() ? nullptr : &m_all[found->second];
}

const HandDecision* HandDecisions::find(const RawRecord& record) const {
    const auto* decision = latest(record);
    return decision && decision->answer != HandAnswer::automatic ? decision : nullptr;
}

std::vector<HandDecision> HandDecisions::history(const RawRecord& record) const {
    std::vector<HandDecision> own;
    std::copy_if(m_all.begin(), m_all.end(), std::back_inserter(own), [&](const auto& decision) {
        return decision.source == record.source && decision.incident_id == record.incident_id;
    });
    return own;
}

Aliases HandDecisions::aliases() const {
    std::vector<std::size_t> holding;
    for (const auto& [key, index] : m_latest) {
        if (m_all[index].teaches && m_all[index].answer != HandAnswer::automatic) {
            holding.push_back(index);
        }
    }
    std::sort(holding.begin(), holding.end());
    Aliases aliases;
    for (const auto index : holding) {
        aliases.set(m_all[index].location_text, taught_by(m_all[index]));
    }
    return aliases;
}

} // namespace hotspots::data
