// Reads a scope profile's JSON. Every fault names the key, so that a profile can be mended by hand.
#include "data/ascii.hpp"
#include "data/errors.hpp"
#include "data/scope.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>

namespace hotspots::data {

namespace {

using Json = nlohmann::json;

[[noreturn]] void fail_profile(const std::string& where, const std::string& what) {
    throw DataError("scope profile: " + where + ": " + what);
}

const Json& member(const Json& object, const std::string& key, const std::string& where) {
    if (!object.is_object()) {
        fail_profile(where, "an object is expected");
    }
    const auto found = object.find(key);
    if (found == object.end()) {
        fail_profile(where + "." + key, "is missing");
    }
    return *found;
}

std::string text(const Json& object, const std::string& key, const std::string& where) {
    const Json& value = member(object, key, where);
    if (!value.is_string() || value.get_ref<const std::string&>().empty()) {
        fail_profile(where + "." + key, "a text is expected, found " + value.dump());
    }
    return value.get<std::string>();
}

Decision decision_of(const Json& rule, const std::string& where) {
    const std::string word = text(rule, "decision", where);
    for (const auto decision : {Decision::in, Decision::out, Decision::review}) {
        if (word == to_text(decision)) {
            return decision;
        }
    }
    fail_profile(where + ".decision", "'" + word + "' is none of in, out, review");
}

// Calls take(key, value, where) for each member; an absent object has none.
template <class Take>
void each_member(const Json& root, const std::string& key, Take take) {
    if (!root.contains(key)) {
        return;
    }
    if (!root[key].is_object()) {
        fail_profile(key, "an object is expected");
    }
    for (const auto& [name, value] : root[key].items()) {
        take(name, value, key + "." + name);
    }
}

} // namespace

struct ScopeProfile::Reader {
    const Json& root;
    ScopeProfile& profile;

    std::string reason(const Json& rule, const std::string& key, const std::string& where) const {
        std::string code = text(rule, key, where);
        if (!profile.m_reasons.contains(code)) {
            fail_profile(where + "." + key, "'" + code + "' is not among the profile's reasons");
        }
        return code;
    }

    Outcome outcome(const Json& rule, const std::string& where) const {
        return {decision_of(rule, where), reason(rule, "reason", where)};
    }

    OffenceRule offence_rule(const Json& rule, const std::string& where) const {
        OffenceRule result;
        result.outcome = outcome(rule, where);
        const Json& group = member(rule, "group", where);
        if (!group.is_null()) {
            result.group = offence_group_from_text(text(rule, "group", where));
            if (!result.group) {
                fail_profile(where + ".group",
                             group.dump() +
                                 " is none of homicide, violence_with_injury, robbery, null");
            }
        }
        result.legacy = rule.value("legacy", false);
        if (rule.contains("reason_if_injured")) {
            result.reason_if_injured = reason(rule, "reason_if_injured", where);
        }
        if (rule.contains("reason_if_uninjured")) {
            result.reason_if_uninjured = reason(rule, "reason_if_uninjured", where);
        }
        return result;
    }

    OffenceRule fallback(const std::string& key) const {
        const Json& fallbacks = member(root, "fallbacks", "profile");
        return offence_rule(member(fallbacks, key, "fallbacks"), "fallbacks." + key);
    }

    void read_identity() const {
        profile.m_name = text(root, "name", "profile");
        const Json& version = member(root, "version", "profile");
        if (!version.is_number_integer() || version.get<std::int64_t>() < 1 ||
            version.get<std::int64_t>() > 1'000'000) {
            fail_profile("profile.version",
                         "a whole number from 1 is expected, found " + version.dump());
        }
        profile.m_version = version.get<int>();
        profile.m_title = text(root, "title", "profile");
        profile.m_description = text(root, "description", "profile");
        member(root, "reasons", "profile");
        each_member(root, "reasons", [&](const auto& code, const Json& value, const auto& where) {
            if (!value.is_string()) {
                fail_profile(where, "plain words are expected, found " + value.dump());
            }
            profile.m_reasons.emplace(code, value.template get<std::string>());
        });
    }

    void read_offence(const std::string& code, const Json& value, const std::string& where) const {
        if (normalise_offence_code(code) != code || !is_offence_code(code)) {
            fail_profile(where, "is not a normal offence code such as 8N or 4.1");
        }
        OffenceRule rule = offence_rule(value, where);
        if (rule.group && !rule.legacy) {
            profile.m_families.insert(code.substr(0, code.find_first_not_of("0123456789")));
        }
        profile.m_names.emplace(lower_case(text(value, "name", where)), rule);
        profile.m_offences.emplace(code, std::move(rule));
    }

