// What a density takes of memory, counted where it is asked for.
#include "geo/density.hpp"
#include "tests/catch.hpp"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>
#include <random>
#include <vector>

namespace {

std::atomic<std::size_t> held = 0;
std::atomic<std::size_t> most_held = 0;

// Each block begins with its size; as aligned as malloc's.
constexpr std::size_t head = alignof(std::max_align_t);

void* take(std::size_t bytes) {
    auto* const block = static_cast<std::size_t*>(std::malloc(bytes + head));
    if (!block) {
        throw std::bad_alloc();
    }
    *block = bytes;
    const std::size_t now = held += bytes;
    std::size_t most = most_held;
    while (now > most && !most_held.compare_exchange_weak(most, now)) {
    }
    return reinterpret_cast<std::byte*>(block) + head;
}

void give_back(void* memory) {
    if (memory) {
        auto* const block = static_cast<std::byte*>(memory) - head;
        held -= *reinterpret_cast<std::size_t*>(block);
        std::free(block);
    }
}

} // namespace

void* operator new(std::size_t bytes) {
    return take(bytes);
}
void* operator new[](std::size_t bytes) {
    return take(bytes);
}
void operator delete(void* memory) noexcept {
    give_back(memory);
}
void operator delete[](void* memory) noexcept {
    give_back(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    give_back(memory);
}
void operator delete[](void* memory, std::size_t) noexcept {
    give_back(memory);
}

TEST_CASE("A density takes at most twice the points' memory besides input and output") {
    using namespace hotspots::geo;
    std::mt19937 random(41);
    std::normal_distribution<double> off(0, 3'000);
    std::vector<BngPoint> points(300'000);
    std::ranges::generate(points, [&] {
        return BngPoint{460'000 + off(random), 305'000 + off(random)};
    });
    const GridSpec grid{{430'000, 275'000}, 100, 700, 600};
    const std::size_t input = points.size() * sizeof(BngPoint);
    const std::size_t output = grid.size() * sizeof(double);
    for (const int threads : {1, 2}) {
        const std::size_t before = held;
        most_held = before;
        {
            const auto raster = density(points, grid, Kernel::quartic, 500, {threads, 0});
            REQUIRE(raster.values.size() == grid.size());
        }
        REQUIRE(held == before);
        const std::size_t taken = most_held - before;
        REQUIRE(taken > output); // it is counted at all
        CHECK(taken - output <= 2 * input);
    }
}
