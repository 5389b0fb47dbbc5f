// Which incidents count: a scope profile is a versioned rule set, read from data/scopes/*.json
// (embedded in the program). Each incident gets in, out or review, with a reason code. The rules in
// words, and why they are so: data/scopes/README.md.
#pragma once

#include "data/record.hpp"
#include "data/release/disclosure_rule.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace hotspots::data {

enum class OffenceGroup { homicide, violence_with_injury, robbery };
enum class Decision { in, out, review };

std::string_view to_text(OffenceGroup value);
std::string_view to_text(Decision value);
std::optional<OffenceGroup> offence_group_from_text(std::string_view text);

struct ScopeDecision {
    Decision decision = Decision::review;
    // A code of the profile's reasons(), e.g. "private_place"; lives as long as the profile does in
    // its place (a moved or destroyed profile leaves it dangling).
    std::string_view reason;
    std::optional<OffenceGroup> group; // null for police.uk's mixed type and for health records
};

// `8N`, `008/06`, `4/1`, `4.1`, `004/01` -> the form of the offence table ("8N", "8.6", "4.1").
// Leading zeros go, trailing ones stay: 4.1 is not 4.10. A text that is no code comes back trimmed
// and in upper case.
std::string normalise_offence_code(std::string_view code);

// Number, then a letter or a serial: "8N", "4.10", "104". Expects the normalised form.
bool is_offence_code(std::string_view normalised);

class ScopeProfile {
public:
    // Throws DataError naming the key at fault.
    static ScopeProfile from_json(std::string_view json);

    const std::string& name() const { return m_name; } // "vrn-2021"
    int version() const { return m_version; }
    const std::string& title() const { return m_title; }
    const std::string& description() const { return m_description; }
    // Code -> plain words. Holds every reason that decide() gives.
    const std::map<std::string, std::string>& reasons() const { return m_reasons; }

    // What a release of its counts may show.
    const DisclosureRule& disclosure() const { return m_disclosure; }

    // Three tests in this order: offence, domestic, place. One `out` makes it out; without one, a
    // `review` makes it review; the reason is that of the first test that decided so.
    ScopeDecision decide(const RawRecord& record) const;

private:
    struct Outcome {
        Decision decision = Decision::out;
        std::string reason;
    };
    struct OffenceRule {
        Outcome outcome;
        std::optional<OffenceGroup> group;
        bool legacy = false; // a code of the back series
        std::optional<std::string>
            reason_if_injured; // replace outcome.reason where injury is known
        std::optional<std::string> reason_if_uninjured;
    };
    struct Reader; // data/scope_reader.cpp

    const OffenceRule* find_offence(const RawRecord& record) const;
    const OffenceRule* find_code(const std::string& code) const;
    ScopeDecision test_offence(const RawRecord& record) const;

    std::string m_name;
    int m_version = 0;
    std::string m_title;
    std::string m_description;
    DisclosureRule m_disclosure;
    std::map<std::string, std::string> m_reasons;
    std::optional<std::set<std::string, std::less<>>> m_formats; // null: records of every format
    OffenceRule m_other_format;                                  // for records of the others
    std::map<std::string, OffenceRule, std::less<>> m_offences;  // by normalised code
    std::map<std::string, std::string, std::less<>> m_aliases;   // serial -> code of the table
    std::set<std::string, std::less<>> m_families; // numbers of the codes that have a group
    OffenceRule m_unlisted_family; // a code that is not listed, of such a number: perhaps a new one
    OffenceRule m_unlisted;        // any other well-formed code
    OffenceRule m_unreadable;      // not a code at all
    std::map<std::string, OffenceRule, std::less<>> m_names;       // lower case; for want of a code
    std::map<std::string, OffenceRule, std::less<>> m_crime_types; // police.uk's, lower case
    std::map<Source, OffenceRule> m_without_code;                  // neither code nor known name
    std::optional<Instant> m_legacy_before; // back-series codes hold for what occurred before this
    Outcome m_legacy_late;                  // and this is for what occurred later
    std::map<Domestic, Outcome> m_domestic; // absent values pass the test
    std::map<PlaceType, Outcome> m_place;
};

// The profiles of data/scopes, in file-name order.
const std::vector<ScopeProfile>& scope_profiles();

} // namespace hotspots::data