    void read_offences() const {
        each_member(root, "offences", [&](const auto& code, const Json& value, const auto& where) {
            read_offence(code, value, where);
        });
        each_member(root, "aliases", [&](const auto& from, const Json& value, const auto& where) {
            if (!value.is_string() ||
                !profile.m_offences.contains(value.template get_ref<const std::string&>())) {
                fail_profile(where, value.dump() + " is not a code of offences");
            }
            profile.m_aliases.emplace(from, value.template get<std::string>());
        });
        each_member(root, "names", [&](const auto& name, const Json& value, const auto& where) {
            profile.m_names.insert_or_assign(lower_case(name), offence_rule(value, where));
        });
        each_member(root, "crime_types",
                    [&](const auto& name, const Json& value, const auto& where) {
                        profile.m_crime_types.emplace(lower_case(name), offence_rule(value, where));
                    });
    }

    void read_fallbacks() const {
        profile.m_unlisted_family = fallback("unlisted_code_of_a_listed_number");
        profile.m_unlisted = fallback("unlisted_code");
        profile.m_unreadable = fallback("unreadable_code");
        for (const auto source : {Source::police, Source::ed, Source::ambulance}) {
            profile.m_without_code[source] = fallback("no_code_" + std::string(to_text(source)));
        }
        if (root.contains("formats")) {
            profile.m_formats.emplace();
            for (const Json& format : root["formats"]) {
                if (!format.is_string()) {
                    fail_profile("formats",
                                 "names of formats are expected, found " + format.dump());
                }
                profile.m_formats->insert(format.get<std::string>());
            }
            profile.m_other_format = fallback("other_format");
        }
    }

    void read_legacy() const {
        if (!root.contains("legacy")) {
            return;
        }
        const Json& legacy = root["legacy"];
        const auto before = parse_moment(text(legacy, "before", "legacy"));
        if (!before) {
            fail_profile("legacy.before", "a date such as 2012-04-01 is expected");
        }
        profile.m_legacy_before = before->begin;
        profile.m_legacy_late = outcome(member(legacy, "later", "legacy"), "legacy.later");
    }

    int small_number(const Json& rule, const std::string& key, int least) const {
        const Json& value = member(rule, key, "disclosure");
        if (!value.is_number_integer() || value.get<std::int64_t>() < least ||
            value.get<std::int64_t>() > 1000) {
            fail_profile("disclosure." + key, "a whole number from " + std::to_string(least) +
                                                  " to 1000 is expected, found " + value.dump());
        }
        return value.get<int>();
    }

    // A profile without one has the usual rule.
    void read_disclosure() const {
        if (!root.contains("disclosure")) {
            return;
        }
        const Json& rule = root["disclosure"];
        auto& known = profile.m_disclosure;
        known.rounding = small_number(rule, "rounding", 1);
        // What is rounded must not become 0, which stands for itself.
        known.threshold = small_number(rule, "threshold", known.rounding);
        known.min_values = small_number(rule, "min_values", 1);
        known.reach = small_number(rule, "reach", 1);
        known.categories.clear();
        for (const Json& word : member(rule, "categories", "disclosure")) {
            const auto category = release_category_from_text(
                word.is_string() ? word.get<std::string>() : std::string());
            if (!category) {
                fail_profile("disclosure.categories", word.dump() + " is no category of releases");
            }
            known.categories.push_back(*category);
        }
        if (known.categories.empty() || known.categories.front() != ReleaseCategory::all) {
            fail_profile("disclosure.categories", "a list that begins with \"all\" is expected");
        }
    }

    template <class Enum>
    void read_test(const std::string& key, std::map<Enum, Outcome>& outcomes) const {
        each_member(root, key, [&](const auto& word, const Json& value, const auto& where) {
            const auto known = from_text<Enum>(word);
            if (!known) {
                fail_profile(where, "is not a value of that field");
            }
            outcomes.emplace(*known, outcome(value, where));
        });
    }
};

ScopeProfile ScopeProfile::from_json(std::string_view json) {
    const Json root = Json::parse(json, nullptr, false);
    if (!root.is_object()) {
        throw DataError("scope profile: not a JSON object");
    }
    ScopeProfile profile;
    const Reader reader{root, profile};
    try {
        reader.read_identity();
        reader.read_legacy();
        reader.read_offences();
        reader.read_fallbacks();
        reader.read_disclosure();
        reader.read_test("domestic", profile.m_domestic);
        reader.read_test("place", profile.m_place);
    } catch (const Json::exception& error) {
        throw DataError(std::string("scope profile: ") + error.what());
    }
    const bool uses_legacy = std::any_of(profile.m_offences.begin(), profile.m_offences.end(),
                                         [](const auto& offence) { return offence.second.legacy; });
    if (uses_legacy && !profile.m_legacy_before) {
        fail_profile("legacy", "is missing, but some offences are marked as legacy");
    }
    return profile;
}

} // namespace hotspots::data
