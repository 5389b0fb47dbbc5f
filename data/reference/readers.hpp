// The readers of reference files, one a kind: what could be read, and what could not with its line.
// All throw InputError when a file as a whole is not what it should be.
#pragma once

#include "data/record.hpp"
#include "data/reference/reference.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace hotspots::data {

inline constexpr std::size_t max_shown_rejects = 20;

template <class Entry>
struct ReferenceRows {
    std::vector<Entry> entries;
    std::int64_t rows = 0; // in the file: entries, rejected ones and those of other kinds
    std::int64_t rejected = 0;
    std::vector<Reject> first_rejects; // at most max_shown_rejects
    std::string note;                  // what a person should know of how it was read; may be empty

    void reject(Reject fault) {
        ++rejected;
        if (first_rejects.size() < max_shown_rejects) {
            first_rejects.push_back(std::move(fault));
        }
    }
};

// Electoral wards out of any vector file: a code and a name, of any year's ONS column names, and
// the authority's where given. Outlines are made valid. `line` of a reject is the feature's number.
ReferenceRows<Ward> read_wards(const std::string& path);

// CSV with `name` and a point (lon, lat or easting, northing), optionally `kind` (street, place,
// poi), `category`, `radius_m`, ward and authority; or OS Open Names as published, of which kind
// street takes the roads and kind place the rest. `kind` is what rows without one are.
ReferenceRows<NamedPlace> read_places(const std::string& path, PlaceKind kind);

// CSV with a postcode and a point, in the layouts of the National Statistics Postcode Lookup, of
// Code-Point Open (which has no header) and of OS Open Names. Postcodes without a point (99.999999,
// or quality 90) are rejected one by one.
ReferenceRows<Postcode> read_postcodes(const std::string& path);

// CSV with a ward code and residents; of several such columns the first, which `note` names.
ReferenceRows<WardPopulation> read_population(const std::string& path);

} // namespace hotspots::data
