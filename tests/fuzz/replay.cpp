// Runs a fuzz target without libFuzzer: every file of a folder, then mutations of them, always the
// same ones in the same order, so that a failure repeats. COUNT mutations of each file; or, where
// SECONDS are given and the environment has CI=true, as many as there is time for.
// Usage: fuzz_NAME FOLDER COUNT [SECONDS]
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using Bytes = std::vector<std::uint8_t>;
using Clock = std::chrono::steady_clock;

constexpr std::size_t longest_bytes = 64 * 1024;

Bytes read_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return Bytes(std::istreambuf_iterator<char>(file), {});
}

std::vector<Bytes> read_seeds(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> paths;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        paths.push_back(entry.path());
    }
    std::sort(paths.begin(), paths.end());
    std::vector<Bytes> seeds;
    for (const auto& path : paths) {
        seeds.push_back(read_file(path));
    }
    return seeds;
}

// A piece of another seed, or of the same one, in the place.
void splice(Bytes& bytes, std::size_t place, const Bytes& from, std::mt19937_64& random) {
    if (from.empty() || bytes.size() > longest_bytes) {
        return;
    }
    const auto begin = random() % from.size();
    const auto length = 1 + random() % std::min<std::size_t>(64, from.size() - begin);
    const auto first = from.begin() + static_cast<std::ptrdiff_t>(begin);
    const Bytes piece(first, first + static_cast<std::ptrdiff_t>(length));
    bytes.insert(bytes.begin() + static_cast<std::ptrdiff_t>(place), piece.begin(), piece.end());
}

void mutate(Bytes& bytes, const std::vector<Bytes>& seeds, std::mt19937_64& random) {
    const auto edits = 1 + random() % 8;
    for (std::uint64_t edit = 0; edit < edits; ++edit) {
        const auto place = bytes.empty() ? 0 : random() % bytes.size();
        const auto at = bytes.begin() + static_cast<std::ptrdiff_t>(place);
        switch (random() % 6) {
        case 0:
            bytes.insert(at, static_cast<std::uint8_t>(random()));
            break;
        case 1:
            if (!bytes.empty()) {
                bytes.erase(at);
            }
            break;
        case 2:
            if (!bytes.empty()) {
                *at = static_cast<std::uint8_t>(random());
            }
            break;
        case 3:
            splice(bytes, place, seeds[random() % seeds.size()], random);
            break;
        case 4:
            splice(bytes, place, bytes, random);
            break;
        default:
            bytes.resize(place);
        }
    }
}

void run_one(const Bytes& bytes) {
    LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
}

// Round by round a mutation of each seed, until there were `count` of each or the time is over.
std::uint64_t run_rounds(const std::vector<Bytes>& seeds, std::uint64_t count,
                         Clock::time_point until) {
    std::mt19937_64 random(1);
    std::uint64_t runs = 0;
    for (std::uint64_t round = 0; round < count && Clock::now() < until; ++round) {
        for (const auto& seed : seeds) {
            auto bytes = seed;
            mutate(bytes, seeds, random);
            run_one(bytes);
            ++runs;
        }
    }
    return runs;
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 3 && argc != 4) {
        std::fprintf(stderr, "usage: %s FOLDER COUNT [SECONDS]\n", argv[0]);
        return 2;
    }
    const char* ci = std::getenv("CI");
    const bool timed = argc == 4 && ci && std::string_view(ci) == "true";
    const auto count = timed ? ~std::uint64_t{0} : std::strtoull(argv[2], nullptr, 10);
    const auto until =
        timed ? Clock::now() + std::chrono::seconds(std::atoi(argv[3])) : Clock::time_point::max();
    const auto seeds = read_seeds(argv[1]);
    for (const auto& seed : seeds) {
        run_one(seed);
    }
    const auto runs = seeds.empty() ? 0 : run_rounds(seeds, count, until);
    std::printf("%zu seeds, %llu mutations of them\n", seeds.size(),
                static_cast<unsigned long long>(runs));
    return seeds.empty() ? 1 : 0;
}
