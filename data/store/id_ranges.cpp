#include "data/store/id_ranges.hpp"

#include <charconv>

namespace hotspots::data::store {

namespace {

// More ids than any store holds: a damaged text must not fill the memory.
constexpr std::int64_t most_ids = 500'000'000;

// Takes a number off the front of `text`.
std::optional<std::int64_t> take_number(std::string_view& text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc()) {
        return std::nullopt;
    }
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return number;
}

std::optional<IdRange> take_range(std::string_view& text) {
    const auto first = take_number(text);
    auto last = first;
    if (first && text.starts_with('-')) {
        text.remove_prefix(1);
        last = take_number(text);
    }
    if (!first || !last || *first < 0 || *last < *first) {
        return std::nullopt;
    }
    return IdRange{*first, *last};
}

} // namespace

std::vector<IdRange> ranges_of(std::span<const std::int64_t> ids) {
    std::vector<IdRange> ranges;
    for (const auto id : ids) {
        if (!ranges.empty() && ranges.back().second + 1 == id) {
            ranges.back().second = id;
        } else {
            ranges.emplace_back(id, id);
        }
    }
    return ranges;
}

std::string ranges_text(std::span<const std::int64_t> ids) {
    std::string text;
    for (const auto& [first, last] : ranges_of(ids)) {
        text += (text.empty() ? "" : " ") + std::to_string(first);
        if (last != first) {
            text += "-" + std::to_string(last);
        }
    }
    return text;
}

std::optional<std::vector<std::int64_t>> ids_of_ranges(std::string_view text) {
    std::vector<std::int64_t> ids;
    while (!text.empty()) {
        const auto range = take_range(text);
        const bool ascends = range && (ids.empty() || range->first > ids.back());
        if (!ascends ||
            range->second - range->first >= most_ids - static_cast<std::int64_t>(ids.size())) {
            return std::nullopt;
        }
        for (auto id = range->first; id <= range->second; ++id) {
            ids.push_back(id);
        }
        if (text.starts_with(' ') && text.size() > 1) {
            text.remove_prefix(1);
        } else if (!text.empty()) {
            return std::nullopt;
        }
    }
    return ids;
}

} // namespace hotspots::data::store
