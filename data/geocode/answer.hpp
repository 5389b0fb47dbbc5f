// A reading -> a Location: matched if one place is left and nothing speaks against it, else the
// candidates for a person to choose from.
#pragma once

#include "data/geocode/reading.hpp"
#include "data/geocode/spots.hpp"
#include "data/record.hpp"

#include <optional>
#include <string>

namespace hotspots::data {

struct Answer {
    Location location;
    double penalty = 0; // of the reading: fewer unread words and fewer edits are better
};

// One name. Precondition: reading.names.size() == 1.
Answer answer_name(const Gazetteer::Index& index, const LocationText& text, const Reading& reading);

// Two streets that meet, or between which something happened; three where the first is the street
// between the others. Precondition: reading.names.size() is 2 or 3. `marked`: words say so.
Answer answer_meeting(const Gazetteer::Index& index, const LocationText& text,
                      const Reading& reading, bool marked);

// Two names of which one is a street and the other a site on it: the site's point. Empty where no
// single site is, or something speaks against it. Precondition: reading.names.size() == 2.
std::optional<Answer> answer_site(const Gazetteer::Index& index, const LocationText& text,
                                  const Reading& reading);

// No name: an area, a place elsewhere, or nothing.
Location answer_without_name(const Gazetteer::Index& index, const LocationText& text,
                             const Reading& reading);

// `point` and what belongs to it are set; lon_lat too.
Location placed(GeocodeLevel level, const geo::BngPoint& point, double uncertainty_m, double score,
                std::string matched_text, std::string rule);

Location not_placed(GeocodeStatus status, std::string rule);

} // namespace hotspots::data
