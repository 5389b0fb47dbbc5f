// Small made-up gazetteers: each rule alone.
#include "data/geocode/gazetteer.hpp"
#include "data/geocode/geocode.hpp"
#include "geo/crs.hpp"
#include "tests/catch.hpp"

#include <cmath>
#include <thread>

namespace hotspots::tests {
namespace {

using data::GeocodeLevel;
using data::GeocodeStatus;

// A square ward, sides in metres, in British National Grid.
data::Ward square_ward(std::string name, std::string authority, double east_m, double north_m,
                       double side_m) {
    const geo::MultiPolygon<geo::BngPoint> square = {{{{east_m, north_m},
                                                       {east_m + side_m, north_m},
                                                       {east_m + side_m, north_m + side_m},
                                                       {east_m, north_m + side_m},
                                                       {east_m, north_m}},
                                                      {}}};
    data::Ward ward;
    ward.code = name;
    ward.name = std::move(name);
    ward.authority = std::move(authority);
    ward.outline = geo::to_lon_lat(square);
    return ward;
}

data::NamedPlace street(std::string name, std::vector<geo::BngPoint> line) {
    data::NamedPlace place;
    place.name = std::move(name);
    place.point = *geo::to_lon_lat(line[line.size() / 2]);
    if (line.size() > 1) {
        place.lines.emplace_back();
        for (const auto& point : line) {
            place.lines.back().push_back(*geo::to_lon_lat(point));
        }
    }
    return place;
}

data::Gazetteer small_gazetteer() {
    data::ReferenceData reference;
    reference.wards = {square_ward("Castle", "Leicester", 450000, 300000, 5000),
                       square_ward("Barwell", "Hinckley and Bosworth", 440000, 300000, 5000)};
    reference.places = {
        street("Granby Street", {{451000, 301000}}),
        street("Granby Street", {{441000, 301000}}),
        street("High Street", {{452000, 302000}, {452400, 302000}}),
        street("Gaol Street", {{452200, 301900}, {452200, 302200}}),
        street("Mill Lane", {{452350, 301800}, {452350, 302100}}),
        street("Cheapside", {{453000, 303000}}),
    };
    reference.postcodes = {{"LE1 5YA", *geo::to_lon_lat({451500, 301500}), ""},
                           {"LE1 9AA", *geo::to_lon_lat({458000, 330000}), ""}};
    for (const char* code : {"LE1 1AA", "LE1 1AB", "LE1 1AD", "LE1 1AE", "LE1 1AF", "LE1 1AG"}) {
        reference.postcodes.push_back({code, *geo::to_lon_lat({451600, 301600}), ""});
    }
    return data::Gazetteer(reference);
}

struct Row {
    const char* text;
    GeocodeStatus status;
    const char* rule;
};

TEST_CASE("Each kind of text ends in its status by its rule") {
    static const auto gazetteer = small_gazetteer();
    const auto row = GENERATE(values<Row>({
        {"o/s 14 Granby St, Leicester", GeocodeStatus::matched, "street_in_area"},
        {"Granby St", GeocodeStatus::ambiguous, "several_places"},
        {"Granby St, Leics", GeocodeStatus::ambiguous, "several_places"},
        {"Granby St, Birmingham", GeocodeStatus::outside, "place_outside"},
        {"Granby St, Xyzzy", GeocodeStatus::ambiguous, "several_places"},
        {"Gaol Street", GeocodeStatus::matched, "street_only_one"},
        {"Gaol Street, Xyzzy", GeocodeStatus::ambiguous, "unread_words"},
        {"Old Gaol Street, Leicester", GeocodeStatus::matched, "street_in_area_words_unread"},
        {"Old High Street, Leicester", GeocodeStatus::matched, "street_in_area_words_unread"},
        {"Gaol Street Close, Leicester", GeocodeStatus::ambiguous, "unread_words"},
        {"Gaol Street, Barwell", GeocodeStatus::ambiguous, "not_in_named_area"},
        {"Granbyy Street, Castle", GeocodeStatus::matched, "street_misspelt_in_area"},
        {"Granby, Castle", GeocodeStatus::matched, "street_without_type_in_area"},
        {"GranbySt, Castle", GeocodeStatus::matched, "street_respaced_in_area"},
        {"Leicester", GeocodeStatus::area_only, "area_only"},
        {"town centre", GeocodeStatus::area_only, "town_centre"},
        {"refused to say", GeocodeStatus::unmatched, "refusal"},
        {"", GeocodeStatus::unmatched, "empty"},
        {"nr LE1 5YA", GeocodeStatus::matched, "postcode"},
        {"LEI 5YA", GeocodeStatus::matched, "postcode_repaired"},
        {"LE1 1AA", GeocodeStatus::area_only, "postcode_shared_point"},
        {"LE1 5ZZ", GeocodeStatus::area_only, "postcode_unknown"},
        {"LE1 9AA", GeocodeStatus::outside, "postcode_outside"},
        {"NG1 5DT", GeocodeStatus::outside, "postcode_outside"},
        {"SK 51000 01000", GeocodeStatus::matched, "grid_reference"},
        {"SK 71000 01000", GeocodeStatus::outside, "grid_reference_outside"},
        {"301000 451000", GeocodeStatus::matched, "easting_northing_swapped"},
        {"51000 01000", GeocodeStatus::ambiguous, "easting_northing_truncated"},
        {"51000 01000 Leicester", GeocodeStatus::matched, "easting_northing_truncated"},
        {"0,0", GeocodeStatus::unmatched, "zero_coordinates"},
        {"High St / Gaol St", GeocodeStatus::matched, "junction_of_lines"},
        {"jct of Gaol St and High St, Castle", GeocodeStatus::matched, "junction_of_lines"},
        {"High St j/w Cheapside, Castle", GeocodeStatus::ambiguous, "streets_do_not_meet"},
        {"High St between Gaol St and Mill Ln", GeocodeStatus::matched, "between"},
        {"between Gaol St and Mill Lane, Leicester", GeocodeStatus::matched, "between"},
    }));
    INFO(row.text);
    const auto location = data::geocode_text(gazetteer, row.text);
    CHECK(location.rule == row.rule);
    CHECK(location.status == row.status);
    const bool matched = location.status == GeocodeStatus::matched;
    CHECK(location.point.has_value() == matched);
    CHECK(location.lon_lat.has_value() == matched);
    CHECK(location.level.has_value() == matched);
    CHECK((location.score > 0) == matched);
}

TEST_CASE("A junction lies on the crossing, a stretch in the middle of its ends") {
    const auto gazetteer = small_gazetteer();
    const auto at = [&](const char* text) { return *data::geocode_text(gazetteer, text).point; };
    const auto far = [](const geo::BngPoint& a, const geo::BngPoint& b) {
        return std::hypot(a.easting_m - b.easting_m, a.northing_m - b.northing_m);
    };
    CHECK(far(at("High Street/Gaol Street"), {452200, 302000}) < 1);
    CHECK(far(at("High St between Gaol St and Mill Ln"), {452275, 302000}) < 1);
    CHECK(data::geocode_text(gazetteer, "High St / Gaol St").level == GeocodeLevel::junction);
}

TEST_CASE("Equal names come with their candidates, wards included") {
    const auto gazetteer = small_gazetteer();
    const auto location = data::geocode_text(gazetteer, "Granby St");
    REQUIRE(location.candidates.size() == 2);
    CHECK(location.candidates[0].label == "Granby Street, Castle, Leicester");
    CHECK(location.candidates[1].label == "Granby Street, Barwell, Hinckley and Bosworth");
}

TEST_CASE("Given coordinates go before the text, zeros do not, and outside keeps its point") {
    const auto gazetteer = small_gazetteer();
    data::RawRecord record;
    record.location_text = "Gaol Street";
    record.given_bng = geo::BngPoint{451000, 301000};
    CHECK(data::locate(gazetteer, record).rule == "given_coordinates");
    CHECK(data::locate(gazetteer, record).level == GeocodeLevel::given);
    record.snapped = true;
    CHECK(data::locate(gazetteer, record).level == GeocodeLevel::snapped);
    CHECK(*data::locate(gazetteer, record).uncertainty_m >= 100);
    record.given_bng = geo::BngPoint{0, 0};
    CHECK(data::locate(gazetteer, record).rule == "street_only_one");
    record.given_bng = geo::BngPoint{470000, 301000};
    CHECK(data::locate(gazetteer, record).status == GeocodeStatus::outside);
    CHECK(data::locate(gazetteer, record).point);
}

TEST_CASE("Given coordinates that cannot be used are named where there is no text either") {
    const auto gazetteer = small_gazetteer();
    data::RawRecord record;
    CHECK(data::locate(gazetteer, record).rule == "empty");
    record.given_bng = geo::BngPoint{0, 0};
    CHECK(data::locate(gazetteer, record).rule == "given_zero");
    record.given_bng.reset();
    record.given_lon_lat = geo::LonLat{52.63, -1.13}; // the columns the wrong way round
    CHECK(data::locate(gazetteer, record).rule == "given_beyond_grid");
    CHECK(data::locate(gazetteer, record).status == GeocodeStatus::unmatched);
    record.location_text = "Gaol Street";
    CHECK(data::locate(gazetteer, record).rule == "street_only_one");
}

TEST_CASE("A gazetteer without wards or names refuses names and takes coordinates anywhere") {
    const data::Gazetteer empty{data::ReferenceData{}};
    CHECK(data::geocode_text(empty, "Granby Street").status == GeocodeStatus::unmatched);
    CHECK(data::geocode_text(empty, "SK 51000 01000").status == GeocodeStatus::matched);
    CHECK(data::geocode_text(empty, "LE1 5YA").status == GeocodeStatus::unmatched);
    CHECK_FALSE(empty.ward_at({451000, 301000}));
}

TEST_CASE("Many threads ask one gazetteer at once and get what one thread gets", "[concurrency]") {
    const auto gazetteer = small_gazetteer();
    const auto expected = data::geocode_text(gazetteer, "SK 51000 01000");
    std::vector<std::thread> threads;
    std::vector<int> equal(4);
    for (int& count : equal) {
        threads.emplace_back([&] {
            for (int i = 0; i < 200; ++i) {
                count += data::geocode_text(gazetteer, "SK 51000 01000") == expected ? 1 : 0;
                count += gazetteer.ward_at({441000, 301000}) == std::size_t{1} ? 1 : 0;
            }
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    CHECK(equal == std::vector<int>(4, 400));
}

} // namespace
} // namespace hotspots::tests
