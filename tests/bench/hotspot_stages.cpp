// Where the time of a hotspot request goes that was never made before: filter, density, polygons,
// encoding. hotspot_stages STORE: the records in it are those that are timed. Medians over
// bandwidths from 300 m up; cells of 150 m, nights only.
#include "data/snapshot.hpp"
#include "service/app.hpp"
#include "service/density_result.hpp"
#include "service/handlers/handlers.hpp"
#include "service/hotspot_result.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <exception>
#include <string>
#include <vector>

using namespace hotspots;

namespace {

constexpr int requests = 41;

struct Stage {
    const char* name;
    std::vector<double> times_ms{};

    template <class Work>
    auto time(const Work& work) {
        const auto begun = std::chrono::steady_clock::now();
        auto result = work();
        const std::chrono::duration<double, std::milli> taken =
            std::chrono::steady_clock::now() - begun;
        times_ms.push_back(taken.count());
        return result;
    }
    void print() {
        std::sort(times_ms.begin(), times_ms.end());
        std::printf("  %-9s %6.1f ms\n", name, times_ms[times_ms.size() / 2]);
    }
};

void run(const std::string& store) {
    const auto snapshot =
        data::load_snapshot(*data::IncidentStore::open(store, data::Access::read));
    service::AppContext context;
    context.snapshot = [&] { return snapshot; };
    Stage filter{"filter"};
    Stage density{"density"};
    Stage polygons{"polygons"};
    Stage encoding{"encoding"};
    for (int i = 0; i < requests; ++i) {
        service::Request request;
        request.path = "/collections/hotspots/items";
        request.query = {
            {"cell", "150"}, {"hours", "18-06"}, {"bandwidth", std::to_string(300 + i)}};
        const auto parameters = service::read_analysis(request.query, *snapshot, {});
        filter.time([&] { return service::select(*snapshot, parameters); });
        const auto of_density =
            density.time([&] { return service::compute_density(*snapshot, parameters); });
        density.times_ms.back() -= filter.times_ms.back(); // which it begins with
        polygons.time([&] { return service::compute_hotspots(*snapshot, parameters, of_density); });
        service::shared_hotspots(context, *snapshot, parameters);
        encoding.time([&] { return service::get_items(context, request, {{"c", "hotspots"}}); });
    }
    std::printf("%zu records\n", snapshot->incidents.size());
    for (auto* stage : {&filter, &density, &polygons, &encoding}) {
        stage->print();
    }
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fputs("usage: hotspot_stages STORE\n", stderr);
        return 2;
    }
    try {
        run(argv[1]);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "hotspot_stages: %s\n", error.what());
        return 1;
    }
    return 0;
}
