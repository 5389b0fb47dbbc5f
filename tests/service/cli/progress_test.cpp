#include "service/cli/progress.hpp"
#include "tests/catch.hpp"

#include <sstream>

using namespace hotspots::service;
using std::chrono::milliseconds;

namespace {

constexpr ProgressBar::Clock::time_point start{};

}

TEST_CASE("A bar fills from left to right") {
    CHECK(progress_text(0, 100, 0, 10) == "[>         ]   0 %  0 rows");
    CHECK(progress_text(52, 100, 57000, 10) == "[=====>    ]  52 %  57,000 rows");
    CHECK(progress_text(100, 100, 1, 10) == "[==========] 100 %  1 rows");
    CHECK(progress_text(150, 100, 1, 10) == "[==========] 100 %  1 rows");
    CHECK(progress_text(5, 0, 1, 10) == "[>         ]   0 %  1 rows");
}

TEST_CASE("Numbers are grouped by thousands") {
    CHECK(grouped(0) == "0");
    CHECK(grouped(999) == "999");
    CHECK(grouped(1000) == "1,000");
    CHECK(grouped(1234567) == "1,234,567");
    CHECK(grouped(-123456) == "-123,456");
}

TEST_CASE("On a terminal the bar is drawn ten times a second at most, and wiped off at the end") {
    std::ostringstream out;
    {
        ProgressBar bar(out, true, start);
        bar.show(1, 4, 1, start + milliseconds(50));
        CHECK(out.str().empty());
        bar.show(2, 4, 2, start + milliseconds(100));
        bar.show(3, 4, 3, start + milliseconds(150));
        CHECK(out.str() == "\r" + progress_text(2, 4, 2, 30) + "\x1B[K");
    }
    CHECK(out.str().ends_with("\r\x1B[K"));
}

TEST_CASE("A log gets a line each ten seconds, and nothing of short work") {
    std::ostringstream out;
    {
        ProgressBar bar(out, false, start);
        bar.show(1, 4, 1, start + milliseconds(9'999));
        CHECK(out.str().empty());
        bar.show(2, 4, 2, start + milliseconds(10'000));
    }
    CHECK(out.str() == progress_text(2, 4, 2, 30) + "\n");
}
