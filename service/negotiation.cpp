#include "service/negotiation.hpp"

#include "data/ascii.hpp"
#include "service/parameters.hpp"
#include "service/problem.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace hotspots::service {

namespace {

std::string_view without_blanks(std::string_view text) {
    const auto first = std::min(text.find_first_not_of(" \t"), text.size());
    text.remove_prefix(first);
    return text.substr(0, text.find_last_not_of(" \t") + 1);
}

// Cuts the text before the next separator off.
std::string_view take_until(std::string_view& text, char separator) {
    const auto end = std::min(text.find(separator), text.size());
    const auto part = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return without_blanks(part);
}

bool same_but_case(std::string_view a, std::string_view b) {
    const auto lower = [](char c) { return data::lower_case(c); };
    return std::ranges::equal(a, b, {}, lower, lower);
}

struct MediaRange {
    std::string_view type; // "text/html", "text/*" or "*/*"
    double quality = 1;
};

std::optional<MediaRange> read_media_range(std::string_view text) {
    MediaRange range{take_until(text, ';'), 1};
    if (range.type.find('/') == range.type.npos) {
        return std::nullopt;
    }
    while (!text.empty()) {
        auto parameter = take_until(text, ';');
        const auto name = take_until(parameter, '=');
        if (same_but_case(name, "q")) {
            const auto quality = parse_number(without_blanks(parameter));
            range.quality = quality && *quality >= 0 && *quality <= 1 ? *quality : 0;
        }
    }
    return range;
}

// 3: names the type; 2: its kind; 1: any; 0: another.
int specificity_of(std::string_view range, std::string_view type) {
    if (same_but_case(range, type)) {
        return 3;
    }
    const auto kind = type.substr(0, type.find('/') + 1);
    if (range.size() == kind.size() + 1 && range.ends_with('*') &&
        same_but_case(range.substr(0, kind.size()), kind)) {
        return 2;
    }
    return range == "*/*" ? 1 : 0;
}

std::vector<std::string_view> names_of(std::span<const MediaFormat> offered) {
    std::vector<std::string_view> names;
    for (const auto& format : offered) {
        if (std::ranges::find(names, format.name) == names.end()) {
            names.push_back(format.name);
        }
    }
    return names;
}

Problem not_acceptable(std::string_view accept, std::span<const MediaFormat> offered) {
    std::vector<std::string_view> types;
    for (const auto& format : offered) {
        types.push_back(format.media_type);
    }
    return Problem(406, "Not acceptable",
                   "Accept is " + quoted(accept) + "; this resource is served as " +
                       join_choices(types) + ". The parameter f chooses without Accept");
}

} // namespace

double accept_quality(std::string_view accept, std::string_view media_type) {
    const auto type = without_blanks(media_type.substr(0, media_type.find(';')));
    int best = 0;
    double quality = 0;
    bool readable = false;
    while (!accept.empty()) {
        const auto range = read_media_range(take_until(accept, ','));
        readable = readable || range;
        const int specificity = range ? specificity_of(range->type, type) : 0;
        if (specificity > best || (specificity == best && best > 0)) {
            quality = specificity > best ? range->quality : std::max(quality, range->quality);
            best = specificity;
        }
    }
    return readable ? quality : 1;
}

const MediaFormat& choose_format(const Request& request, std::span<const MediaFormat> offered) {
    const auto asked = std::ranges::find(request.query, "f", &QueryParameter::name);
    if (asked != request.query.end()) {
        const auto names = names_of(offered);
        const auto name = names[choice("f", asked->value, names)];
        return *std::ranges::find(offered, name, &MediaFormat::name);
    }
    const auto accept = request.header("accept").value_or("");
    const MediaFormat* best = nullptr;
    double most = 0;
    for (const auto& format : offered) {
        const double quality = accept_quality(accept, format.media_type);
        if (quality > most) {
            best = &format;
            most = quality;
        }
    }
    if (!best) {
        throw not_acceptable(accept, offered);
    }
    return *best;
}

} // namespace hotspots::service
