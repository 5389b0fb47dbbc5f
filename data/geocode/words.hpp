// Words that describe where something is relative to a name, without being part of names: the
// closed class of the language. What is neither here nor in the gazetteer lowers confidence.
#pragma once

#include <cstdint>
#include <string_view>

namespace hotspots::data {

enum class WordClass : std::uint8_t {
    open,     // may be part of a name, or is not known at all
    relation, // outside, opp, nr, off, of, the …
    feature,  // what stands there: car park, jitty, bus stop, flat
    junction, // jct, j/w, corner
    between,
    refusal, // refused, unknown: whoever wrote it gave no place
};

// `word` as Token::word.
WordClass class_of(std::string_view word);

} // namespace hotspots::data
