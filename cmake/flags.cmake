# The one target for language level, warnings and sanitizers: every target of ours links to it.
add_library(hotspots_flags INTERFACE)
target_compile_features(hotspots_flags INTERFACE cxx_std_20)
target_include_directories(hotspots_flags INTERFACE "${CMAKE_SOURCE_DIR}")
target_compile_options(hotspots_flags INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast
    -Wnon-virtual-dtor -Woverloaded-virtual -Werror
    # When it optimises, g++ 12 sees overlapping copies in std::string and uninitialised members in
    # std::variant where there are none (GCC bugs 105329, 105593). The debug builds keep both warnings.
    $<$<AND:$<CXX_COMPILER_ID:GNU>,$<NOT:$<CONFIG:Debug>>>:-Wno-restrict;-Wno-maybe-uninitialized>
    # Products and sums must round alike on every machine: equal requests give equal bytes.
    -ffp-contract=off)
set(CMAKE_CXX_EXTENSIONS OFF)

if(HOTSPOTS_SANITIZER)
    # O1 keeps sanitized libraries fast enough to run on every change; tests only call them, and line
    # numbers are all that a report needs: both halve the build.
    target_compile_options(hotspots_flags INTERFACE
        -fsanitize=${HOTSPOTS_SANITIZER} -fno-sanitize-recover=all -fno-omit-frame-pointer -g1
        $<IF:$<BOOL:$<TARGET_PROPERTY:HOTSPOTS_TEST>>,-O0,-O1>)
    target_link_options(hotspots_flags INTERFACE -fsanitize=${HOTSPOTS_SANITIZER})
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND NOT HOTSPOTS_SANITIZER STREQUAL "thread")
        # UBSan's tables are full of addresses. At a place that is known when linking they need no
        # relocation: programs link in a third of the time and start in half.
        target_compile_options(hotspots_flags INTERFACE -fno-pie)
        target_link_options(hotspots_flags INTERFACE -no-pie -fuse-ld=gold)
    endif()
endif()

if(HOTSPOTS_LIBFUZZER)
    # Coverage in every library, so that libFuzzer sees into the parsers.
    target_compile_options(hotspots_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()
