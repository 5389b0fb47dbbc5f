// OS Open Names in the layout of Ordnance Survey's technical specification.
#include "data/reference/readers.hpp"
#include "geo/crs.hpp"
#include "tests/catch.hpp"
#include "tests/data/store/temporary_folder.hpp"

#include <cmath>

using namespace hotspots;
using namespace hotspots::data;
using namespace hotspots::tests;

namespace {

// A row of OS Open Names as its technical specification lays it out.
std::string open_name(const std::string& name, const std::string& type, const std::string& local,
                      const std::string& easting, const std::string& northing,
                      const std::string& box = ",,,") {
    return "osgb400,http://data.ordnancesurvey.co.uk/id/400," + name + ",,,," + type + "," + local +
           "," + easting + "," + northing + ",10000,25000," + box +
           ",LE1,,Leicester,,,Leicester,,,Leicestershire,,,East Midlands,,England,,,,\n";
}

const std::string open_names =
    open_name("\"Granby, Street\"", "transportNetwork", "Named Road", "459000", "304300",
              "458900,304200,459200,304300") +
    open_name("LE1 5YA", "other", "Postcode", "458900", "304400") +
    open_name("Oadby", "populatedPlace", "Town", "462500", "300200") +
    open_name("Leicester Royal Infirmary", "landuse", "Hospital", "458700", "303800") +
    open_name("River Soar", "hydrography", "Inland Water", "458000", "304000") +
    open_name("Nowhere Lane", "transportNetwork", "Named Road", "0", "") +
    open_name("", "transportNetwork", "Numbered Road", "459000", "304300") + "too,short\n";

} // namespace

TEST_CASE("OS Open Names is known without a header and with one; every row is accounted for") {
    const TemporaryFolder folder;
    const std::string header = "ID,NAMES_URI,NAME1,NAME1_LANG,NAME2,NAME2_LANG,TYPE,LOCAL_TYPE,"
                               "GEOMETRY_X,GEOMETRY_Y,a,b,MBR_XMIN,MBR_YMIN,MBR_XMAX,MBR_YMAX,"
                               "c,d,e,f,g,DISTRICT_BOROUGH,h,i,j,k,l,m,n,o,p,q,r,s\n";
    for (const auto& text : {open_names, header + open_names}) {
        const auto path = folder.write("SK40.csv", text);
        const auto roads = read_places(path, PlaceKind::street);
        REQUIRE(roads.rows == 8);
        REQUIRE(roads.entries.size() == 1);
        CHECK(roads.entries[0].name == "Granby, Street");
        CHECK(roads.entries[0].kind == PlaceKind::street);
        CHECK(roads.entries[0].radius_m == 150);
        CHECK(roads.entries[0].authority == "Leicester");
        const auto bng = geo::to_bng(roads.entries[0].point).value();
        CHECK(std::abs(bng.easting_m - 459000) < 0.01);
        CHECK(std::abs(bng.northing_m - 304300) < 0.01);
        REQUIRE(roads.rejected == 3);
        CHECK(roads.first_rejects[0].value == "");
        CHECK(roads.first_rejects[0].field == "GEOMETRY_Y");
        CHECK(roads.first_rejects[1].field == "NAME1");
        CHECK_THAT(roads.first_rejects[2].reason, Catch::Contains("2 fields"));

        const auto places = read_places(path, PlaceKind::place);
        REQUIRE(places.entries.size() == 2);
        CHECK(places.entries[0].name == "Oadby");
        CHECK(places.entries[0].kind == PlaceKind::place);
        CHECK(places.entries[1].kind == PlaceKind::poi);
        CHECK(places.entries[1].category == "hospital");
        CHECK(places.rejected == 1);

        const auto postcodes = read_postcodes(path);
        REQUIRE(postcodes.entries.size() == 1);
        CHECK(postcodes.entries[0].code == "LE1 5YA");
        CHECK(postcodes.rows == 8);
    }
}
