#include "service/handlers/api_parameters.hpp"

#include "service/analysis.hpp"
#include "service/coordinate_systems.hpp"
#include "service/handlers/collection.hpp"
#include "service/handlers/item_filter.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <initializer_list>

namespace hotspots::service {

namespace {

using nlohmann::ordered_json;

ordered_json text() {
    return {{"type", "string"}};
}

ordered_json one_of(std::initializer_list<std::string_view> values) {
    return {{"type", "string"}, {"enum", values}};
}

ordered_json number(double least, double most) {
    return {{"type", "number"}, {"minimum", least}, {"maximum", most}};
}

ordered_json with_default(ordered_json schema, const ordered_json& value) {
    schema["default"] = value;
    return schema;
}

ordered_json query_parameter(std::string_view name, std::string_view description,
                             const ordered_json& schema) {
    return {{"name", name},
            {"in", "query"},
            {"required", false},
            {"description", description},
            {"schema", schema}};
}

void add(ordered_json& all, std::string_view name, std::string_view description,
         const ordered_json& schema) {
    all[std::string(name)] = query_parameter(name, description, schema);
}

void add_paging(ordered_json& all) {
    const ordered_json box{
        {"type", "array"}, {"items", {{"type", "number"}}}, {"minItems", 4}, {"maxItems", 6}};
    all["bbox"] = query_parameter(
        "bbox",
        "west,south,east,north in degrees, or in the unit and axis order of bbox-crs; "
        "or west,south,low,east,north,high, whose heights are not looked at. In "
        "degrees a west beyond the east crosses the antimeridian. Features are "
        "tested at their coordinates as they are served in that system; the edges "
        "belong to the box",
        box);
    all["bbox"]["style"] = "form";
    all["bbox"]["explode"] = false;
    add(all, "limit", "Features of a page; more than 10,000 are served as 10,000",
        {{"type", "integer"}, {"minimum", 1}, {"default", 100}});
    add(all, "offset", "Features to leave out at the beginning",
        {{"type", "integer"}, {"minimum", 0}, {"default", 0}});
    add(all, "revision",
        "The revision of the data to answer from, as the links next and prev carry it. A revision "
        "that is no longer the present one is kept for 5 minutes after one of its pages was last "
        "asked for (at most 8 of them); after that the answer is 410, and the walk begins again "
        "with the first page",
        {{"type", "integer"}, {"minimum", 0}});
}

// OGC API - Features Part 2.
void add_systems(ordered_json& all) {
    const auto schema = with_default({{"type", "string"}, {"format", "uri"}, {"enum", crs_uris()}},
                                     crs_uris().front());
    add(all, "crs",
        "The coordinate reference system of the answer, with the axis order of its definition: "
        "EPSG:4326 has latitude first, the others longitude or easting. Content-Crs says it",
        schema);
    add(all, "bbox-crs", "The coordinate reference system of bbox", schema);
}

// OGC API - Features Part 3; the schemas of filter-lang and filter-crs list what there is.
void add_item_filter(ordered_json& all) {
    add(all, "filter",
        "What a feature must fulfil, in CQL2 (OGC 21-065r2): a condition on the properties that "
        "/collections/{c}/queryables lists, such as weapon = 'knife' AND S_INTERSECTS(geometry, "
        "BBOX(-1.2,52.5,-1,52.7)). Joined with the other parameters by AND",
        {{"type", "string"}, {"maxLength", filter::most_bytes}});
    add(all, "filter-lang", "The encoding of filter",
        with_default({{"type", "string"}, {"enum", filter_languages}}, filter_languages[0]));
    add(all, "filter-crs",
        "The coordinate reference system of the geometries in filter, with the axis order of its "
        "definition: CRS84 and EPSG:27700 have longitude and easting first, EPSG:4326 latitude",
        with_default({{"type", "string"}, {"format", "uri"}, {"enum", crs_uris()}},
                     crs_uris().front()));
}

void add_filters(ordered_json& all) {
    add(all, "scope", "Which incidents count: a scope profile's name, see /health", text());
    add(all, "datetime",
        "A month, a day or a time, or an interval of them such as 2024-01/2024-12, ../2025-03 or "
        "2025-03/..; days are whole days in London, ends included. Given several times, it is the "
        "time that all share: an incident counts if its own time touches each. Without it the 24 "
        "months that end with the newest record; for incidents all times",
        text());
    add(all, "group", "Group of offences", one_of({"homicide", "violence_with_injury", "robbery"}));
    add(all, "weapon", "Weapon", one_of({"knife", "firearm", "blunt", "other", "none"}));
    add(all, "age", "Age of the victim", one_of({"under-25"}));
    add(all, "source", "Who recorded it", one_of({"police", "ed", "ambulance"}));
    add(all, "hours",
        "Hours of the day, such as 22-04; hours across midnight belong to the day they start",
        {{"type", "string"}, {"pattern", "^[0-9]{1,2}-[0-9]{1,2}$"}});
    add(all, "days", "Days of the week, such as fri,sat", text());
}

void add_density(ordered_json& all) {
    add(all, "bandwidth", "Bandwidth of the density in metres",
        with_default(number(least_bandwidth_m, most_bandwidth_m), 300));
    add(all, "cell",
        "In metres. Density: side of its cells, at most half the bandwidth; a sixth of "
        "it if not given. Cells: side of a square, or distance between opposite sides of a "
        "hexagon, 25 to 5000; 150 if not given",
        {{"type", "number"}, {"minimum", 0}, {"exclusiveMinimum", true}});
    add(all, "shape", "Shape of the cells; cells alone",
        with_default(one_of({"square", "hexagon"}), "square"));
    add(all, "kernel", "Kernel of the density",
        with_default(one_of({"quartic", "epanechnikov", "triangular", "uniform", "gaussian"}),
                     "quartic"));
    add(all, "edge",
        "Correction of the density near the study area's boundary, where kernels lose what lies "
        "beyond: uniform divides by the kernel's mass inside, diggle lets each incident count 1 / "
        "the mass of its own kernel inside. Neighbours' records within the kernel's reach of the "
        "boundary are used first: the ground within the bandwidth of one (squares of a quarter of "
        "it) is taken to be recorded as the study area is",
        with_default(one_of({"none", "uniform", "diggle"}), "none"));
    add(all, "adaptive",
        "yes: a bandwidth for each place, narrower where incidents are dense (Abramson 1982: "
        "bandwidth x the root of the density's geometric mean / the density there with the fixed "
        "bandwidth), a third to three times the bandwidth; cells are then at most a sixth of it",
        with_default(one_of({"no", "yes"}), "no"));
    add(all, "top",
        "The hottest share of the area, in per cent, that hotspots are made of; hotspots alone",
        with_default(number(least_top_percent, most_top_percent), 0.25));
}

void add_levels(ordered_json& all) {
    const ordered_json list{
        {"type", "array"}, {"items", {{"type", "number"}}}, {"minItems", 1}, {"maxItems", 20}};
    const auto add_list = [&](std::string_view name, std::string_view description) {
        add(all, name, description, list);
        all[std::string(name)]["style"] = "form";
        all[std::string(name)]["explode"] = false;
    };
    add_list("levels", "Densities in incidents per km2 at which isobands begin, ascending, each "
                       "above 0; isobands alone. Give them to keep one scale for several periods. "
                       "Without them and quantiles: the six highest of the series 1, 2, 5, 10, 20, "
                       "50 ... below the study area's peak");
    add_list("quantiles", "The same as shares above 0 and below 1, ascending, of the study area's "
                          "cells whose density is above 0: 0.9 is the lowest density that at least "
                          "90 % of those cells are at or below, to six figures; isobands alone, "
                          "and not beside levels");
}

void add_near_repeat(ordered_json& all) {
    add(all, "bands_m",
        "Upper ends of the bands of distance in metres, included, ascending, 0 to 5000; 0 is the "
        "same place. 0,100,200,400 if not given",
        text());
    add(all, "bands_days",
        "Upper ends of the bands of delay in days, included, ascending, 0 to 366. 7,14,28 if not "
        "given",
        text());
    add(all, "permutations",
        "Random permutations that a test makes. 999 of near repeats, 499 of a comparison, if not "
        "given",
        {{"type", "integer"}, {"minimum", 99}, {"maximum", 9999}});
    add(all, "seed", "Seed of the random numbers: the same one gives the same answer",
        {{"type", "integer"}, {"minimum", 0}, {"maximum", 4294967295}, {"default", 1}});
}

void add_tests_of_hotspots(ordered_json& all) {
    add(all, "runs", "Runs that move the points; as many draw a sample of them",
        {{"type", "integer"}, {"minimum", 1}, {"maximum", 999}, {"default", 99}});
    add(all, "survival",
        "no: the card without the share of runs that the hotspot survives; it is then there at "
        "once. What it survives is also in /analysis/stability",
        with_default(one_of({"yes", "no"}), "yes"));
    add(all, "next",
        "The period that hotspots are tested on, as datetime is written, with both ends; it begins "
        "where datetime ends, or later. Without it the three months that follow datetime. With it "
        "alone datetime is the 24 months before it",
        text());
}

void add_space_time(ordered_json& all) {
    add(all, "slices", "What time is cut into; at least 8 whole ones in the period",
        with_default(one_of({"week", "month", "quarter"}), "month"));
}

void add_comparison(ordered_json& all) {
    add(all, "with_datetime",
        "The period to compare with, as datetime; it has no day in common with datetime, or is the "
        "same. Of two different periods both have an end",
        text());
    add(all, "with_source", "The source to compare with; source is then given too",
        one_of({"police", "ed", "ambulance"}));
    add(all, "with_group", "The group to compare with; group is then given too",
        one_of({"homicide", "violence_with_injury", "robbery"}));
    add(all, "as",
        "What is compared: counts, scaled to the first period's length, or each side's shares of "
        "its own total, by their difference, or the ratio of the shares, by its tolerance. Shares "
        "where source or group differ, else counts; counts of different sources are refused",
        one_of({"counts", "shares", "ratio"}));
    all["tolerance"] = query_parameter(
        "tolerance",
        "The p of tolerance contours, 0.001 to 0.4, ascending; with as=ratio alone, which takes no "
        "permutations and seed. 0.01,0.05 if not given",
        {{"type", "array"}, {"items", number(0.001, 0.4)}, {"minItems", 1}, {"maxItems", 4}});
    all["tolerance"]["style"] = "form";
    all["tolerance"]["explode"] = false;
}

void add_records(ordered_json& all) {
    add(all, "q", "A location text, such as 'jct High St / Gaol St, Oakham'", text());
    all["q"]["required"] = true;
    add(all, "name", "What to call the file", text());
    add(all, "format", "What the file is; without it the header tells",
        one_of({"auto", "vrn", "police-uk", "istv"}));
    add(all, "next", "The path of this service to lead to", text());
    add(all, "everywhere", "Whether all sessions of the account end", one_of({"false", "true"}));
    add(all, "who", "The account, key or system user, exactly", text());
    add(all, "action",
        "What was done, as section 62 of the Data Protection Act 2018 has it, or else",
        one_of({"collection", "alteration", "consultation", "disclosure", "combination", "erasure",
                "sign_in", "administration", "audit", "none"}));
    add(all, "before", "Entries of a lower number", {{"type", "integer"}, {"minimum", 1}});
    add(all, "reason", "Why a person is needed",
        one_of({"ambiguous", "unmatched", "uncertain", "changed_since_set"}));
}

} // namespace

ordered_json path_parameter(std::string_view pattern, const std::string& name, Role role) {
    ordered_json schema = text();
    if (name == "c") {
        const bool tiles = pattern.find("tiles") != pattern.npos;
        schema["enum"] = ordered_json::array();
        for (const auto& collection : collections()) {
            if ((collection.has_items || tiles) && role >= collection.role) {
                schema["enum"].push_back(collection.name);
            }
        }
    } else if (name == "z" || name == "x" || name == "y" || name == "row" || name == "col") {
        schema = {{"type", "integer"}, {"minimum", 0}};
    }
    return {{"name", name}, {"in", "path"}, {"required", true}, {"schema", schema}};
}

ordered_json format_parameter(std::string_view pattern) {
    const auto pages = {"/",
                        "/api",
                        "/conformance",
                        "/collections",
                        "/collections/{c}",
                        "/releases",
                        "/wards/{code}/summary"};
    auto formats = one_of({"json"});
    if (std::ranges::find(pages, pattern) != pages.end()) {
        formats = one_of({"json", "html"});
    } else if (pattern == "/audit") {
        formats = one_of({"json", "html", "csv"});
    } else if (pattern == "/connect") {
        formats = one_of({"html"});
    } else if (pattern == "/collections/{c}/items") {
        formats = one_of({"geojson", "json", "html", "csv", "gpkg", "fgb"});
    } else if (pattern == "/collections/{c}/items/{id}") {
        formats = one_of({"geojson", "json", "html"});
    } else if (pattern == "/analysis/compare") {
        formats = one_of({"geojson", "json", "tif"});
    } else if (pattern == "/analysis/space-time") {
        formats = one_of({"geojson", "json"});
    }
    return query_parameter("f", "Format of the answer; goes before Accept", formats);
}

ordered_json query_parameters() {
    ordered_json all;
    add_paging(all);
    add_systems(all);
    add_item_filter(all);
    add_filters(all);
    add_density(all);
    add_levels(all);
    add_near_repeat(all);
    add_space_time(all);
    add_comparison(all);
    add_tests_of_hotspots(all);
    add_records(all);
    return all;
}

} // namespace hotspots::service
