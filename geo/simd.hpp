// Vectors of doubles in the compiler's own terms, for the numeric loops of geo/. A function written
// once is compiled for several instruction sets by being inlined into a function of each, and the
// processor chooses at run time: hence no lambdas in what is marked HOTSPOTS_INLINE.
#pragma once

#define HOTSPOTS_INLINE [[gnu::always_inline]] inline
#if defined(__x86_64__)
#define HOTSPOTS_TARGET(name) [[gnu::target(name)]]
#else
#define HOTSPOTS_TARGET(name)
#endif

namespace hotspots::geo {

template <int lanes>
struct VectorOf;
template <>
struct VectorOf<2> {
    using type [[gnu::vector_size(16)]] = double;
};
template <>
struct VectorOf<4> {
    using type [[gnu::vector_size(32)]] = double;
};
template <>
struct VectorOf<8> {
    using type [[gnu::vector_size(64)]] = double;
};

// Doubles in a register of this processor: 2, 4 (AVX2) or 8 (AVX-512).
inline int widest_lanes() {
#if defined(__x86_64__)
    return __builtin_cpu_supports("avx512f") ? 8 : __builtin_cpu_supports("avx2") ? 4 : 2;
#else
    return 2;
#endif
}

} // namespace hotspots::geo
