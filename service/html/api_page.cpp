// The OpenAPI document as a page: a section for each path, its parameters folded away.
#include "service/html/document_pages.hpp"
#include "service/html/text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace hotspots::service {

namespace {

using nlohmann::ordered_json;

// What a reference within the document leads to.
const ordered_json& resolved(const ordered_json& api, const ordered_json& object) {
    const auto reference = object.find("$ref");
    return reference == object.end()
               ? object
               : api.at(ordered_json::json_pointer(reference->get<std::string>().substr(1)));
}

std::string member_text(const ordered_json& object, const char* name) {
    const auto found = object.find(name);
    return found == object.end() ? std::string()
           : found->is_string()  ? found->get<std::string>()
                                 : found->dump();
}

// "number, 50 to 5000, 300 if not given"
std::string schema_text(const ordered_json& schema) {
    std::string out = member_text(schema, "type");
    if (const auto choices = schema.find("enum"); choices != schema.end()) {
        out = "one of";
        for (const auto& choice : *choices) {
            out += (out == "one of" ? " " : ", ") +
                   (choice.is_string() ? choice.get<std::string>() : choice.dump());
        }
    }
    for (const auto& [name, word] :
         {std::pair("minimum", ", at least "), std::pair("maximum", ", at most "),
          std::pair("default", ", if not given ")}) {
        const auto value = member_text(schema, name);
        out += value.empty() ? "" : word + value;
    }
    return out;
}

std::string parameter_item(const ordered_json& parameter) {
    const auto place = member_text(parameter, "in");
    const auto schema = parameter.find("schema");
    std::string out = "<dt><code>" + html_text(member_text(parameter, "name")) + "</code>";
    out += place == "path" ? " <span class=\"quiet\">in the path</span>" : "";
    out += parameter.value("required", false) && place != "path"
               ? " <span class=\"quiet\">needed</span>"
               : "";
    out += "</dt><dd>" + html_text(member_text(parameter, "description"));
    if (schema != parameter.end()) {
        out += " <span class=\"quiet\">" + html_text(schema_text(*schema)) + "</span>";
    }
    return out + "</dd>";
}

std::string parameter_list(const ordered_json& api, const ordered_json& operation) {
    const auto parameters = operation.find("parameters");
    if (parameters == operation.end() || parameters->empty()) {
        return {};
    }
    std::string out = "<details><summary>" + std::to_string(parameters->size()) +
                      (parameters->size() == 1 ? " parameter" : " parameters") + "</summary><dl>";
    for (const auto& parameter : *parameters) {
        out += parameter_item(resolved(api, parameter));
    }
    return out + "</dl></details>";
}

std::string answer_list(const ordered_json& api, const ordered_json& operation) {
    std::string out;
    for (const auto& [status, response] : operation.at("responses").items()) {
        const auto& answer = resolved(api, response);
        out += (out.empty() ? "" : "; ") + html_text(status);
        if (const auto content = answer.find("content");
            content != answer.end() && status.starts_with('2')) {
            std::string types;
            for (const auto& type : content->items()) {
                types += (types.empty() ? " " : ", ") + html_text(type.key());
            }
            out += types;
        }
    }
    return "<p class=\"quiet\">Answers: " + out + "</p>";
}

std::string upper_case(std::string text) {
    std::ranges::transform(text, text.begin(), [](char c) {
        return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    });
    return text;
}

std::string operation_section(const ordered_json& api, const std::string& path,
                              const std::string& method, const ordered_json& operation) {
    const auto role = member_text(operation, "x-role");
    return "<section class=\"operation\"><h3><span class=\"method\">" +
           html_text(upper_case(method)) + "</span> <code>" + html_text(path) + "</code></h3><p>" +
           html_text(member_text(operation, "summary")) +
           (role.empty() || role == "public" ? "" : ". Needs the role " + html_text(role)) +
           ".</p>" + parameter_list(api, operation) + answer_list(api, operation) + "</section>\n";
}

// "/collections/{c}/items" -> "collections"
std::string first_segment(const std::string& path) {
    return path.substr(1, path.find('/', 1) - 1);
}

} // namespace

std::string api_html(HtmlPage frame, const ordered_json& api) {
    frame.title = "What can be asked for";
    const auto& info = api.at("info");
    frame.body = "<p class=\"lead\">" + html_text(member_text(info, "description")) + " Version " +
                 html_text(member_text(info, "version")) + ". The same as an " +
                 html_link(frame.base + "/api?f=json", "OpenAPI document") + " for programs.</p>\n";
    std::string group;
    for (const auto& [path, methods] : api.at("paths").items()) {
        if (const auto segment = first_segment(path); group != segment || path == "/") {
            group = segment;
            frame.body += "<h2>" +
                          html_text(group.empty() ? "Landing page" : readable_name(group)) +
                          "</h2>\n";
        }
        for (const auto& [method, operation] : methods.items()) {
            frame.body += operation_section(api, path, method, operation);
        }
    }
    return html_page(frame);
}

} // namespace hotspots::service
