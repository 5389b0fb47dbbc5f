#include "service/html/area_pages.hpp"

#include "service/html/text.hpp"

#include <nlohmann/json.hpp>

namespace hotspots::service {

namespace {

using nlohmann::ordered_json;

std::string json_text(const ordered_json& object, const char* name) {
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::string paragraphs(const ordered_json& sentences, const char* css_class) {
    std::string out;
    for (const auto& sentence : sentences) {
        out += "<p class=\"" + std::string(css_class) + "\">" +
               html_text(sentence.get<std::string>()) + "</p>\n";
    }
    return out;
}

// A hidden figure is read out as words, not as a star.
std::string figure_cell(const ordered_json& text) {
    if (text.is_null()) {
        return "<td class=\"number unknown\">–</td>";
    }
    const auto figure = text.get<std::string>();
    return "<td class=\"number\">" +
           (figure == "*" ? "<abbr title=\"not shown\">*</abbr>" : html_text(figure)) + "</td>";
}

std::string heading_cells(const ordered_json& columns) {
    std::string out;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        out += std::string("<th scope=\"col\"") + (i > 0 ? " class=\"number\">" : ">") +
               html_text(columns[i].get<std::string>()) + "</th>";
    }
    return out;
}

// {"caption", "columns": […], "rows": [{"title", "href"?, "cells": […]}]}
std::string figures_table(const ordered_json& table) {
    const auto of = json_text(table, "title");
    const auto label = (of.empty() ? "" : of + ": ") + json_text(table, "caption");
    std::string out = "<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"" +
                      html_text(label) + "\"><table><caption>" +
                      html_text(json_text(table, "caption")) + "</caption><thead><tr>" +
                      heading_cells(table.at("columns")) + "</tr></thead><tbody>\n";
    for (const auto& row : table.at("rows")) {
        const auto title = json_text(row, "title");
        const auto href = json_text(row, "href");
        out += "<tr><th scope=\"row\">" +
               (href.empty() ? html_text(title) : html_link(href, title)) + "</th>";
        for (const auto& cell : row.at("cells")) {
            out += figure_cell(cell);
        }
        out += "</tr>\n";
    }
    return out + "</tbody></table></div>\n";
}

std::string notes(const ordered_json& document) {
    std::string out;
    for (const auto& note : document.at("notes")) {
        out += "<h2>" + html_text(json_text(note, "title")) + "</h2>\n" +
               paragraphs(note.at("sentences"), "lead");
    }
    return out;
}

} // namespace

std::string ward_summary_html(HtmlPage frame, const ordered_json& summary) {
    frame.title = json_text(summary, "name");
    frame.parents = {{"Areas", frame.base + "/?f=html"}};
    frame.body = "<p class=\"quiet\">" + html_text(json_text(summary, "place")) + "</p>\n" +
                 paragraphs(summary.at("sentences"), "lead");
    for (const auto& table : summary.at("tables")) {
        frame.body += figures_table(table);
    }
    frame.body += notes(summary);
    return html_page(frame);
}

std::string releases_html(HtmlPage frame, const ordered_json& releases) {
    frame.title = "Releases";
    frame.parents = {{"Areas", frame.base + "/?f=html"}};
    frame.body =
        "<p class=\"lead\">A release is a fixed set of tables of areas, rounded and with "
        "small numbers left out. It is never edited; one that should not have been made is "
        "withdrawn.</p>\n<ul class=\"cards\">";
    for (const auto& release : releases.at("releases")) {
        const auto number = release.at("number").dump();
        const auto withdrawn = json_text(release, "withdrawn");
        const auto href = json_text(release.at("links").at(0), "href");
        frame.body +=
            "<li><h2>" +
            (withdrawn.empty() ? html_link(href, "Release " + number)
                               : "Release " + number + ", withdrawn") +
            "</h2><dl class=\"facts\"><dt>Made</dt><dd>" +
            html_text(json_text(release, "created")) + "</dd><dt>Scope profile</dt><dd>" +
            html_text(json_text(release.at("scope"), "profile")) + "</dd><dt>Newest year</dt><dd>" +
            html_text(json_text(release, "newest_year")) + "</dd>" +
            (withdrawn.empty() ? std::string()
                               : "<dt>Withdrawn</dt><dd>" + html_text(withdrawn) + ": " +
                                     html_text(json_text(release, "withdrawn_reason")) + "</dd>") +
            "<dt>SHA-256</dt><dd><code>" + html_text(json_text(release, "sha256")) +
            "</code></dd></dl></li>\n";
    }
    frame.body += "</ul>\n";
    return html_page(frame);
}

std::string areas_html(HtmlPage frame, const ordered_json& areas) {
    frame.title = "Serious violence in public places";
    frame.body = paragraphs(areas.at("sentences"), "lead");
    if (areas.at("sign_in").get<bool>()) {
        frame.body +=
            "<p class=\"lead\">" + html_link(frame.base + "/sign-in?next=/", "Sign in") + "</p>\n";
    }
    for (const auto& table : areas.at("tables")) {
        frame.body +=
            "<h2>" + html_text(json_text(table, "title")) + "</h2>\n" + figures_table(table);
    }
    frame.body += notes(areas);
    return html_page(frame);
}

} // namespace hotspots::service
