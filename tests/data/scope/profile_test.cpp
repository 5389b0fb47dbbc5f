// The oracle of vrn-2021 is the definition of 2021 and the Home Office offence table; the cases are
// written out here by hand, not read from the profile.
#include "data/errors.hpp"
#include "data/scope.hpp"
#include "tests/catch.hpp"

#include <string>
#include <vector>

using namespace hotspots::data;

namespace {

const ScopeProfile& profile(const std::string& name) {
    for (const auto& candidate : scope_profiles()) {
        if (candidate.name() == name) {
            return candidate;
        }
    }
    FAIL("no profile " << name);
    return scope_profiles().front();
}

RawRecord record(const std::string& code) {
    RawRecord result;
    result.incident_id = "1";
    result.format = "vrn";
    result.occurred_from = parse_moment("2025-03-01T22:15").value();
    result.offence_code = code;
    result.place_type = PlaceType::public_place;
    result.domestic = Domestic::no;
    return result;
}

std::string shown(const ScopeDecision& decision) {
    return std::string(to_text(decision.decision)) + " " + std::string(decision.reason) + " " +
           std::string(decision.group ? to_text(*decision.group) : "null");
}

std::string vrn(const RawRecord& input) {
    return shown(profile("vrn-2021").decide(input));
}

} // namespace

TEST_CASE("both profiles are embedded, in file-name order") {
    REQUIRE(scope_profiles().size() == 2);
    CHECK(scope_profiles()[0].name() == "police-uk-open");
    CHECK(scope_profiles()[1].name() == "vrn-2021");
    CHECK(scope_profiles()[1].version() == 1);
}

TEST_CASE("offences of the three groups in a public place are in, with what the code can't prove") {
    CHECK(vrn(record("1")) == "in in_scope homicide");
    CHECK(vrn(record("4.1")) == "in in_scope homicide");
    CHECK(vrn(record("2")) == "in injury_not_guaranteed violence_with_injury");
    CHECK(vrn(record("5D")) == "in in_scope violence_with_injury");
    CHECK(vrn(record("8N")) == "in injury_not_significant_proven violence_with_injury");
    CHECK(vrn(record("008/06")) == "in injury_not_significant_proven violence_with_injury");
    CHECK(vrn(record("8T")) == "in code_unconfirmed violence_with_injury");
    CHECK(vrn(record("34B")) == "in robbery_injury_unproven robbery");
}

TEST_CASE("4.1 is manslaughter, 4.10 corporate manslaughter") {
    for (const auto* code : {"4.1", "4/1", "004/01", "4.01", " 4.1 "}) {
        CHECK(vrn(record(code)) == "in in_scope homicide");
    }
    for (const auto* code : {"4.10", "4/10", "004/10"}) {
        CHECK(vrn(record(code)) == "out not_interpersonal homicide");
    }
}

TEST_CASE("driving, threats, harassment, sexual offences and assault without injury are out") {
    for (const auto* code : {"4.4", "4.6", "4.8", "4.9", "37.1"}) {
        CHECK(vrn(record(code)) == "out driving null");
    }
    for (const auto* code : {"3B", "8L", "8Q", "104", "105A", "9A", "28E", "126"}) {
        CHECK(vrn(record(code)) == "out not_in_groups null");
    }
    for (const auto* code : {"19C", "20A", "17a", "88E"}) {
        CHECK(vrn(record(code)) == "out sexual_offence null");
    }
}

TEST_CASE("the place type is four-valued, and unknown neither counts nor vanishes") {
    auto input = record("8N");
    input.place_type = PlaceType::private_place;
    CHECK(vrn(input) == "out private_place violence_with_injury");
    input.place_type = PlaceType::mixed;
    CHECK(vrn(input) == "review place_mixed violence_with_injury");
    input.place_type = PlaceType::unknown;
    CHECK(vrn(input) == "review place_unknown violence_with_injury");
}

TEST_CASE("a domestic record is out, an unknown domestic flag does not exclude") {
    auto input = record("8N");
    input.domestic = Domestic::yes;
    CHECK(vrn(input) == "out domestic violence_with_injury");
    input.domestic = Domestic::unknown;
    CHECK(vrn(input) == "in injury_not_significant_proven violence_with_injury");
}

TEST_CASE("out beats review, and between equals the earlier test gives the reason") {
    auto input = record("???");
    CHECK(vrn(input) == "review unreadable_code null");
    input.place_type = PlaceType::unknown;
    CHECK(vrn(input) == "review unreadable_code null");
    input.place_type = PlaceType::private_place;
    CHECK(vrn(input) == "out private_place null");
    input.domestic = Domestic::yes;
    CHECK(vrn(input) == "out domestic null");
    input.offence_code = "8L";
    CHECK(vrn(input) == "out not_in_groups null");
}

