// Offence codes as text (the shapes in which forces send them), and faulty profiles.
#include "data/errors.hpp"
#include "data/scope.hpp"
#include "tests/catch.hpp"

#include <random>
#include <string>

using namespace hotspots::data;

TEST_CASE("offence codes of every shape become the form of the offence table") {
    const std::pair<const char*, const char*> cases[] = {
        {"8N", "8N"},     {"8n", "8N"},   {"008N", "8N"},    {" 8 N ", "8N"},    {"008/06", "8.6"},
        {"4/1", "4.1"},   {"4.1", "4.1"}, {"004/01", "4.1"}, {"4.10", "4.10"},   {"004/10", "4.10"},
        {"4/10", "4.10"}, {"104", "104"}, {"37.1", "37.1"},  {"037/01", "37.1"}, {"105A", "105A"},
        {"000", "0"},     {"", ""},       {"  ", ""},
    };
    for (const auto& [given, expected] : cases) {
        INFO('"' << given << '"');
        CHECK(normalise_offence_code(given) == expected);
    }
}

TEST_CASE("a text that is no offence code comes back as it is, and is not taken for one") {
    for (const auto* text : {"N8", "8NN", "8N/1", "4.", "4/", "/1", "4.1.2", "4.A", "ASSAULT",
                             "8-1", "\xc3\xa9", "?"}) {
        INFO(text);
        CHECK(normalise_offence_code(text) == text);
        CHECK_FALSE(is_offence_code(normalise_offence_code(text)));
    }
}

TEST_CASE("normalising twice changes nothing, on any bytes") {
    std::mt19937 random(11);
    for (int i = 0; i < 20'000; ++i) {
        std::string text;
        for (auto length = random() % 8; length > 0; --length) {
            const char bytes[] = "0148N.n/ \t\xff";
            text += bytes[random() % (sizeof bytes - 1)];
        }
        const auto once = normalise_offence_code(text);
        INFO('"' << text << "\" -> \"" << once << '"');
        REQUIRE(normalise_offence_code(once) == once);
    }
}

TEST_CASE("a faulty profile is refused with the key at fault") {
    const auto fault = [](const std::string& json) -> std::string {
        try {
            ScopeProfile::from_json(json);
        } catch (const DataError& error) {
            return error.what();
        }
        return "no error";
    };
    const std::string rule = R"({"decision":"out","reason":"r","group":null})";
    const std::string fallbacks = R"("fallbacks":{"unlisted_code_of_a_listed_number":)" + rule +
                                  R"(,"unlisted_code":)" + rule + R"(,"unreadable_code":)" + rule +
                                  R"(,"no_code_police":)" + rule + R"(,"no_code_ed":)" + rule +
                                  R"(,"no_code_ambulance":)" + rule + "}";
    const std::string head =
        R"({"name":"p","version":1,"title":"t","description":"d","reasons":{"r":"words"},)";
    CHECK(fault(head + fallbacks + "}") == "no error");
    CHECK(fault("[]") == "scope profile: not a JSON object");
    CHECK(fault("{\"name\":") == "scope profile: not a JSON object");
    CHECK(fault("{}") == "scope profile: profile.name: is missing");
    CHECK(fault(R"({"name":"p","version":0})") ==
          "scope profile: profile.version: a whole number from 1 is expected, found 0");
    CHECK(fault(head + R"("fallbacks":{}})") ==
          "scope profile: fallbacks.unlisted_code_of_a_listed_number: is missing");
    CHECK(fault(head + R"("place":{"roof":{"decision":"out","reason":"r"}},)" + fallbacks + "}") ==
          "scope profile: place.roof: is not a value of that field");
    CHECK(fault(head + R"("offences":{"8n":{}},)" + fallbacks + "}") ==
          "scope profile: offences.8n: is not a normal offence code such as 8N or 4.1");
    CHECK(fault(head + R"("domestic":{"yes":{"decision":"maybe","reason":"r"}},)" + fallbacks +
                "}") == "scope profile: domestic.yes.decision: 'maybe' is none of in, out, review");
    CHECK(
        fault(head + R"("domestic":{"yes":{"decision":"out","reason":"s"}},)" + fallbacks + "}") ==
        "scope profile: domestic.yes.reason: 's' is not among the profile's reasons");
    CHECK(fault(head + R"("domestic":[],)" + fallbacks + "}") ==
          "scope profile: domestic: an object is expected");
}
