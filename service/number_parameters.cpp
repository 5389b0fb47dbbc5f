#include "service/number_parameters.hpp"

#include "service/parameters.hpp"
#include "service/problem.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace hotspots::service {

std::int64_t whole_number_between(std::string_view name, std::string_view text, std::int64_t least,
                                  std::int64_t most) {
    std::int64_t value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size() || value < least ||
        value > most) {
        throw bad_parameter(std::string(name), std::string(name) + " is " + quoted(text) +
                                                   "; it must be a whole number from " +
                                                   std::to_string(least) + " to " +
                                                   std::to_string(most));
    }
    return value;
}

std::vector<double> read_number_list(const NumberList& rule, std::string_view text) {
    std::vector<double> numbers;
    for (std::size_t begin = 0; begin <= text.size();) {
        const auto end = std::min(text.find(',', begin), text.size());
        const auto number = parse_number(text.substr(begin, end - begin));
        if (!number || *number < rule.least || *number > rule.most ||
            (rule.whole && *number != std::floor(*number)) ||
            (!numbers.empty() && *number <= numbers.back()) ||
            numbers.size() == rule.most_numbers) {
            throw bad_parameter(std::string(rule.name), std::string(rule.name) + " is " +
                                                            quoted(text) + "; it must be " +
                                                            std::string(rule.right));
        }
        numbers.push_back(*number + 0.0); // -0 is 0
        begin = end + 1;
    }
    return numbers;
}

std::string number_list_text(const std::vector<double>& numbers) {
    std::string text;
    for (const double number : numbers) {
        text.append(text.empty() ? "" : ",").append(number_text(number));
    }
    return text;
}

} // namespace hotspots::service
