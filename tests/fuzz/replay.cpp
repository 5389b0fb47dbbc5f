// Runs a fuzz target without libFuzzer: every file of a folder, then COUNT mutations of each, from
// a fixed seed so that a failure repeats. Usage: fuzz_NAME FOLDER COUNT
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes read_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return Bytes(std::istreambuf_iterator<char>(file), {});
}

void mutate(Bytes& bytes, std::mt19937_64& random) {
    const auto edits = 1 + random() % 8;
    for (std::uint64_t edit = 0; edit < edits; ++edit) {
        const auto place = bytes.empty() ? 0 : random() % bytes.size();
        const auto at = bytes.begin() + static_cast<std::ptrdiff_t>(place);
        switch (random() % 4) {
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
        default:
            bytes.resize(place);
        }
    }
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        std::fprintf(stderr, "usage: %s FOLDER COUNT\n", argv[0]);
        return 2;
    }
    const auto count = std::strtoull(argv[2], nullptr, 10);
    std::size_t seeds = 0;
    for (const auto& entry : std::filesystem::directory_iterator(argv[1])) {
        const auto seed = read_file(entry.path());
        LLVMFuzzerTestOneInput(seed.data(), seed.size());
        std::mt19937_64 random(seed.size());
        for (std::uint64_t i = 0; i < count; ++i) {
            auto bytes = seed;
            mutate(bytes, random);
            LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
        }
        ++seeds;
    }
    std::printf("%zu seeds, %llu mutations of each\n", seeds,
                static_cast<unsigned long long>(count));
    return seeds == 0 ? 1 : 0;
}
