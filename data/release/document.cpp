#include "data/release/document.hpp"

#include "data/errors.hpp"
#include "data/release/checksum.hpp"
#include "geo/crs.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <utility>

namespace hotspots::data {

namespace {

using Ordered = nlohmann::ordered_json;

constexpr std::array<std::pair<const char*, Figure ReleaseLeftOut::*>, 8> left_out_members{{
    {"unmapped", &ReleaseLeftOut::unmapped},
    {"outside", &ReleaseLeftOut::outside},
    {"review", &ReleaseLeftOut::review},
    {"without_ward", &ReleaseLeftOut::without_ward},
    {"time_too_coarse", &ReleaseLeftOut::time_too_coarse},
    {"without_quarter", &ReleaseLeftOut::without_quarter},
    {"without_month", &ReleaseLeftOut::without_month},
    {"age_unknown", &ReleaseLeftOut::age_unknown},
}};

constexpr std::array<std::pair<const char*, std::int64_t ReleaseReport::*>, 5> report_members{{
    {"cells", &ReleaseReport::cells},
    {"zeros", &ReleaseReport::zeros},
    {"hidden", &ReleaseReport::hidden},
    {"hidden_in_addition", &ReleaseReport::hidden_in_addition},
    {"repeated", &ReleaseReport::repeated},
}};

Ordered to_json(const Figure& figure) {
    return figure.value ? Ordered(*figure.value) : Ordered(to_text(figure));
}

Figure figure_from(const Ordered& value) {
    if (value.is_number_integer()) {
        return {value.get<std::int64_t>(), Hiding::none};
    }
    const auto text = value.get<std::string>();
    if (text != "*" && text != "-") {
        throw DataError("release: '" + text + "' is no figure; expected a number, * or -");
    }
    return {std::nullopt, text == "*" ? Hiding::small : Hiding::added};
}

Ordered rule_json(const DisclosureRule& rule) {
    return {{"threshold", rule.threshold},
            {"rounding", rule.rounding},
            {"min_values", rule.min_values},
            {"reach", rule.reach},
            {"*", "1 to " + std::to_string(rule.threshold)},
            {"-", "any number; hidden so that no * can be worked out"}};
}

Ordered manifest_json(const Release& release) {
    Ordered manifest{
        {"parameters", "scope=" + release.profile},
        {"release", release.number},
        {"revision", release.revision},
        {"version", release.version},
        {"scope", {{"profile", release.profile}, {"version", release.profile_version}}},
        {"crs_operation", geo::crs_operation().name}};
    Ordered named{{"id", sha256_hex(manifest.dump()).substr(0, 16)}};
    named.update(manifest);
    return named;
}

Ordered periods_json(const std::vector<ReleasePeriod>& periods) {
    auto list = Ordered::array();
    for (const auto& period : periods) {
        list.push_back(period.text());
    }
    return list;
}

std::vector<ReleasePeriod> periods_from(const Ordered& list) {
    std::vector<ReleasePeriod> periods;
    for (const auto& text : list) {
        const auto period = release_period_from_text(text.get<std::string>());
        if (!period) {
            throw DataError("release: " + text.dump() + " is no period of a release");
        }
        periods.push_back(*period);
    }
    return periods;
}

Ordered figures_json(const Release& release) {
    auto figures = Ordered::object();
    for (const auto& [key, figure] : cells_of(release)) {
        figures[key.area][key.period.text()][std::string(to_text(key.category))] = to_json(figure);
    }
    return figures;
}

Ordered areas_json(const Release& release) {
    auto areas = Ordered::array();
    for (const auto& area : release.areas) {
        Ordered entry{{"level", to_text(area.level)}, {"code", area.code}, {"name", area.name}};
        if (area.level == AreaLevel::ward) {
            entry["authority_code"] = area.authority_code;
        }
        areas.push_back(std::move(entry));
    }
    return areas;
}

Ordered report_json(const ReleaseReport& report) {
    auto json = Ordered::object();
    for (const auto& [name, member] : report_members) {
        json[name] = report.*member;
    }
    for (const auto& [name, member] : left_out_members) {
        json["left_out"][name] = to_json(report.left_out.*member);
    }
    return json;
}

ReleaseReport report_from(const Ordered& json) {
    ReleaseReport report;
    for (const auto& [name, member] : report_members) {
        report.*member = json.at(name).get<std::int64_t>();
    }
    for (const auto& [name, member] : left_out_members) {
        report.left_out.*member = figure_from(json.at("left_out").at(name));
    }
    return report;
}

std::vector<ReleasedArea> areas_from(const Ordered& list) {
    std::vector<ReleasedArea> areas;
    for (const auto& entry : list) {
        ReleasedArea area{AreaLevel::ward, entry.at("code").get<std::string>(),
                          entry.at("name").get<std::string>(),
                          entry.value("authority_code", std::string())};
        const auto level = entry.at("level").get<std::string>();
        for (const auto known : {AreaLevel::ward, AreaLevel::authority, AreaLevel::whole}) {
            area.level = level == to_text(known) ? known : area.level;
        }
        areas.push_back(std::move(area));
    }
    return areas;
}

DisclosureRule rule_from(const Ordered& json) {
    const auto& rule = json.at("rule");
    DisclosureRule known{rule.at("threshold").get<int>(),
                         rule.at("rounding").get<int>(),
                         rule.at("min_values").get<int>(),
                         rule.at("reach").get<int>(),
                         {}};
    for (const auto& word : json.at("categories")) {
        const auto category = release_category_from_text(word.get<std::string>());
        if (!category) {
            throw DataError("release: " + word.dump() + " is no category of releases");
        }
        known.categories.push_back(*category);
    }
    return known;
}

void read_figures(const Ordered& figures, Release& release) {
    const ReleasePeriods periods{release.years, release.quarters, release.months};
    for (const auto& key : lattice_cells(release.areas, periods, release.rule.categories)) {
        release.set(
            key.area, key.period, key.category,
            figure_from(
                figures.at(key.area).at(key.period.text()).at(std::string(to_text(key.category)))));
    }
}

Release release_from(const Ordered& json) {
    Release release;
    release.number = json.at("number").get<std::int64_t>();
    const auto& profile = json.at("profile");
    release.profile = profile.at("name").get<std::string>();
    release.profile_version = profile.at("version").get<int>();
    release.title = profile.at("title").get<std::string>();
    release.description = profile.at("description").get<std::string>();
    release.demo = json.at("demo").get<bool>();
    release.version = json.at("manifest").at("version").get<std::string>();
    release.revision = json.at("manifest").at("revision").get<std::int64_t>();
    const auto time = parse_moment(json.at("timeStamp").get<std::string>());
    release.revision_time = time ? time->begin : Instant{};
    release.rule = rule_from(json);
    release.areas = areas_from(json.at("areas"));
    release.years = periods_from(json.at("periods").at("years"));
    release.quarters = periods_from(json.at("periods").at("quarters"));
    release.months = periods_from(json.at("periods").at("months"));
    release.report = report_from(json.at("report"));
    read_figures(json.at("figures"), release);
    return release;
}

} // namespace

std::string write_release(const Release& release) {
    auto categories = Ordered::array();
    for (const auto category : release.rule.categories) {
        categories.push_back(to_text(category));
    }
    const Ordered json{{"number", release.number},
                       {"profile",
                        {{"name", release.profile},
                         {"version", release.profile_version},
                         {"title", release.title},
                         {"description", release.description}}},
                       {"demo", release.demo},
                       {"timeStamp", format_utc(release.revision_time)},
                       {"manifest", manifest_json(release)},
                       {"rule", rule_json(release.rule)},
                       {"categories", categories},
                       {"areas", areas_json(release)},
                       {"periods",
                        {{"years", periods_json(release.years)},
                         {"quarters", periods_json(release.quarters)},
                         {"months", periods_json(release.months)}}},
                       {"figures", figures_json(release)},
                       {"report", report_json(release.report)}};
    return json.dump();
}

Release read_release(const std::string& document) {
    try {
        auto release = release_from(Ordered::parse(document));
        release.document = document;
        release.sha256 = sha256_hex(document);
        return release;
    } catch (const Ordered::exception& error) {
        throw DataError(std::string("release: its document cannot be read: ") + error.what());
    }
}

std::string write_working(const CountedRelease& release) {
    const auto& counts = release.counts;
    auto wards = Ordered::array();
    for (const auto& ward : counts.wards) {
        wards.push_back({ward.code, ward.authority});
    }
    auto atoms = Ordered::array();
    for (const auto& [key, count] : counts.atoms) {
        atoms.push_back(Ordered::array({static_cast<int>(key.family), key.ward, key.first_month,
                                        key.last_month, key.part, count}));
    }
    return Ordered{{"span", {counts.span.first_month, counts.span.last_month}},
                   {"wards", wards},
                   {"atoms", atoms},
                   {"notes", release.release.notes}}
        .dump();
}

void read_working(std::string_view text, CountedRelease& release) {
    try {
        const auto json = Ordered::parse(text);
        auto& counts = release.counts;
        counts.span = {json.at("span").at(0).get<int>(), json.at("span").at(1).get<int>()};
        for (const auto& ward : json.at("wards")) {
            counts.wards.push_back({ward.at(0).get<std::string>(), ward.at(1).get<std::string>()});
        }
        for (const auto& atom : json.at("atoms")) {
            const AtomKey key{static_cast<AtomKey::Family>(atom.at(0).get<int>() & 3),
                              atom.at(1).get<std::string>(), atom.at(2).get<int>(),
                              atom.at(3).get<int>(), atom.at(4).get<int>()};
            counts.atoms[key] = atom.at(5).get<std::int64_t>();
        }
        release.release.notes = json.at("notes").get<std::vector<std::string>>();
    } catch (const Ordered::exception& error) {
        throw DataError(std::string("release: its counts cannot be read: ") + error.what());
    }
}

} // namespace hotspots::data
