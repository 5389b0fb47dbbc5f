// What panels read: the summary of one ward, and the page of all areas. Made of the latest release
// alone, whoever asks, so that everybody who talks about a ward sees the same.
#include "service/handlers/panel_pages.hpp"

#include "service/app.hpp"
#include "service/handlers/answers.hpp"
#include "service/handlers/document_formats.hpp"
#include "service/handlers/handlers.hpp"
#include "service/handlers/release_tables.hpp"
#include "service/html/area_pages.hpp"
#include "service/manifest.hpp"
#include "service/parameters.hpp"
#include "service/problem.hpp"
#include "service/ward_words.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace hotspots::service {

namespace {

using nlohmann::ordered_json;

AreaFacts ward_facts(const data::Snapshot& view, std::size_t index) {
    return {view.wards[index].code, view.wards[index].name, view.ward_area_km2[index],
            view.ward_population[index]};
}

AreaFacts authority_facts(const data::Snapshot& view, const std::string& code) {
    AreaFacts facts{code, {}, 0, 0};
    for (std::size_t i = 0; i < view.wards.size(); ++i) {
        if (view.wards[i].authority_code == code) {
            facts.name = view.wards[i].authority;
            facts.area_km2 += view.ward_area_km2[i];
            const auto residents = view.ward_population[i];
            facts.population = facts.population && residents
                                   ? std::optional(*facts.population + *residents)
                                   : std::nullopt;
        }
    }
    return facts;
}

std::size_t ward_index(const data::Snapshot& view, const std::string& code) {
    const auto found = std::ranges::find(view.wards, code, &data::Ward::code);
    if (found == view.wards.end()) {
        throw not_found("there is no ward " + service::quoted(code) +
                        "; codes are those of /collections/wards/items, such as E05010458");
    }
    return static_cast<std::size_t>(found - view.wards.begin());
}

void add_release(ordered_json& document, const data::Release* release, const std::string& base) {
    document["release"] = release ? release_head(*release, base) : ordered_json();
    document["notes"] = release ? release_notes(*release) : ordered_json::array();
}

ordered_json ward_document(const data::Snapshot& view, std::size_t index, const std::string& base) {
    const auto* release = view.published->release.get();
    const auto ward = ward_facts(view, index);
    const auto& authority_code = view.wards[index].authority_code;
    ordered_json document{
        {"code", ward.code},
        {"name", ward.name},
        {"authority_code", authority_code},
        {"authority", view.wards[index].authority},
        {"place", "A ward of " + view.wards[index].authority},
        {"area_km2", ward.area_km2},
        {"population", ward.population ? ordered_json(*ward.population) : ordered_json()},
        {"sentences", {"No figures have been released yet."}},
        {"figures", ordered_json::array()},
        {"tables", ordered_json::array()}};
    if (release) {
        document["sentences"] = newest_year_sentences(*release, ward.code, ward.name);
        document["figures"] = year_figures(*release, ward);
        document["tables"].push_back(years_table(*release, ward));
        if (!authority_code.empty()) {
            document["tables"].push_back(
                years_table(*release, authority_facts(view, authority_code)));
        }
    }
    add_release(document, release, base);
    return document;
}

// One table an authority: its wards in the newest year.
ordered_json wards_table(const data::Snapshot& view, const data::Authority& authority,
                         const std::string& base) {
    const auto& release = *view.published->release;
    const auto& year = release.years.front();
    auto rows = ordered_json::array();
    const auto row = [&](const std::string& title, const std::string& href,
                         const std::string& code) {
        auto cells = ordered_json::array();
        for (const auto category : {data::ReleaseCategory::all, data::ReleaseCategory::under_25}) {
            cells.push_back(figure_text(release.find(code, year, category)));
        }
        rows.push_back({{"title", title}, {"href", href}, {"cells", cells}});
    };
    row("All of " + authority.name, "", authority.code);
    std::vector<const data::Ward*> wards;
    for (const auto& ward : view.wards) {
        if (ward.authority_code == authority.code) {
            wards.push_back(&ward);
        }
    }
    std::ranges::sort(wards, {}, &data::Ward::name);
    for (const auto* ward : wards) {
        row(ward->name, base + "/wards/" + ward->code + "/summary?f=html", ward->code);
    }
    return {{"title", authority.name},
            {"caption", "Incidents in the " + period_words(year)},
            {"columns", {"Ward", "All ages", "Under 25"}},
            {"rows", rows}};
}

ordered_json areas_document(const data::Snapshot& view, const std::string& base,
                            const Caller& caller) {
    const auto* release = view.published->release.get();
    ordered_json document{{"sentences", ordered_json::array()},
                          {"tables", ordered_json::array()},
                          {"sign_in", caller.name.empty()}};
    if (release) {
        document["sentences"] = newest_year_sentences(*release, std::string(data::whole_area_code),
                                                      "Leicester, Leicestershire and Rutland");
        for (const auto& authority : view.authorities) {
            document["tables"].push_back(wards_table(view, authority, base));
        }
    } else if (caller.name.empty()) {
        document["sentences"].push_back("Figures are shown to those who are signed in.");
    } else {
        document["sentences"].push_back("No figures have been released yet.");
    }
    add_release(document, release, base);
    return document;
}

} // namespace

Response areas_page(const AppContext& context, const Request& request) {
    const auto view = take_snapshot(context, request);
    auto response = html_response(
        areas_html(html_frame(context, request),
                   areas_document(*view, base_url(context, request), request.caller)));
    set_private_caching(response, revision_etag(context, *view, base_url(context, request) + "/ "));
    return response;
}

Response get_ward_summary(const AppContext& context, const Request& request,
                          const PathParts& parts) {
    const auto& format = choose_document_format(request);
    auto published = request;
    published.caller.role = Role::panel;
    const auto view = take_snapshot(context, published);
    const auto base = base_url(context, request);
    const auto index = ward_index(*view, parts.at("code"));
    auto document = ward_document(*view, index, base);
    AnalysisParameters parameters;
    parameters.scope = view->default_scope;
    parameters.period = view->default_period.value_or(data::Period{});
    std::string manifest;
    append_manifest(manifest, make_manifest(*view, parameters, context.version));
    document["manifest"] = ordered_json::parse(manifest);
    document["timeStamp"] = data::format_utc(view->revision.published);
    document["demo"] = view->demo;
    document["attribution"] = attribution(*view);
    const auto url = base + "/wards/" + view->wards[index].code + "/summary";
    document["links"] = {{{"href", url}, {"rel", "self"}, {"type", "application/json"}},
                         {{"href", url + "?f=html"},
                          {"rel", "alternate"},
                          {"type", "text/html"},
                          {"title", "This summary as a page"}}};
    auto response = format.name == "html"
                        ? html_response(ward_summary_html(html_frame(context, request), document))
                        : json_response(document);
    set_private_caching(response,
                        revision_etag(context, *view, url + ' ' + std::string(format.name)));
    response.headers.push_back({"vary", "accept"});
    return response;
}

} // namespace hotspots::service
