// Which incidents count: a scope profile is a versioned rule set, read from data/scopes/*.json
// (embedded in the program). Each incident gets in, out or review, with a reason code.
#pragma once

#include "data/record.hpp"

#include <map>
#include <optional>
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
    std::string_view reason;           // a code of the profile's, e.g. "private_place"; lives as long as the profile
    std::optional<OffenceGroup> group; // null for police.uk's mixed type
};

// `8N`, `008/06`, `4/1`, `4.1`, `004/01` -> the form of the offence table; 4.1 stays apart from 4.10.
std::string normalise_offence_code(std::string_view code);

class ScopeProfile {
  public:
    // Throws DataError naming the key at fault.
    static ScopeProfile from_json(std::string_view json);

    const std::string& name() const { return m_name; }       // "vrn-2021"
    int version() const { return m_version; }
    const std::string& title() const { return m_title; }
    const std::map<std::string, std::string>& reasons() const { return m_reasons; } // code -> plain words

    ScopeDecision decide(const RawRecord& record) const;

  private:
    struct OffenceRule {
        Decision decision = Decision::out;
        std::string reason;
        std::optional<OffenceGroup> group;
    };
    std::string m_name;
    int m_version = 0;
    std::string m_title;
    std::map<std::string, std::string> m_reasons;
    std::map<std::string, OffenceRule, std::less<>> m_offences;      // by normalised code
    std::map<std::string, OffenceRule, std::less<>> m_offence_names; // by lower-case name, for records without a code
    bool m_tests_place = false;    // private places are out, mixed and unknown ones review
    bool m_tests_domestic = false; // domestic ones are out; unknown is counted, and does not exclude
};

// The profiles of data/scopes, in file-name order.
const std::vector<ScopeProfile>& scope_profiles();

} // namespace hotspots::data
