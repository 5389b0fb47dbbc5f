# embed_folder(TARGET NAME FOLDER [PATTERNS ...] [DEPENDS ...]): compiles the files of FOLDER into TARGET.
# C++ reaches them through `embedded/NAME.hpp`: hotspots::embedded::NAME() gives path and bytes of each.
function(embed_folder target name folder)
    cmake_parse_arguments(EMBED "" "" "PATTERNS;DEPENDS" ${ARGN})
    set(output "${CMAKE_BINARY_DIR}/embedded/embedded/${name}")
    string(JOIN "|" patterns ${EMBED_PATTERNS})
    add_custom_command(
        OUTPUT "${output}.cpp" "${output}.hpp"
        COMMAND "${CMAKE_COMMAND}" -DNAME=${name} -DFOLDER=${folder} "-DPATTERNS=${patterns}"
                -DOUTPUT=${output} -P "${CMAKE_SOURCE_DIR}/cmake/write_embedded.cmake"
        DEPENDS "${CMAKE_SOURCE_DIR}/cmake/write_embedded.cmake" ${EMBED_DEPENDS}
        COMMENT "Embedding ${folder}" VERBATIM)
    # The target may belong to another directory, which does not see the command: depend on it by name.
    add_custom_target(embedded_${name} DEPENDS "${output}.cpp" "${output}.hpp")
    add_dependencies(${target} embedded_${name})
    target_sources(${target} PRIVATE "${output}.cpp" "${output}.hpp")
    target_include_directories(${target} PRIVATE "${CMAKE_BINARY_DIR}/embedded" "${CMAKE_SOURCE_DIR}/cmake")
endfunction()
