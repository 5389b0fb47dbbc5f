#include "service/density_parameters.hpp"

#include "service/problem.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace hotspots::service {

namespace {

using geo::EdgeCorrection;
using geo::Kernel;

constexpr std::array<std::string_view, 5> kernel_names{"quartic", "epanechnikov", "triangular",
                                                       "uniform", "gaussian"};
constexpr std::array<Kernel, 5> kernels{Kernel::quartic, Kernel::epanechnikov, Kernel::triangular,
                                        Kernel::uniform, Kernel::gaussian};

constexpr std::array<std::string_view, 3> edge_names{"none", "uniform", "diggle"};
constexpr std::array<EdgeCorrection, 3> edges{EdgeCorrection::none, EdgeCorrection::uniform,
                                              EdgeCorrection::diggle};

constexpr std::array<std::string_view, 2> adaptive_names{"no", "yes"};

template <class Value, std::size_t N>
std::string_view name_of(Value value, const std::array<Value, N>& values,
                         const std::array<std::string_view, N>& names) {
    const auto place = std::find(values.begin(), values.end(), value) - values.begin();
    return names[static_cast<std::size_t>(place)];
}

// A kernel of less than two cells is noise; one of very many costs time for nothing.
double read_cell(std::string_view text, const AnalysisParameters& p) {
    const double reach_m = geo::kernel_reach_m(p.kernel, p.bandwidth_m);
    const double least_m = std::ceil(reach_m / most_cells_reached * 10) / 10;
    const double narrowest_m = p.bandwidth_m * (p.adaptive ? geo::narrowest_bandwidth : 1);
    return number_between("cell", text, least_m, narrowest_m / 2);
}

} // namespace

Kernel read_kernel(const Parameters& parameters) {
    const auto text = parameters.find("kernel");
    return text ? kernels[choice("kernel", *text, kernel_names)] : Kernel::quartic;
}

std::string_view kernel_name(Kernel kernel) {
    return name_of(kernel, kernels, kernel_names);
}

void read_density(AnalysisParameters& out, const Parameters& parameters) {
    out.kernel = read_kernel(parameters);
    if (const auto text = parameters.find("bandwidth")) {
        out.bandwidth_m = number_between("bandwidth", *text, least_bandwidth_m, most_bandwidth_m);
    }
    if (const auto text = parameters.find("edge")) {
        out.edge = edges[choice("edge", *text, edge_names)];
    }
    if (const auto text = parameters.find("adaptive")) {
        out.adaptive = choice("adaptive", *text, adaptive_names) == 1;
    }
    if (const auto text = parameters.find("cell")) {
        out.cell_m = read_cell(*text, out);
    }
    if (const auto text = parameters.find("top")) {
        out.top_percent = number_between("top", *text, least_top_percent, most_top_percent);
    }
}

void append_density(std::string& query, const AnalysisParameters& parameters) {
    const AnalysisParameters usual;
    if (parameters.bandwidth_m != usual.bandwidth_m) {
        append_parameter(query, "bandwidth", number_text(parameters.bandwidth_m));
    }
    if (parameters.cell_m) {
        append_parameter(query, "cell", number_text(*parameters.cell_m));
    }
    if (parameters.shape != usual.shape) {
        append_parameter(query, "shape", "hexagon");
    }
    if (parameters.kernel != usual.kernel) {
        append_parameter(query, "kernel", kernel_name(parameters.kernel));
    }
    if (parameters.edge != usual.edge) {
        append_parameter(query, "edge", name_of(parameters.edge, edges, edge_names));
    }
    if (parameters.adaptive) {
        append_parameter(query, "adaptive", "yes");
    }
    if (parameters.top_percent != usual.top_percent) {
        append_parameter(query, "top", number_text(parameters.top_percent));
    }
}

} // namespace hotspots::service
