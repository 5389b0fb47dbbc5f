// Whole numbers and lists of numbers as parameters.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hotspots::service {

// A whole number of least...most. Throws Problem.
std::int64_t whole_number_between(std::string_view name, std::string_view text, std::int64_t least,
                                  std::int64_t most);

// 1 to `most_numbers` numbers of least...most, each above the one before. `right` says so for
// people. Throws Problem.
struct NumberList {
    std::string_view name;
    double least;
    double most;
    bool whole;
    std::size_t most_numbers;
    std::string_view right;
};
std::vector<double> read_number_list(const NumberList& rule, std::string_view text);

// "100,200.5"
std::string number_list_text(const std::vector<double>& numbers);

} // namespace hotspots::service
