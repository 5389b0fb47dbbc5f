#include "data/geocode/score.hpp"

#include <algorithm>
#include <cmath>

namespace hotspots::data {
namespace {

double base(const Finding& finding) {
    switch (finding.kind) {
    case NameHit::Kind::exact:
        return finding.by_area ? 0.995 : 0.95;
    case NameHit::Kind::respaced:
        return finding.by_area ? 0.99 : 0.9;
    case NameHit::Kind::misspelt:
        return finding.edits <= 1 ? 0.985 : 0.9;
    case NameHit::Kind::without_type:
        return 0.85;
    }
    return 0;
}

} // namespace

double score_of(const Finding& finding) {
    // Each unread word is a chance that the text names something else.
    const double read = std::pow(0.97, std::min(finding.unread, 6));
    return base(finding) * read * (finding.by_narrower ? 0.93 : 1.0);
}

} // namespace hotspots::data
