#include "service/level_parameters.hpp"

#include "service/problem.hpp"

#include <algorithm>

namespace hotspots::service {

namespace {

// What a list of numbers must be.
struct ListRule {
    std::string_view name;
    double above;
    double below;
    std::string_view right;
};

constexpr ListRule levels_rule{
    "levels", 0, 1e9,
    "1 to 20 densities in incidents per km2, each above 0 and above the one before, such as "
    "10,20,50"};
constexpr ListRule quantiles_rule{
    "quantiles", 0, 1,
    "1 to 20 shares, each above 0, below 1 and above the one before, such as 0.5,0.9,0.99"};

std::vector<double> read_list(const ListRule& rule, std::string_view text) {
    std::vector<double> numbers;
    double before = rule.above;
    for (std::size_t begin = 0; begin <= text.size();) {
        const auto end = std::min(text.find(',', begin), text.size());
        const auto number = parse_number(text.substr(begin, end - begin));
        if (!number || !(*number > before) || !(*number < rule.below) ||
            numbers.size() == most_levels) {
            throw bad_parameter(std::string(rule.name), std::string(rule.name) + " is " +
                                                            quoted(text) + "; it must be " +
                                                            std::string(rule.right));
        }
        before = *number;
        numbers.push_back(*number);
        begin = end + 1;
    }
    return numbers;
}

void append_list(std::string& query, std::string_view name, const std::vector<double>& numbers) {
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        i == 0 ? query.append("&").append(name).append("=") : query.append(",");
        query.append(number_text(numbers[i]));
    }
}

} // namespace

void read_levels(AnalysisParameters& out, const Parameters& parameters) {
    const auto levels = parameters.find("levels");
    const auto quantiles = parameters.find("quantiles");
    if (levels && quantiles) {
        throw bad_parameter("quantiles", "levels and quantiles are both given; it must be one of "
                                         "them, or neither");
    }
    if (levels) {
        out.levels_per_km2 = read_list(levels_rule, *levels);
    }
    if (quantiles) {
        out.quantiles = read_list(quantiles_rule, *quantiles);
    }
}

void append_levels(std::string& query, const AnalysisParameters& parameters) {
    append_list(query, "levels", parameters.levels_per_km2);
    append_list(query, "quantiles", parameters.quantiles);
}

} // namespace hotspots::service
