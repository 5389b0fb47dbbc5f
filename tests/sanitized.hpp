// Under sanitizers, which make a program several times slower, tests of many random cases take
// fewer: what they find there is faults of memory; the release build tries all cases.
#pragma once

namespace hotspots::tests {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool is_sanitized = true;
#else
constexpr bool is_sanitized = false;
#endif

} // namespace hotspots::tests
