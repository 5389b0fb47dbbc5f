#include "data/errors.hpp"
#include "data/ingest/vsi_file.hpp"
#include "tests/catch.hpp"
#include "tests/data/ingest/files.hpp"
#include "tests/real_data.hpp"

#include <sys/stat.h>

#include <array>
#include <numeric>
#include <sstream>

using namespace hotspots::data;
using Catch::Contains;
using hotspots::tests::TemporaryFolder;
using hotspots::tests::zip_of;

namespace {

std::string read_all(const InputFile& file) {
    VsiFile source(file);
    std::string text;
    std::array<char, 7> block{};
    while (const std::size_t count = source.read(block)) {
        text.append(block.data(), count);
    }
    CHECK(source.bytes_read() == text.size());
    return text;
}

std::string slurp(const std::string& path) {
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
}

} // namespace

TEST_CASE("a file is one table, read in blocks") {
    const TemporaryFolder folder;
    const auto path = folder.write("a{b} c.csv", "one,two\n1,2\n");
    const auto listing = list_input(path);
    REQUIRE(listing.tables.size() == 1);
    CHECK(listing.tables[0].name == path);
    CHECK(listing.tables[0].bytes == 12);
    CHECK(read_all(listing.tables[0]) == "one,two\n1,2\n");
    CHECK(read_all(list_input(folder.write("empty.csv", "")).tables[0]).empty());
    CHECK(read_all(list_input(folder.write("short.csv", "PK")).tables[0]) == "PK");
}

TEST_CASE("a zip gives its CSV members by path, without unpacking") {
    const TemporaryFolder folder;
    const auto archive = zip_of({{"2025-02/b.csv", "bb"},
                                 {"2025-01/a.CSV", "a"},
                                 {"readme.txt", "no"},
                                 {"__MACOSX/2025-01/._a.csv", "no"},
                                 {"2025-01/.hidden.csv", "no"},
                                 {"2025-01/2025-01-leicestershire-outcomes.csv", "no"},
                                 {"2025-01/2025-01-leicestershire-stop-and-search.csv", "no"},
                                 {"c d.csv", ""}});
    // Known by its first bytes, not by its name.
    const auto* name = GENERATE("archive.zip", "archive.csv", "odd}name{.zip");
    const auto path = folder.write(name, archive);
    const auto listing = list_input(path);
    REQUIRE(listing.tables.size() == 3);
    CHECK(listing.tables[0].name == path + "/2025-01/a.CSV");
    CHECK(read_all(listing.tables[0]) == "a");
    CHECK(listing.tables[1].bytes == 2);
    CHECK(read_all(listing.tables[1]) == "bb");
    CHECK(listing.tables[2].name == path + "/c d.csv");
    CHECK(read_all(listing.tables[2]).empty());
    CHECK(listing.left_out ==
          std::vector<std::string>{path + "/2025-01/2025-01-leicestershire-outcomes.csv",
                                   path + "/2025-01/2025-01-leicestershire-stop-and-search.csv"});
}

TEST_CASE("what cannot be read is named with what would be right") {
    const TemporaryFolder folder;
    CHECK_THROWS_WITH(list_input(folder.path("missing.csv")),
                      Contains("missing.csv") && Contains("no such file"));
    CHECK_THROWS_WITH(list_input(folder.path("")), Contains("folder"));
    CHECK_THROWS_WITH(list_input("/vsimem/a.csv"), Contains("no such file"));
    CHECK_THROWS_WITH(list_input(folder.write("text.zip", "this is no zip")),
                      Contains("text.zip") && Contains("not a zip"));
    CHECK_THROWS_WITH(list_input(folder.write("empty.zip", "")), Contains("not a zip"));
    CHECK_THROWS_WITH(list_input(folder.write("none.zip", zip_of({{"a.txt", "x"}}))),
                      Contains("no .csv"));
    CHECK_THROWS_AS(list_input(folder.write("nothing.zip", zip_of({}))), InputError);
    const auto pipe = folder.path("pipe");
    REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
    CHECK_THROWS_WITH(list_input(pipe), Contains("not a regular file"));
}

TEST_CASE("a zip cut short at any byte is refused, or else its members are whole") {
    const TemporaryFolder folder;
    const std::string table = "incident_id,occurred_from\n";
    const auto archive = zip_of({{"a.csv", table}});
    std::size_t refused = 0;
    for (std::size_t length = 0; length < archive.size(); ++length) {
        INFO(length);
        const auto path =
            folder.write("cut-" + std::to_string(length) + ".zip", archive.substr(0, length));
        try {
            const auto listing = list_input(path);
            REQUIRE(listing.tables.size() == 1);
            const auto text = read_all(listing.tables[0]);
            CHECK(text == table);
        } catch (const InputError&) {
            ++refused;
        }
    }
    // Without its end record, 22 bytes long, a zip cannot be listed.
    CHECK(refused >= archive.size() - 22);
}

TEST_CASE("the police.uk archive is listed whole, cut short and damaged it is refused") {
    const auto real = hotspots::tests::real_data("police-uk-leicestershire.zip");
    if (!real) {
        return;
    }
    const auto listing = list_input(*real);
    REQUIRE(listing.tables.size() == 12);
    const auto bytes =
        std::accumulate(listing.tables.begin(), listing.tables.end(), std::uint64_t{0},
                        [](std::uint64_t sum, const InputFile& file) { return sum + file.bytes; });
    CHECK(bytes == 25'383'750); // unzip -l
    CHECK_THAT(listing.tables[0].name, Catch::EndsWith("2020-03-leicestershire-street.csv"));

    const TemporaryFolder folder;
    auto archive = slurp(*real);
    const auto cut = folder.write("cut.zip", archive.substr(0, archive.size() / 2));
    CHECK_THROWS_WITH(list_input(cut), Contains("cut.zip") && Contains("cut short"));
    archive[100'000] = static_cast<char>(archive[100'000] ^ 0x10);
    const auto damaged = list_input(folder.write("damaged.zip", archive));
    CHECK_THROWS_WITH(read_all(damaged.tables[0]), Contains("damaged"));
}
