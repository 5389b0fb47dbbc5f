# Run by embed_folder at build time: writes OUTPUT.hpp and OUTPUT.cpp, the latter holding each file by .incbin.
string(REPLACE "|" ";" patterns "${PATTERNS}")
set(paths "")
foreach(pattern IN LISTS patterns)
    file(GLOB_RECURSE found RELATIVE "${FOLDER}" "${FOLDER}/${pattern}")
    list(APPEND paths ${found})
endforeach()
list(REMOVE_DUPLICATES paths)
list(SORT paths)

set(assembly "")
set(declarations "")
set(entries "")
set(index 0)
foreach(path IN LISTS paths)
    set(symbol "embedded_${NAME}_${index}")
    string(APPEND assembly "    \"${symbol}:\\n.incbin \\\"${FOLDER}/${path}\\\"\\n${symbol}_end:\\n\"\n")
    string(APPEND declarations "extern \"C\" const char ${symbol}[];\nextern \"C\" const char ${symbol}_end[];\n")
    string(APPEND entries "        {\"${path}\", {${symbol}, static_cast<std::size_t>(${symbol}_end - ${symbol})}},\n")
    math(EXPR index "${index} + 1")
endforeach()
if(index EQUAL 0)
    message(FATAL_ERROR "no files to embed in ${FOLDER} (${PATTERNS})")
endif()

file(WRITE "${OUTPUT}.hpp" "// Generated from ${NAME}; do not edit.
#pragma once

#include \"embedded/file.hpp\"

namespace hotspots::embedded {

std::span<const File> ${NAME}();

} // namespace hotspots::embedded
")
file(WRITE "${OUTPUT}.cpp" "// Generated from ${NAME}; do not edit.
#include \"embedded/${NAME}.hpp\"

#include <cstddef>

__asm__(\".section .rodata\\n\"
${assembly}    \".previous\\n\");
${declarations}
namespace hotspots::embedded {

std::span<const File> ${NAME}() {
    static const File files[] = {
${entries}    };
    return files;
}

} // namespace hotspots::embedded
")
