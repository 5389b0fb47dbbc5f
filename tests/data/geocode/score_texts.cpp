#include "tests/data/geocode/score_texts.hpp"

#include "tests/data/geocode/osm_texts.hpp"
#include "tests/data/geocode/rare_texts.hpp"
#include "tests/data/geocode/unlike_texts.hpp"
#include "tests/real_data.hpp"

#include <cstdint>
#include <memory>

namespace hotspots::tests {
namespace {

constexpr int texts_of_each = 300;

std::uint32_t hash_of(const std::string& text) {
    std::uint32_t hash = 2166136261u; // FNV-1a
    for (const char c : text) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
    }
    return hash ^ (hash >> 15);
}

class Collection {
public:
    void add(LabelledText text, const data::Gazetteer& gazetteer) {
        const bool for_fit = hash_of(text.text) % 2 == 0;
        m_texts.push_back({std::move(text), &gazetteer, for_fit});
    }
    std::vector<ScoredText> take() && { return std::move(m_texts); }

private:
    std::vector<ScoredText> m_texts;
};

void add_street_texts(Collection& texts, const data::Gazetteer& gazetteer) {
    UnlikeTexts unlike(*real_reference());
    RareTexts rare(*real_reference());
    for (int i = 0; i < texts_of_each; ++i) {
        for (const auto& kind : UnlikeTexts::placeable_kinds()) {
            texts.add(unlike.placeable(kind), gazetteer);
        }
        for (const auto& kind : UnlikeTexts::unplaceable_kinds()) {
            texts.add(unlike.unplaceable(kind), gazetteer);
        }
        for (const auto& kind : RareTexts::kinds()) {
            texts.add(rare.make(kind), gazetteer);
        }
    }
}

std::vector<ScoredText> make_texts() {
    const auto labelled = real_data("geocode-labelled.csv");
    const auto extract = real_data("rutland-2018.osm.pbf");
    if (!labelled || !extract || !real_reference()) {
        return {};
    }
    auto reference = *real_reference();
    reference.places = thinned(reference.places);
    static const data::Gazetteer streets(reference);
    Collection texts;
    for (auto& text : labelled_texts(*labelled)) {
        texts.add(std::move(text), streets);
    }
    add_street_texts(texts, streets);
    static const OsmTexts osm(*extract, real_reference()->wards);
    for (auto& text : osm.crossings()) {
        texts.add(text, osm.with_lines());
        texts.add(text, osm.with_points());
    }
    for (auto& text : osm.streets()) {
        texts.add(text, osm.with_lines());
    }
    for (auto& text : osm.sites()) {
        texts.add(text, osm.with_lines());
    }
    return std::move(texts).take();
}

} // namespace

std::vector<data::NamedPlace> thinned(const std::vector<data::NamedPlace>& places) {
    std::vector<data::NamedPlace> kept;
    for (const auto& place : places) {
        if (hash_of(place.name + '/' + place.ward_code) % 20 != 0) {
            kept.push_back(place);
        }
    }
    return kept;
}

const std::vector<ScoredText>& scored_texts() {
    static const auto texts = make_texts();
    return texts;
}

} // namespace hotspots::tests
