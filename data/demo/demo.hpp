// The embedded demo: indicative wards, a small gazetteer and synthetic incidents, so that the
// service has something to show without any real record. Nothing here happened. The same bytes on
// every machine and at every time.
#pragma once

#include "data/incident_store.hpp"
#include "data/reference/reference.hpp"

#include <string>
#include <vector>

namespace hotspots::data {

// The 176 wards of 2025: Voronoi cells of their centres, clipped to an outline of LLR. By code;
// indicative, and nothing like surveyed boundaries.
std::vector<Ward> demo_wards();

// About 300 streets, places and points of interest with approximate points.
std::vector<NamedPlace> demo_places();

// Residents by ward, rounded.
std::vector<WardPopulation> demo_population();

// 26,600 synthetic records from 2022-11-01 to 2026-10-31 in format `vrn`, with header: twice the 24
// months of the usual period. Their ids are DEMO-000001 and on, and a column `note` says that they
// are synthetic.
std::string demo_incidents_csv();

// Loads all of it and sets the property `demo`. Again on the same store it changes no incident.
// Throws StoreError; InputError where the temporary folder cannot be written.
void fill_with_demo(IncidentStore& store);

} // namespace hotspots::data
