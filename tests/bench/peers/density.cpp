// Ours, for density.py: reads points (pairs of doubles), computes the density so many times and
// writes the raster of the last, row by row from the south. Prints the fastest time in seconds.
#include "geo/density.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

using namespace hotspots;

namespace {

std::vector<geo::BngPoint> read_points(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::vector<geo::BngPoint> points;
    geo::BngPoint point;
    while (file.read(reinterpret_cast<char*>(&point.easting_m), sizeof(double)) &&
           file.read(reinterpret_cast<char*>(&point.northing_m), sizeof(double))) {
        points.push_back(point);
    }
    if (points.empty()) {
        throw std::runtime_error("no points in " + path);
    }
    return points;
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 6) {
        std::fputs("usage: density_peer POINTS RASTER quartic|epanechnikov THREADS TIMES\n",
                   stderr);
        return 2;
    }
    const auto points = read_points(argv[1]);
    const auto kernel =
        std::string(argv[3]) == "quartic" ? geo::Kernel::quartic : geo::Kernel::epanechnikov;
    const geo::GridSpec grid{{430'000, 275'000}, 100, 700, 600};
    geo::Raster raster;
    double fastest_s = 1e9;
    for (int i = 0; i < std::atoi(argv[5]); ++i) {
        const auto begun = std::chrono::steady_clock::now();
        raster = geo::density(points, grid, kernel, 500, {std::atoi(argv[4]), 0});
        const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begun;
        fastest_s = std::min(fastest_s, taken.count());
    }
    std::ofstream file(argv[2], std::ios::binary);
    file.write(reinterpret_cast<const char*>(raster.values.data()),
               static_cast<std::streamsize>(raster.values.size() * sizeof(double)));
    std::printf("%.6f\n", fastest_s);
    return file.good() ? 0 : 1;
}
