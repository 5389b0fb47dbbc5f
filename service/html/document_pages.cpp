#include "service/html/document_pages.hpp"

#include "service/html/text.hpp"
#include "tiles/geojson.hpp"

#include <nlohmann/json.hpp>

namespace hotspots::service {

namespace {

using nlohmann::ordered_json;

std::string text_of(const ordered_json& object, const char* name) {
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

// The links of a document but the one to itself, by their titles.
std::string link_list(const ordered_json& links) {
    std::string out = "<ul>";
    for (const auto& link : links) {
        const auto title = text_of(link, "title");
        if (text_of(link, "rel") != "self" && !title.empty()) {
            out += "<li>" + html_link(text_of(link, "href"), title) + " <span class=\"quiet\">" +
                   html_text(text_of(link, "type")) + "</span></li>";
        }
    }
    return out + "</ul>\n";
}

std::string extent_text(const ordered_json& extent) {
    std::string out;
    if (const auto spatial = extent.find("spatial"); spatial != extent.end()) {
        std::string corners;
        for (const auto& number : spatial->at("bbox").at(0)) {
            corners += corners.empty() ? "" : ", ";
            tiles::append_coordinate(corners, number.get<double>(), 4);
        }
        out += "<dt>Place</dt><dd>" + html_text(corners) +
               " <span class=\"quiet\">west, south, east, north in degrees</span></dd>";
    }
    if (const auto temporal = extent.find("temporal"); temporal != extent.end()) {
        const auto& interval = temporal->at("interval").at(0);
        out += "<dt>Time</dt><dd>" + html_text(interval.at(0).get<std::string>()) + " to " +
               html_text(interval.at(1).get<std::string>()) + "</dd>";
    }
    return out;
}

std::string code_list(const ordered_json& texts) {
    std::string out = "<ul>";
    for (const auto& text : texts) {
        out += "<li><code>" + html_text(text.get<std::string>()) + "</code></li>";
    }
    return out + "</ul>";
}

std::string code_words(const ordered_json& texts) {
    std::string out;
    for (const auto& text : texts) {
        out +=
            (out.empty() ? "<code>" : ", <code>") + html_text(text.get<std::string>()) + "</code>";
    }
    return out;
}

std::string type_text(const ordered_json& schema) {
    const auto type = schema.find("type");
    if (type == schema.end()) {
        return text_of(schema, "format");
    }
    if (type->is_string()) {
        return type->get<std::string>();
    }
    std::string out;
    for (const auto& part : *type) {
        out += (out.empty() ? "" : " or ") + part.get<std::string>();
    }
    return out;
}

std::string property_table(const ordered_json& schema) {
    std::string out =
        "<h2>Properties</h2>\n<div class=\"table\" role=\"region\" "
        "aria-labelledby=\"properties\" tabindex=\"0\"><table>"
        "<caption id=\"properties\">What each feature carries</caption><thead><tr>"
        "<th scope=\"col\">Name</th><th scope=\"col\">What it is</th>"
        "<th scope=\"col\">Type</th><th scope=\"col\">Unit</th></tr></thead><tbody>\n";
    for (const auto& [name, property] : schema.at("properties").items()) {
        out += "<tr><th scope=\"row\"><code>" + html_text(name) + "</code></th><td>" +
               html_text(text_of(property, "title")) + "</td><td>" +
               html_text(type_text(property)) + "</td><td>" +
               html_text(text_of(property, "x-ogc-unit")) + "</td></tr>\n";
    }
    return out + "</tbody></table></div>\n";
}

} // namespace

std::string connect_html(HtmlPage frame, const ordered_json& landing) {
    const auto address = html_text(frame.base.empty() ? "/" : frame.base + "/");
    frame.title = "Connect a GIS tool";
    frame.body =
        "<p class=\"lead\">" + html_text(text_of(landing, "description")) +
        ". Any tool that speaks OGC API – Features or vector tiles can read them.</p>\n"
        "<h2>Address</h2>\n<p><code>" +
        address +
        "</code></p>\n<h2>How to sign in</h2>\n<p class=\"lead\">With an API key: as "
        "<code>Authorization: Bearer</code>, or as the password of HTTP Basic with any user "
        "name.</p>\n<h2>In QGIS</h2>\n<p class=\"lead\">Layer, Add Layer, Add WFS / OGC API – "
        "Features Layer: a new connection to the address, version OGC API – Features, with Basic "
        "authentication. Filters are asked of the service.</p>\n<h2>With GDAL</h2>\n<p "
        "class=\"lead\"><code>ogrinfo OAPIF:" +
        address +
        "</code></p>\n<h2>Files</h2>\n<p class=\"lead\">Each collection can be had as GeoJSON, "
        "CSV, "
        "GeoPackage or FlatGeobuf from its items: add <code>f=csv</code>, <code>f=gpkg</code> or "
        "<code>f=fgb</code>.</p>\n<h2>Documents</h2>\n" +
        link_list(landing.at("links"));
    return html_page(frame);
}

std::string conformance_html(HtmlPage frame, const ordered_json& conformance) {
    frame.title = "Standards kept";
    frame.body = "<p class=\"lead\">The conformance classes of OGC standards that this service "
                 "implements.</p>\n" +
                 code_list(conformance.at("conformsTo"));
    return html_page(frame);
}

std::string collections_html(HtmlPage frame, const ordered_json& collections) {
    frame.title = "Collections";
    frame.body = "<ul class=\"cards\">\n";
    for (const auto& collection : collections.at("collections")) {
        const auto url = frame.base + "/collections/" + text_of(collection, "id");
        frame.body += "<li><h2>" + html_link(url + "?f=html", text_of(collection, "title")) +
                      "</h2><p>" + html_text(text_of(collection, "description")) + ".</p><p>" +
                      html_link(url + "/items?f=html", "Items of " + text_of(collection, "id")) +
                      "</p></li>\n";
    }
    frame.body += "</ul>\n";
    return html_page(frame);
}

std::string collection_html(HtmlPage frame, const ordered_json& collection,
                            const ordered_json& schema) {
    frame.title = text_of(collection, "title");
    frame.parents.emplace_back("Collections", frame.base + "/collections?f=html");
    const auto url = frame.base + "/collections/" + text_of(collection, "id");
    frame.body = "<p class=\"lead\">" + html_text(text_of(collection, "description")) +
                 ".</p>\n<p class=\"turn\">" + html_link(url + "/items?f=html", "See the items") +
                 "</p>\n<dl class=\"facts\">" + extent_text(collection.at("extent")) +
                 "<dt>Parameters</dt><dd>" + code_words(collection.at("parameters")) +
                 "</dd><dt>Coordinates</dt><dd>" + code_list(collection.at("crs")) +
                 "</dd></dl>\n" + property_table(schema) + "<h2>Documents</h2>\n" +
                 link_list(collection.at("links"));
    return html_page(frame);
}

} // namespace hotspots::service
