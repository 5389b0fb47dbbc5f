#include "data/ingest/time_pattern.hpp"

#include "data/ascii.hpp"
#include "data/errors.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace hotspots::data {

namespace {

constexpr std::size_t longest_pattern = 60;
constexpr std::ptrdiff_t most_options = 4; // each doubles the variants
constexpr std::string_view literals = "/-.:,T ";
constexpr std::string_view fields = "YMDhms";

[[noreturn]] void fail_pattern(std::string_view pattern, const std::string& what) {
    throw InputError("'" + std::string(pattern.substr(0, longest_pattern)) + "': " + what +
                     "; expected an order such as DD/MM/YYYY HH:MM[:SS]");
}

bool is_field(char c) {
    return fields.find(c) != std::string_view::npos;
}

// The pattern's names to one letter each.
std::string to_letters(std::string_view pattern) {
    static constexpr std::array<std::pair<std::string_view, char>, 5> names{
        {{"YYYY", 'Y'}, {"DD", 'D'}, {"HH", 'h'}, {"SS", 's'}, {"MM", 'M'}}};
    std::string letters;
    char last_field = ' ';
    for (std::size_t at = 0; at < pattern.size();) {
        const auto rest = pattern.substr(at);
        const auto* name = std::find_if(names.begin(), names.end(), [&](const auto& known) {
            return rest.starts_with(known.first);
        });
        if (name != names.end()) {
            last_field = name->second == 'M' && last_field == 'h' ? 'm' : name->second;
            letters.push_back(last_field);
            at += name->first.size();
        } else if (rest.starts_with("YY")) {
            fail_pattern(pattern, "a year of two digits does not say its century");
        } else if (literals.find(rest.front()) != std::string_view::npos || rest.front() == '[' ||
                   rest.front() == ']') {
            letters.push_back(rest.front());
            ++at;
        } else {
            fail_pattern(pattern,
                         "no date or time is written with '" + std::string(1, rest.front()) + "'");
        }
    }
    return letters;
}

// With and without what each pair of brackets holds, the longest first.
std::vector<std::string> expand(const std::string& letters, std::string_view pattern) {
    if (std::count(letters.begin(), letters.end(), '[') > most_options) {
        fail_pattern(pattern, "too many brackets");
    }
    std::vector<std::string> expanded;
    std::vector<std::string> pending{letters};
    while (!pending.empty()) {
        const auto variant = std::move(pending.back());
        pending.pop_back();
        const auto close = variant.find(']');
        const auto open = variant.rfind('[', close);
        if (close == std::string::npos && open == std::string::npos) {
            expanded.push_back(variant);
        } else if (close == std::string::npos || open == std::string::npos) {
            fail_pattern(pattern, "a bracket without its other half");
        } else {
            const auto before = variant.substr(0, open);
            const auto after = variant.substr(close + 1);
            pending.push_back(before + after);
            pending.push_back(before + variant.substr(open + 1, close - open - 1) + after);
        }
    }
    return expanded;
}

// The numbers of one text, by field.
struct Numbers {
    std::string year, month, day, hour, minute, second;

    std::string& of(char field) {
        switch (field) {
        case 'Y':
            return year;
        case 'M':
            return month;
        case 'D':
            return day;
        case 'h':
            return hour;
        case 'm':
            return minute;
        default:
            return second;
        }
    }

    std::string iso() const {
        std::string text = year + "-" + month;
        if (!day.empty()) {
            text += "-" + day;
        }
        if (!hour.empty()) {
            text += "T" + hour + ":" + minute;
        }
        if (!second.empty()) {
            text += ":" + second;
        }
        return text;
    }
};

// The number at the front of `text`, of `digits` digits, or of one if that is `allowed`.
std::optional<std::string> take_number(std::string_view& text, std::size_t digits, bool allowed) {
    std::size_t count = 0;
    while (count < digits && count < text.size() && is_digit(text[count])) {
        ++count;
    }
    if (count != digits && !(allowed && count == 1)) {
        return std::nullopt;
    }
    std::string number(digits - count, '0');
    number += text.substr(0, count);
    text.remove_prefix(count);
    return number;
}

std::optional<std::string> read_variant(std::string_view variant, std::string_view text) {
    Numbers numbers;
    for (std::size_t at = 0; at < variant.size(); ++at) {
        const char c = variant[at];
        if (is_field(c)) {
            const bool stands_alone = (at == 0 || !is_field(variant[at - 1])) &&
                                      (at + 1 == variant.size() || !is_field(variant[at + 1]));
            const bool may_be_short = stands_alone && (c == 'D' || c == 'M' || c == 'h');
            const auto number = take_number(text, c == 'Y' ? 4 : 2, may_be_short);
            if (!number) {
                return std::nullopt;
            }
            numbers.of(c) = *number;
            continue;
        }
        if (text.empty() || text.front() != c) {
            return std::nullopt;
        }
        text.remove_prefix(1);
        while (c == ' ' && !text.empty() && text.front() == ' ') {
            text.remove_prefix(1);
        }
    }
    return text.empty() ? std::optional(numbers.iso()) : std::nullopt;
}

bool has(std::string_view variant, char field) {
    return variant.find(field) != std::string_view::npos;
}

} // namespace

TimePattern::TimePattern(std::string_view text) : m_text(text) {
    if (text.size() > longest_pattern) {
        fail_pattern(text, "too long");
    }
    m_variants = expand(to_letters(text), text);
    for (const auto& variant : m_variants) {
        check(variant);
    }
    for (std::size_t i = 0, count = m_variants.size(); i < count; ++i) {
        const auto date = m_variants[i].substr(0, m_variants[i].find('h'));
        if (has(date, 'Y') && has(date, 'M')) {
            m_variants.push_back(date.substr(0, date.find_last_of(fields) + 1));
        }
    }
}

void TimePattern::check(const Variant& variant) const {
    for (const char field : fields) {
        if (std::count(variant.begin(), variant.end(), field) > 1) {
            fail_pattern(m_text, "the same part twice");
        }
    }
    if (!has(variant, 'Y') || !has(variant, 'M')) {
        fail_pattern(m_text, "a date needs its year (YYYY) and month (MM)");
    }
    if (has(variant, 'h') != has(variant, 'm') || (has(variant, 's') && !has(variant, 'm'))) {
        fail_pattern(m_text, "a time of day needs hour and minute (HH:MM)");
    }
    if (has(variant, 'h') && !has(variant, 'D')) {
        fail_pattern(m_text, "a time of day needs its day (DD)");
    }
}

std::optional<std::string> TimePattern::to_iso(std::string_view text) const {
    for (const auto& variant : m_variants) {
        if (auto iso = read_variant(variant, text)) {
            return iso;
        }
    }
    return std::nullopt;
}

} // namespace hotspots::data
