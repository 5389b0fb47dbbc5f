#include "data/errors.hpp"
#include "data/geocode/gazetteer.hpp"
#include "service/cli/geocode_table.hpp"
#include "tests/catch.hpp"
#include "tests/service/cli/folder.hpp"

#include <sstream>

using namespace hotspots;
using tests::Folder;

namespace {

// Without reference data: grid references are found, names are not.
const data::Gazetteer& no_names() {
    static const data::Gazetteer gazetteer{data::ReferenceData()};
    return gazetteer;
}

std::string first_line(const std::string& text) {
    return text.substr(0, text.find('\n'));
}

} // namespace

TEST_CASE("A table comes out with its columns, and where each text was found beside them") {
    Folder folder;
    const auto in = folder.write("in.csv", "id,location_text,\"note, quoted\"\r\n"
                                           "1,SK 58592 04462,\"a \"\"b\"\"\"\r\n"
                                           "2,,\r\n");
    std::ostringstream log;
    const auto counts = service::geocode_table(no_names(), in, folder.file("out.csv"), log);
    const auto out = folder.read("out.csv");
    CHECK(first_line(out) ==
          "id,location_text,\"note, quoted\",status,level,longitude,latitude,easting,northing,"
          "uncertainty_m,score,matched_text,rule");
    // The grid reference as metres: square SK begins at 400000, 300000 (Ordnance Survey).
    CHECK(out.find("1,SK 58592 04462,\"a \"\"b\"\"\",matched,grid_ref,") != std::string::npos);
    CHECK(out.find(",458592.") != std::string::npos);
    CHECK(out.find(",304462.") != std::string::npos);
    CHECK(out.find("\n2,,,unmatched,,,,,,,0.000,") != std::string::npos);
    CHECK(counts.rows == 2);
    CHECK(counts.by_status.at("matched") == 1);
    CHECK(log.str().empty());
}

TEST_CASE(
    "What a spreadsheet would take for a formula passes through as text, a number as it came") {
    Folder folder;
    const auto in = folder.write("in.csv", "location_text,=a,b\n"
                                           "@SUM(1),\"=HYPERLINK(\"\"x\"\")\",-1.5\n"
                                           "\tx,-2+3,+4\n"
                                           "y,\"\rz\",-\n");
    std::ostringstream log;
    service::geocode_table(no_names(), in, folder.file("out.csv"), log);
    const auto out = folder.read("out.csv");
    CHECK(out.starts_with("location_text,'=a,b,status,"));
    CHECK_THAT(out, Catch::Contains("\n'@SUM(1),\"'=HYPERLINK(\"\"x\"\")\",-1.5,unmatched,") &&
                        Catch::Contains("\n'\tx,'-2+3,+4,unmatched,") &&
                        Catch::Contains("\ny,\"'\rz\",'-,unmatched,"));
}

TEST_CASE("Columns of an earlier run are written anew, not twice") {
    Folder folder;
    const auto in = folder.write("in.csv", "location_text\nSK 58592 04462\n");
    std::ostringstream log;
    service::geocode_table(no_names(), in, folder.file("once.csv"), log);
    service::geocode_table(no_names(), folder.file("once.csv"), folder.file("twice.csv"), log);
    CHECK(folder.read("twice.csv") == folder.read("once.csv"));
}

TEST_CASE("A short row is filled up, a long one is rejected and told") {
    Folder folder;
    const auto in = folder.write("in.csv", "location_text,a,b\nx\ny,1,2,3\n");
    std::ostringstream log;
    const auto counts = service::geocode_table(no_names(), in, folder.file("out.csv"), log);
    CHECK(counts.rows == 2);
    CHECK(counts.rejected == 1);
    CHECK(log.str() == "rejected: " + in +
                           ":3: 4 fields under a header of 3; is a comma "
                           "unquoted?\n");
    CHECK(folder.read("out.csv").find("\nx,,,unmatched") != std::string::npos);
}

TEST_CASE("A table that cannot be read leaves no output") {
    Folder folder;
    std::ostringstream log;
    const auto out = folder.file("out.csv");
    for (const auto& in :
         {folder.file("absent.csv"), folder.path.string(), folder.write("empty.csv", ""),
          folder.write("other.csv", "id,place\n1,x\n"),
          folder.write("bad.csv", std::string("location_text\n\xFF\n"))}) {
        INFO(in);
        CHECK_THROWS_AS(service::geocode_table(no_names(), in, out, log), data::InputError);
        CHECK_FALSE(std::filesystem::exists(out));
    }
}
