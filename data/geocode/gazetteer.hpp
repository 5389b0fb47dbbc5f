// The immutable index of names and places that geocoding looks things up in, built from reference
// data. Shared freely between threads.
#pragma once

#include "data/geocode/aliases.hpp"
#include "data/reference/reference.hpp"
#include "geo/coordinates.hpp"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hotspots::data {

// What a gazetteer is made from.
struct ReferenceData {
    std::vector<Ward> wards;
    std::vector<NamedPlace> places; // streets, places and POI
    std::vector<Postcode> postcodes;
};

class Gazetteer {
public:
    explicit Gazetteer(const ReferenceData& reference);
    ~Gazetteer();
    Gazetteer(Gazetteer&&) noexcept;
    Gazetteer& operator=(Gazetteer&&) noexcept;

    // The same gazetteer, sharing its index, with these aliases alone.
    Gazetteer with_aliases(Aliases aliases) const;
    const Aliases& aliases() const;

    // Index into ReferenceData::wards of the ward that holds the point; a point on a shared
    // boundary belongs to the first. Empty outside every ward.
    std::optional<std::size_t> ward_at(const geo::BngPoint& point) const;
    bool has_wards() const;
    const std::string& ward_code(std::size_t ward) const;

    struct Index; // the name index; private to data/geocode
    const Index& index() const;

private:
    Gazetteer(std::shared_ptr<const Index> index, Aliases aliases);

    std::shared_ptr<const Index> m_index;
    std::shared_ptr<const Aliases> m_aliases; // never null
};

} // namespace hotspots::data
