#include "service/form_data.hpp"

#include "data/ascii.hpp"

#include <algorithm>

namespace hotspots::service {

namespace {

constexpr std::size_t most_parts = 100;
constexpr std::size_t longest_header = 8 * 1024;
constexpr std::size_t longest_boundary = 70;

bool starts_with_word(std::string_view text, std::string_view lower_case_word) {
    return text.size() >= lower_case_word.size() &&
           std::equal(lower_case_word.begin(), lower_case_word.end(), text.begin(),
                      [](char a, char b) { return a == data::lower_case(b); });
}

// The value of a parameter of a header field: `name="a \"b\""; name=b`.
std::optional<std::string> parameter(std::string_view field, std::string_view name) {
    const auto is_space = [](char c) { return c == ' ' || c == '\t'; };
    for (auto at = field.find(';'); at < field.size(); at = field.find(';', at)) {
        auto rest = field.substr(at + 1);
        rest.remove_prefix(static_cast<std::size_t>(
            std::find_if_not(rest.begin(), rest.end(), is_space) - rest.begin()));
        at = field.size() - rest.size();
        const bool wanted =
            starts_with_word(rest, name) && rest.substr(name.size()).starts_with('=');
        const auto equals = rest.find_first_of("=;");
        if (equals == rest.npos || rest[equals] == ';') {
            continue;
        }
        auto value = rest.substr(equals + 1);
        std::string text;
        if (value.starts_with('"')) {
            std::size_t i = 1;
            for (; i < value.size() && value[i] != '"'; ++i) {
                if (value[i] == '\\' && i + 1 < value.size()) {
                    ++i;
                }
                text.push_back(value[i]);
            }
            at = field.size() - value.size() + std::min(i + 1, value.size());
        } else {
            text = value.substr(0, value.find_first_of("; \t"));
            at = field.size() - value.size() + text.size();
        }
        if (wanted) {
            return text;
        }
    }
    return std::nullopt;
}

// Name and file name from the header of a part. False if it is no form field's.
bool read_header(std::string_view header, FormPart& part) {
    while (!header.empty()) {
        const auto line = header.substr(0, header.find("\r\n"));
        header.remove_prefix(std::min(header.size(), line.size() + 2));
        if (starts_with_word(line, "content-disposition:")) {
            const auto name = parameter(line, "name");
            part.name = name.value_or("");
            part.file_name = parameter(line, "filename").value_or("");
            return name.has_value();
        }
    }
    return false;
}

} // namespace

bool is_form_type(std::string_view content_type) {
    return starts_with_word(content_type, "multipart/");
}

std::optional<std::string> form_boundary(std::string_view content_type) {
    constexpr std::string_view type = "multipart/form-data";
    const bool is_form = starts_with_word(content_type, type) &&
                         content_type.substr(type.size()).find_first_not_of(" \t;") != 0;
    if (!is_form) {
        return std::nullopt;
    }
    auto boundary = parameter(content_type, "boundary");
    const auto is_allowed = [](char c) {
        return c >= ' ' && c <= '~' &&
               std::string_view("\"\\<>@;[]!#$%&*^`{|}~").find(c) == std::string_view::npos;
    };
    if (!boundary || boundary->empty() || boundary->size() > longest_boundary ||
        boundary->ends_with(' ') || !std::all_of(boundary->begin(), boundary->end(), is_allowed)) {
        return std::nullopt;
    }
    return boundary;
}

std::optional<std::vector<FormPart>> parse_form_data(std::string_view body,
                                                     std::string_view boundary) {
    const std::string first = "--" + std::string(boundary);
    const std::string next = "\r\n" + first;
    // A preamble, which nobody sends, would have to end in a line end.
    std::size_t at = body.starts_with(first) ? first.size() : body.find(next);
    if (at == body.npos) {
        return std::nullopt;
    }
    at += body.starts_with(first) ? 0 : next.size();
    std::vector<FormPart> parts;
    while (!body.substr(at).starts_with("--")) {
        const auto line_end = body.find("\r\n", at);
        const auto header_end = body.find("\r\n\r\n", at);
        const auto is_blank = [&](std::size_t end) {
            return end != body.npos &&
                   body.substr(at, end - at).find_first_not_of(" \t") == body.npos;
        };
        if (!is_blank(line_end) || header_end == body.npos || header_end - at > longest_header ||
            parts.size() == most_parts) {
            return std::nullopt;
        }
        const auto begin = header_end + 4;
        // Content that is empty ends where its header does.
        const auto end = body.find(next, begin - 2);
        FormPart part;
        if (end == body.npos ||
            !read_header(body.substr(line_end + 2, header_end - line_end - 2), part)) {
            return std::nullopt;
        }
        part.content = body.substr(begin, std::max(end, begin) - begin);
        parts.push_back(std::move(part));
        at = end + next.size();
    }
    return parts;
}

} // namespace hotspots::service
