#include "service/html/page.hpp"

#include "service/digest.hpp"
#include "service/html/style.hpp"
#include "service/html/text.hpp"

namespace hotspots::service {

namespace {

std::string html_head(const HtmlPage& page) {
    return "<!doctype html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n"
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
           "<meta name=\"color-scheme\" content=\"light dark\">\n<title>" +
           html_text(page.title) + " – LLR Hotspots</title>\n<link rel=\"stylesheet\" href=\"" +
           html_text(page.base + "/assets/" + page_style_name()) + "\">\n</head>\n";
}

std::string html_header(const HtmlPage& page) {
    std::string out = "<a class=\"skip\" href=\"#content\">Skip to the content</a>\n"
                      "<header class=\"title\"><p class=\"name\">" +
                      html_link(page.base + "/?f=html", "LLR Hotspots") +
                      "</p><nav aria-label=\"Service\">";
    for (const auto& [path, text] :
         {std::pair("/connect", "Connect"), std::pair("/collections?f=html", "Collections"),
          std::pair("/api?f=html", "API"), std::pair("/conformance?f=html", "Conformance"),
          std::pair("/sign-in", "Sign in or out")}) {
        out += html_link(page.base + path, text);
    }
    out += "</nav>";
    if (!page.marking.empty()) {
        out += "<p class=\"marking\">" + html_text(page.marking) + "</p>";
    }
    out += "</header>\n";
    if (page.demo) {
        out +=
            "<aside class=\"demo\" aria-label=\"Demo\"><strong>DEMO</strong> Synthetic incidents, "
            "indicative boundaries.</aside>\n";
    }
    return out;
}

std::string html_way_back(const HtmlPage& page) {
    if (page.parents.empty()) {
        return {};
    }
    std::string out = "<nav class=\"way\" aria-label=\"Where this page is\"><ol>";
    for (const auto& [title, href] : page.parents) {
        out += "<li>" + html_link(href, title) + "</li>";
    }
    return out + "<li aria-current=\"page\">" + html_text(page.title) + "</li></ol></nav>\n";
}

} // namespace

const std::string& page_style_name() {
    static const auto name = "page-" + digest(page_style) + ".css";
    return name;
}

std::string html_page(const HtmlPage& page) {
    auto out = html_head(page) + "<body>\n" + html_header(page) + "<main id=\"content\">\n" +
               html_way_back(page) + "<h1>" + html_text(page.title) + "</h1>\n" + page.body +
               "\n</main>\n";
    if (!page.attribution.empty()) {
        out += "<footer><p>" + html_text(page.attribution) + "</p></footer>\n";
    }
    return out + "</body>\n</html>\n";
}

} // namespace hotspots::service
