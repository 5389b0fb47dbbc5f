// Large arrays that are written at once from end to end: in pages of 2 MB the system is asked for
// memory a few times instead of thousands of times, which else takes as long as the computing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace hotspots::geo {

// A wish, which changes nothing but speed. For memory that has not been written yet.
inline void prefer_huge_pages([[maybe_unused]] void* begin, [[maybe_unused]] std::size_t bytes) {
#if defined(__linux__)
    constexpr std::uintptr_t page = 2U << 20U;
    const auto from = (reinterpret_cast<std::uintptr_t>(begin) + page - 1) / page * page;
    const auto to = (reinterpret_cast<std::uintptr_t>(begin) + bytes) / page * page;
    if (from < to) {
        madvise(reinterpret_cast<void*>(from), to - from, MADV_HUGEPAGE);
    }
#endif
}

template <class T>
std::unique_ptr<T[]> large_array(std::size_t count) {
    auto array = std::make_unique_for_overwrite<T[]>(count);
    prefer_huge_pages(array.get(), count * sizeof(T));
    return array;
}

inline std::vector<double> large_zeros(std::size_t count) {
    std::vector<double> zeros;
    zeros.reserve(count);
    prefer_huge_pages(zeros.data(), count * sizeof(double));
    zeros.resize(count);
    return zeros;
}

} // namespace hotspots::geo
