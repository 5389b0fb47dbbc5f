// The frame of the service's own pages: head, navigation, way back, footer. No scripts; one style
// for light and dark, phone and print.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace hotspots::service {

struct HtmlPage {
    std::string title;                                        // plain text
    std::string base;                                         // of links, as base_url() gives it
    std::vector<std::pair<std::string, std::string>> parents; // title and href, the first one first
    std::string marking;                                      // empty for none
    bool demo = false;
    std::string attribution;
    std::string body; // markup that follows the heading
};

// The style's file under /assets/: named by its content, so that it may be kept for good. A file
// of its own, as pages hold nothing inline.
const std::string& page_style_name();

std::string html_page(const HtmlPage& page);

} // namespace hotspots::service
