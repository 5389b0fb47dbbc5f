#include "data/geocode/gazetteer.hpp"

#include "data/geocode/index.hpp"
#include "geo/crs.hpp"
#include "geo/geos.hpp"

#include <atomic>
#include <unordered_map>
#include <utility>

namespace hotspots::data {
namespace {

std::uint64_t next_id() {
    static std::atomic<std::uint64_t> last{0};
    return ++last;
}

} // namespace

Gazetteer::Gazetteer(const ReferenceData& reference)
    : m_aliases(std::make_shared<const Aliases>()) {
    const auto made = std::make_shared<Index>();
    m_index = made;
    Index& index = *made;
    index.id = next_id();
    std::unordered_map<std::string, WardNumber> ward_by_code;
    for (const auto& ward : reference.wards) {
        ward_by_code.emplace(ward.code, static_cast<WardNumber>(index.ward_codes.size()));
        index.ward_codes.push_back(ward.code);
        index.ward_labels.push_back(ward.name + ", " + ward.authority);
        index.ward_authorities.push_back(ward.authority_code.empty() ? ward.authority
                                                                     : ward.authority_code);
        index.outlines.push_back(geo::to_bng(ward.outline));
    }
    index.areas = AreaNames(reference);
    const auto ward_of = [&](const NamedPlace& place,
                             const geo::BngPoint& point) -> std::optional<WardNumber> {
        if (const auto given = ward_by_code.find(place.ward_code); given != ward_by_code.end()) {
            return given->second;
        }
        const auto found = ward_at(point);
        return found ? std::optional(static_cast<WardNumber>(*found)) : std::nullopt;
    };
    const auto is_area = [&](const std::string& key) {
        return index.areas.aliases().contains(key);
    };
    index.names = NameIndex(reference.places, ward_of, is_area);
    index.phrases = PhraseTable(index.names, index.areas);
    index.fuzzy = FuzzyIndex(index.names);
    index.postcodes = PostcodeIndex(reference.postcodes);
}

Gazetteer::Gazetteer(std::shared_ptr<const Index> index, Aliases aliases)
    : m_index(std::move(index)), m_aliases(std::make_shared<const Aliases>(std::move(aliases))) {}

Gazetteer::~Gazetteer() = default;
Gazetteer::Gazetteer(Gazetteer&&) noexcept = default;
Gazetteer& Gazetteer::operator=(Gazetteer&&) noexcept = default;

Gazetteer Gazetteer::with_aliases(Aliases aliases) const {
    return {m_index, std::move(aliases)};
}

const Aliases& Gazetteer::aliases() const {
    return *m_aliases;
}

std::optional<std::size_t> Gazetteer::ward_at(const geo::BngPoint& point) const {
    if (!has_wards()) {
        return std::nullopt;
    }
    // A geo::AreaIndex belongs to one thread: each thread makes its own of the gazetteer that it
    // used last. The id, unlike an address, is never used twice.
    thread_local std::uint64_t id = 0;
    thread_local std::optional<geo::AreaIndex> areas;
    if (id != m_index->id) {
        areas.emplace(m_index->outlines);
        id = m_index->id;
    }
    return areas->find(point);
}

bool Gazetteer::has_wards() const {
    return !m_index->outlines.empty();
}

const std::string& Gazetteer::ward_code(std::size_t ward) const {
    return m_index->ward_codes.at(ward);
}

const Gazetteer::Index& Gazetteer::index() const {
    return *m_index;
}

} // namespace hotspots::data
