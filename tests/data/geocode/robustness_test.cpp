// Any bytes in bounded time: 10 MB of noise, single texts of 1 MB, what people paste.
#include "data/geocode/geocode.hpp"
#include "tests/catch.hpp"
#include "tests/data/geocode/reference_fixture.hpp"
#include "tests/sanitized.hpp"

#include <ctime>
#include <random>
#include <string>

namespace hotspots::tests {
namespace {

// A text is read to its thousandth byte, so that some milliseconds suffice. A second of this
// process's own time lets sanitizers pass, which take fifty times as long, and no quadratic
// reading of a megabyte.
constexpr double longest_s = 1;

double processor_seconds() {
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

const data::Gazetteer& gazetteer() {
    static const data::Gazetteer none({});
    return real_gazetteer() ? *real_gazetteer() : none;
}

data::GeocodeStatus timed(std::string_view text) {
    const auto start = processor_seconds();
    const auto location = data::geocode_text(gazetteer(), text);
    INFO("first bytes: " << text.substr(0, 40));
    CHECK(processor_seconds() - start < longest_s);
    CHECK(location.point.has_value() == (location.status == data::GeocodeStatus::matched));
    return location.status;
}

std::string repeated(const std::string& text) {
    std::string result;
    while (result.size() < 1'000'000) {
        result += text;
    }
    return result;
}

std::string noise(std::size_t bytes) {
    std::mt19937 random(20261122);
    std::string text(bytes, ' ');
    for (char& c : text) {
        c = static_cast<char>(random() & 255U);
    }
    return text;
}

TEST_CASE("Megabytes of noise are one text or many, and none of them is a place") {
    gazetteer();
    const std::string bytes = noise(is_sanitized ? 2'000'000 : 10'000'000);
    CHECK(timed(bytes) != data::GeocodeStatus::matched);
    const auto start = processor_seconds();
    std::size_t lines = 0;
    int mapped = 0;
    for (std::size_t at = 0; at < bytes.size(); ++lines) {
        const std::size_t end = std::min(bytes.find('\n', at), bytes.size());
        const auto text = std::string_view(bytes).substr(at, end - at);
        mapped +=
            data::geocode_text(gazetteer(), text).status == data::GeocodeStatus::matched ? 1 : 0;
        at = end + 1;
    }
    CHECK(lines > bytes.size() / 330);
    CHECK(mapped == 0);
    CHECK(processor_seconds() - start < static_cast<double>(lines) * longest_s / 100);
}

TEST_CASE("Single texts of a megabyte take no longer than short ones") {
    gazetteer();
    for (const std::string text : {" ",
                                   "1",
                                   "1 ",
                                   "a",
                                   "street ",
                                   "high street ",
                                   "/",
                                   " / ",
                                   "between and ",
                                   "and ",
                                   ",",
                                   "St ",
                                   "the ",
                                   "A47 ",
                                   "LE1 ",
                                   "LE1 5YA ",
                                   "SK 58592 04462 ",
                                   "j/w ",
                                   "M1 J21 ",
                                   "junction of High Street and Church Street / ",
                                   "between High St and Mill Lane and ",
                                   "church lane main street high street station road ",
                                   "-",
                                   "(((((",
                                   "52.63 -1.13 ",
                                   "é",
                                   "\xF0\x9F\x9A\x93",
                                   "\xE2\x80\xAE",
                                   "e\xCC\x81",
                                   "\xFF",
                                   "?",
                                   "leicester "}) {
        timed(repeated(text));
    }
}

TEST_CASE("Marks of direction, emoji, combining marks and NULs neither hide nor make a place") {
    if (!real_gazetteer()) {
        return;
    }
    const auto plain = data::geocode_text(gazetteer(), "Granby Street, Castle, Leicester");
    REQUIRE(plain.point);
    for (const std::string& text :
         {std::string("\xE2\x80\x8FGranby Street\xE2\x80\xAE, Castle, Leicester"),
          std::string("Granby Street, Castle, Leicester \xF0\x9F\x9A\x93"),
          std::string("Gra\xCC\x81nby Street, Castle, Leicester"),
          std::string("Granby\xE2\x80\x8B Street, Castle, Leicester"),
          std::string("Granby Street, Castle, Leicester\0", 33)}) {
        INFO(text);
        CHECK(data::geocode_text(gazetteer(), text).point == plain.point);
    }
    for (const std::string& text :
         {std::string("\0\0\0", 3), std::string("\xF0\x9F\x98\x80 \xF0\x9F\x8F\xA0"),
          std::string("\xD7\xA8\xD7\x97\xD7\x95\xD7\x91"), std::string("\xCC\x81\xCC\x81")}) {
        CHECK(timed(text) == data::GeocodeStatus::unmatched);
    }
}

} // namespace
} // namespace hotspots::tests
