#include "service/html/audit_page.hpp"

#include "service/html/text.hpp"

#include <nlohmann/json.hpp>

#include <array>

namespace hotspots::service {

namespace {

using nlohmann::ordered_json;

constexpr std::array<std::pair<const char*, const char*>, 11> audit_columns{{
    {"seq", "No."},
    {"time", "Time (UTC)"},
    {"who", "Who"},
    {"role", "Role"},
    {"action", "Action"},
    {"what", "What"},
    {"parameters", "Parameters"},
    {"rows", "Rows"},
    {"status", "Status"},
    {"address", "Address"},
    {"reason", "Reason"},
}};

std::string plain_text(const ordered_json& value) {
    return value.is_string() ? value.get<std::string>() : value.dump();
}

std::string parameters_cell(const ordered_json& parameters) {
    std::string out;
    for (const auto& [name, value] : parameters.items()) {
        out += (out.empty() ? "" : ", ") + name + "=" + plain_text(value);
    }
    return html_text(out);
}

std::string audit_cell(const ordered_json& entry, std::string_view name) {
    const auto found = entry.find(name);
    std::string text;
    if (found != entry.end()) {
        text = found->is_object() ? parameters_cell(*found) : html_text(plain_text(*found));
    }
    if (name == "what") { // whether it was about to be or done
        for (const auto* more : {"phase", "note"}) {
            if (entry.contains(more)) {
                text += " <span class=\"quiet\">" + html_text(plain_text(entry[more])) + "</span>";
            }
        }
    }
    return text;
}

std::string audit_row(const ordered_json& entry) {
    std::string out = "<tr>";
    for (const auto& [name, title] : audit_columns) {
        const std::string_view column(name);
        const bool number = column == "seq" || column == "rows" || column == "status";
        out += (number ? "<td class=\"number\">" : "<td>") + audit_cell(entry, column) + "</td>";
    }
    return out + "</tr>\n";
}

std::string audit_table(const ordered_json& document) {
    std::string out = "<div class=\"table\" role=\"region\" aria-labelledby=\"told\" "
                      "tabindex=\"0\"><table><caption id=\"told\">" +
                      document.at("numberReturned").dump() +
                      " entries, the newest first</caption><thead><tr>";
    for (const auto& [name, title] : audit_columns) {
        out += std::string("<th scope=\"col\">") + title + "</th>";
    }
    out += "</tr></thead><tbody>\n";
    for (const auto& entry : document.at("entries")) {
        out += audit_row(entry);
    }
    return out + "</tbody></table></div>\n";
}

std::string filter_form(const std::string& base,
                        const std::vector<std::pair<std::string, std::string>>& asked) {
    std::string out = "<form method=\"get\" action=\"" + html_text(base + "/audit") +
                      "\"><input type=\"hidden\" name=\"f\" value=\"html\"><p class=\"turn\">";
    for (const auto& [name, value] : asked) {
        out += "<label>" + html_text(readable_name(name)) + " <input name=\"" + html_text(name) +
               "\" value=\"" + html_text(value) + "\"></label> ";
    }
    return out + "<button>Show</button></p></form>\n";
}

} // namespace

std::string audit_html(HtmlPage frame, const ordered_json& document,
                       const std::vector<std::pair<std::string, std::string>>& asked,
                       const std::string& csv) {
    frame.title = "Audit";
    frame.parents = {{"LLR Hotspots", frame.base + "/?f=html"}};
    frame.body = "<p class=\"lead\">Who read, took or changed what. A change stands here twice: "
                 "before it was made, and with its outcome.</p>\n" +
                 filter_form(frame.base, asked) + audit_table(document) +
                 "<nav class=\"turn\" aria-label=\"Pages\">";
    for (const auto& link : document.at("links")) {
        if (link.at("rel") == "next") {
            frame.body += html_link(plain_text(link.at("href")) + "&f=html", "Earlier entries");
        }
    }
    frame.body += html_link(csv, "CSV (all)") + "</nav>\n";
    return html_page(frame);
}

} // namespace hotspots::service