TEST_CASE("robbery counts, and its reason tells the two readings apart") {
    auto input = record("34A");
    input.injury = "Serious";
    CHECK(vrn(input) == "in robbery_with_injury robbery");
    input.injury = "None";
    CHECK(vrn(input) == "in robbery_without_injury robbery");
    input.injury = "unknown";
    CHECK(vrn(input) == "in robbery_injury_unproven robbery");
}

TEST_CASE("legacy codes hold in the back series alone") {
    auto input = record("8G");
    CHECK(vrn(input) == "review legacy_code_late violence_with_injury");
    input.occurred_from = parse_moment("2012-04-01").value();
    CHECK(vrn(input) == "review legacy_code_late violence_with_injury");
    input.occurred_from = parse_moment("2012-03-31").value();
    CHECK(vrn(input) == "in legacy_code violence_with_injury");
    input = record("5C"); // out then and now
    CHECK(vrn(input) == "out possession violence_with_injury");
}

TEST_CASE("an unlisted code of a listed number is for review, of another it is out") {
    CHECK(vrn(record("8Z")) == "review unlisted_code null");
    CHECK(vrn(record("4.77")) == "review unlisted_code null");
    CHECK(vrn(record("53J")) == "out not_in_groups null");
}

TEST_CASE("without a code the offence's name counts, without either it is for review") {
    auto input = record("");
    CHECK(vrn(input) == "review offence_unknown null");
    input.offence = " assault WITH injury ";
    CHECK(vrn(input) == "in injury_not_significant_proven violence_with_injury");
    input.offence = "Harassment";
    CHECK(vrn(input) == "out not_in_groups null");
}

TEST_CASE("hospital and ambulance records without a code are in when public, without a group") {
    for (const auto source : {Source::ed, Source::ambulance}) {
        auto input = record("");
        input.source = source;
        input.domestic = Domestic::unknown;
        CHECK(vrn(input) == "in health_record null");
        input.place_type = PlaceType::unknown;
        CHECK(vrn(input) == "review place_unknown null");
        input.place_type = PlaceType::private_place;
        CHECK(vrn(input) == "out private_place null");
        input.place_type = PlaceType::public_place;
        input.offence = "Sexual assault";
        CHECK(vrn(input) == "out sexual_offence null");
    }
}

TEST_CASE("no police.uk row is ever in scope of vrn-2021") {
    auto input = record("");
    input.format = "police-uk";
    for (const auto place : {PlaceType::public_place, PlaceType::unknown}) {
        input.place_type = place;
        input.offence = "Violence and sexual offences";
        CHECK(vrn(input) == "review police_uk_mixed_type null");
        input.offence = "Robbery";
        CHECK(vrn(input) == "review police_uk_robbery robbery");
        input.offence = "Burglary";
        CHECK(vrn(input) == "out not_in_groups null");
        input.offence = "A new type";
        CHECK(profile("vrn-2021").decide(input).decision == Decision::review);
    }
}

TEST_CASE("police-uk-open takes two crime types and leaves everything else out") {
    const auto& open = profile("police-uk-open");
    auto input = record("");
    input.format = "police-uk";
    input.place_type = PlaceType::unknown;
    input.domestic = Domestic::unknown;
    input.offence = "Violence and sexual offences";
    CHECK(shown(open.decide(input)) == "in police_uk_mixed_type null");
    input.offence = "Robbery";
    CHECK(shown(open.decide(input)) == "in police_uk_robbery robbery");
    for (const auto* type : {"Burglary", "Anti-social behaviour", "Other crime", "", "Robber"}) {
        input.offence = type;
        CHECK(shown(open.decide(input)) == "out other_type null");
    }
    CHECK(shown(open.decide(record("8N"))) == "out not_police_uk null");
}

TEST_CASE("every reason that a decision gives has plain words") {
    for (const auto& candidate : scope_profiles()) {
        for (const auto* code : {"1", "2", "4.10", "5E", "8N", "8L", "34A", "8Z", "x", ""}) {
            for (const auto place : {PlaceType::public_place, PlaceType::private_place,
                                     PlaceType::mixed, PlaceType::unknown}) {
                auto input = record(code);
                input.place_type = place;
                const auto decision = candidate.decide(input);
                INFO(code << ": " << decision.reason);
                REQUIRE(candidate.reasons().contains(std::string(decision.reason)));
                CHECK_FALSE(candidate.reasons().at(std::string(decision.reason)).empty());
            }
        }
    }
}
