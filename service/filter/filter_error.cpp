#include "service/filter/filter_error.hpp"

#include <algorithm>

namespace hotspots::service::filter {

namespace {

constexpr std::size_t before = 48; // characters shown
constexpr std::size_t after = 24;

bool continues(char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80;
}

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return !continues(c); }));
}

std::string_view last_characters(std::string_view text, std::size_t count) {
    std::size_t begin = text.size();
    for (; begin > 0 && count > 0; --count) {
        do {
            --begin;
        } while (begin > 0 && continues(text[begin]));
    }
    return text.substr(begin);
}

std::string_view first_characters(std::string_view text, std::size_t count) {
    std::size_t end = 0;
    for (; end < text.size() && count > 0; --count) {
        do {
            ++end;
        } while (end < text.size() && continues(text[end]));
    }
    return text.substr(0, end);
}

} // namespace

Place place_of(std::string_view filter, std::size_t position) {
    position = std::min(position, filter.size());
    const auto head = filter.substr(0, position);
    const auto line_begin = head.rfind('\n') == head.npos ? 0 : head.rfind('\n') + 1;
    const auto line_end = std::min(filter.find('\n', position), filter.size());
    const auto left = head.substr(line_begin);
    const auto right = filter.substr(position, line_end - position);
    const auto shown_left = last_characters(left, before);
    const auto shown_right = first_characters(right, after);

    Place place;
    place.line += static_cast<std::size_t>(std::count(head.begin(), head.end(), '\n'));
    place.column += characters(left);
    place.excerpt = shown_left.size() < left.size() ? "…" : "";
    place.excerpt.append(shown_left).append(shown_right);
    place.excerpt.append(shown_right.size() < right.size() ? "…" : "");
    // Tabs and line ends would move the caret.
    std::ranges::replace_if(
        place.excerpt, [](char c) { return static_cast<unsigned char>(c) < ' '; }, ' ');
    const auto indent = characters(shown_left) + (shown_left.size() < left.size() ? 1 : 0);
    place.excerpt.append("\n").append(indent, ' ').append("^");
    return place;
}

} // namespace hotspots::service::filter
