#include "data/scope.hpp"

#include "data/ascii.hpp"
#include "embedded/scopes.hpp"

#include <algorithm>
#include <cctype>
#include <iterator>

namespace hotspots::data {

namespace {

bool is_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

// Empty where the text starts with no digit; "000" -> "0".
std::string_view take_number(std::string_view& text) {
    const auto end = std::find_if_not(text.begin(), text.end(), is_digit);
    const auto length = static_cast<std::size_t>(end - text.begin());
    std::string_view number = text.substr(0, length);
    text.remove_prefix(length);
    while (number.size() > 1 && number.front() == '0') {
        number.remove_prefix(1);
    }
    return number;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && is_space(text.front())) {
        text.remove_prefix(1);
    }
    while (!text.empty() && is_space(text.back())) {
        text.remove_suffix(1);
    }
    return text;
}

enum class Injury { yes, no, unknown };

Injury injury_of(const RawRecord& record) {
    const std::string text = lower_case(trimmed(record.injury));
    if (text.empty() || text == "unknown" || text == "not known" || text == "not recorded") {
        return Injury::unknown;
    }
    return text == "none" || text == "no" || text == "no injury" ? Injury::no : Injury::yes;
}

// Out beats review beats in; between equals the earlier test's reason stands.
int weight(Decision decision) {
    switch (decision) {
    case Decision::out:
        return 2;
    case Decision::review:
        return 1;
    case Decision::in:
        break;
    }
    return 0;
}

template <class Key, class Outcomes>
void apply_test(ScopeDecision& result, const Outcomes& outcomes, Key value) {
    const auto found = outcomes.find(value);
    if (found != outcomes.end() && weight(found->second.decision) > weight(result.decision)) {
        result.decision = found->second.decision;
        result.reason = found->second.reason;
    }
}

} // namespace

std::string_view to_text(OffenceGroup value) {
    switch (value) {
    case OffenceGroup::homicide:
        return "homicide";
    case OffenceGroup::violence_with_injury:
        return "violence_with_injury";
    case OffenceGroup::robbery:
        break;
    }
    return "robbery";
}

std::string_view to_text(Decision value) {
    switch (value) {
    case Decision::in:
        return "in";
    case Decision::out:
        return "out";
    case Decision::review:
        break;
    }
    return "review";
}

std::optional<OffenceGroup> offence_group_from_text(std::string_view text) {
    for (const auto group :
         {OffenceGroup::homicide, OffenceGroup::violence_with_injury, OffenceGroup::robbery}) {
        if (text == to_text(group)) {
            return group;
        }
    }
    return std::nullopt;
}

std::string normalise_offence_code(std::string_view code) {
    std::string upper;
    for (const char c : trimmed(code)) {
        upper += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    }
    std::string compact;
    std::copy_if(upper.begin(), upper.end(), std::back_inserter(compact),
                 [](char c) { return !is_space(c); });
    std::string_view rest = compact;
    std::string normal(take_number(rest));
    if (normal.empty()) {
        return upper;
    }
    if (!rest.empty() && rest.front() >= 'A' && rest.front() <= 'Z') {
        normal += rest.front();
        rest.remove_prefix(1);
    } else if (rest.size() > 1 && (rest.front() == '/' || rest.front() == '.')) {
        rest.remove_prefix(1);
        const std::string_view serial = take_number(rest);
        normal += serial.empty() ? "/" : "."; // "/" is no code: the text comes back as it was
        normal += serial;
    }
    return rest.empty() && is_offence_code(normal) ? normal : upper;
}

bool is_offence_code(std::string_view normalised) {
    if (take_number(normalised).empty()) {
        return false;
    }
    if (normalised.empty()) {
        return true;
    }
    const char next = normalised.front();
    normalised.remove_prefix(1);
    if (next == '.') {
        return !take_number(normalised).empty() && normalised.empty();
    }
    return next >= 'A' && next <= 'Z' && normalised.empty();
}

const ScopeProfile::OffenceRule* ScopeProfile::find_code(const std::string& code) const {
    if (!is_offence_code(code)) {
        return &m_unreadable;
    }
    const auto alias = m_aliases.find(code);
    const auto listed = m_offences.find(alias == m_aliases.end() ? code : alias->second);
    if (listed != m_offences.end()) {
        return &listed->second;
    }
    std::string_view rest = code;
    return m_families.contains(take_number(rest)) ? &m_unlisted_family : &m_unlisted;
}

const ScopeProfile::OffenceRule* ScopeProfile::find_offence(const RawRecord& record) const {
    if (m_formats && !m_formats->contains(record.format)) {
        return &m_other_format;
    }
    const std::string code = normalise_offence_code(record.offence_code);
    if (!code.empty()) {
        return find_code(code);
    }
    const std::string name = lower_case(trimmed(record.offence));
    const auto& names = record.format == "police-uk" ? m_crime_types : m_names;
    const auto named = names.find(name);
    return named != names.end() ? &named->second : &m_without_code.at(record.source);
}

ScopeDecision ScopeProfile::test_offence(const RawRecord& record) const {
    const OffenceRule& rule = *find_offence(record);
    const bool late = rule.legacy && weight(rule.outcome.decision) < weight(Decision::out) &&
                      (!m_legacy_before || record.occurred_from.begin >= *m_legacy_before);
    if (late) {
        return {m_legacy_late.decision, m_legacy_late.reason, rule.group};
    }
    const Injury injury = injury_of(record);
    if (injury == Injury::yes && rule.reason_if_injured) {
        return {rule.outcome.decision, *rule.reason_if_injured, rule.group};
    }
    if (injury == Injury::no && rule.reason_if_uninjured) {
        return {rule.outcome.decision, *rule.reason_if_uninjured, rule.group};
    }
    return {rule.outcome.decision, rule.outcome.reason, rule.group};
}

ScopeDecision ScopeProfile::decide(const RawRecord& record) const {
    ScopeDecision result = test_offence(record);
    apply_test(result, m_domestic, record.domestic);
    apply_test(result, m_place, record.place_type);
    return result;
}

const std::vector<ScopeProfile>& scope_profiles() {
    static const std::vector<ScopeProfile> profiles = [] {
        std::vector<ScopeProfile> read;
        for (const auto& file : embedded::scopes()) {
            read.push_back(ScopeProfile::from_json(file.bytes));
        }
        return read;
    }();
    return profiles;
}

} // namespace hotspots::data
