#include "tests/data/geocode/unlike_texts.hpp"

#include "geo/crs.hpp"
#include "tests/data/geocode/unlike_coordinates.hpp"
#include "tests/data/geocode/unlike_words.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <map>

namespace hotspots::tests {
namespace {

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

} // namespace

UnlikeTexts::UnlikeTexts(const data::ReferenceData& reference) : m_reference(reference) {
    std::map<std::string, std::vector<const data::NamedPlace*>> by_name;
    for (const auto& place : reference.places) {
        by_name[lower(place.name)].push_back(&place);
        m_names.insert(lower(place.name));
    }
    std::map<std::pair<double, double>, int> sharing;
    for (const auto& postcode : reference.postcodes) {
        m_codes.insert(postcode.code);
        ++sharing[{postcode.point.lon_deg, postcode.point.lat_deg}];
    }
    for (const auto& postcode : reference.postcodes) {
        const bool own = sharing[{postcode.point.lon_deg, postcode.point.lat_deg}] <= 2;
        const auto bng = geo::to_bng(postcode.point);
        if (own && bng && real_gazetteer()->ward_at(*bng)) {
            m_postcodes.push_back(&postcode);
        }
    }
    for (const auto& [name, places] : by_name) {
        for (const auto* place : places) {
            const auto in_ward = std::count_if(places.begin(), places.end(), [&](const auto* p) {
                return p->ward_code == place->ward_code;
            });
            const bool telling = name.find(' ') != std::string::npos && !name.starts_with("the ");
            if (place->kind == data::PlaceKind::street && in_ward == 1 && telling) {
                m_streets.push_back(place);
                if (places.size() == 1) {
                    m_lone.push_back(place);
                }
            }
        }
    }
}

const std::vector<std::string>& UnlikeTexts::placeable_kinds() {
    static const Words kinds = {"opening",     "flat",       "remark",      "short area",
                                "sector",      "typo vowel", "typo double", "typo key",
                                "typo figure", "typo area",  "space lost",  "space added",
                                "typo swap",   "postcode",   "grid",        "degrees"};
    return kinds;
}

const std::vector<std::string>& UnlikeTexts::unplaceable_kinds() {
    static const Words kinds = {"outside town",     "outside village", "outside first",
                                "outside postcode", "outside grid",    "none",
                                "longer name",      "unknown street"};
    return kinds;
}

const data::NamedPlace& UnlikeTexts::street() {
    return *m_streets[m_random() % m_streets.size()];
}

const data::NamedPlace& UnlikeTexts::lone_street() {
    return *m_lone[m_random() % m_lone.size()];
}

std::string UnlikeTexts::area(const data::NamedPlace& place) {
    return one_of({", ", " - ", " ", " (", "; "}) + place.ward + ", " + place.authority;
}

std::string UnlikeTexts::short_area(const data::NamedPlace& place) {
    static const std::map<std::string, Words> forms = {
        {"Leicester", {"Leicester City", "L'ester", "Leics City", "City of Leicester"}},
        {"Blaby", {"Blaby District", "Blaby DC", "Blaby dist"}},
        {"Charnwood", {"Charnwood BC", "Charnwood Borough", "borough of Charnwood"}},
        {"Harborough", {"Harborough District", "Harborough DC"}},
        {"Hinckley and Bosworth", {"H&B", "H & B", "HBBC", "Hinckley/Bosworth", "Hinckley & Bos"}},
        {"Melton", {"Melton Borough", "Melton BC"}},
        {"North West Leicestershire", {"NWL", "NW Leics", "N W Leics", "N.W. Leics", "NWLDC"}},
        {"Oadby and Wigston", {"O&W", "O & W", "OWBC", "Oadby/Wigston"}},
        {"Rutland", {"Rutland County", "Rutland CC"}}};
    std::string ward = place.ward;
    for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{
             {" and ", one_of({" & ", " + ", " and "})},
             {" North", " N"},
             {" South", " S"},
             {" East", " E"},
             {" West", " W"},
             {"Market ", "Mkt "},
             {" upon ", "-upon-"}}) {
        const bool at_end = from[0] != ' ' || from.back() == ' ' || ward.ends_with(from);
        ward = chance(50) && at_end ? replaced(ward, from, to) : ward;
    }
    const auto form = forms.find(place.authority);
    const std::string authority = form == forms.end() ? place.authority : one_of(form->second);
    return ", " + ward + one_of({", ", " ", " - "}) + authority +
           one_of({"", "", " LEICS", ", UK"});
}

std::string UnlikeTexts::flat() {
    const std::string n = std::to_string(number(1, 40));
    const std::string house = std::to_string(number(1, 199));
    return one_of({"flat " + n + ", " + house, "Flat " + n + " " + house, "room 4, " + house,
                   house + "a", house + "-" + n, "unit " + n + ",", "Apt " + n + ", " + house,
                   "1st floor flat, " + house, "Fl " + n + ", " + house, "ground flr flat " + house,
                   "Bedsit " + n + ", " + house, "No. " + house, "number " + house}) +
           " ";
}

std::string UnlikeTexts::with_remark(const data::NamedPlace& place) {
    switch (number(0, 2)) {
    case 0:
        return place.name + " (" + one_of(remarks()) + ")" + area(place);
    case 1:
        return place.name + ", " + place.ward + ", " + place.authority + " - " + one_of(remarks());
    default:
        return place.name + area(place) + " " + one_of(trailing_codes());
    }
}

std::string UnlikeTexts::cased(std::string text) {
    const int style = number(0, 2);
    for (char& c : text) {
        c = style == 0   ? static_cast<char>(std::toupper(c))
            : style == 1 ? static_cast<char>(std::tolower(c))
                         : c;
    }
    return text;
}

std::string UnlikeTexts::street_text(const std::string& kind, const data::NamedPlace& place) {
    const std::string house = chance(40) ? std::to_string(number(1, 250)) + " " : "";
    if (kind == "opening") {
        return one_of(openings()) + " " + house + place.name + area(place);
    }
    if (kind == "flat") {
        return flat() + place.name + area(place);
    }
    if (kind == "remark") {
        return house + with_remark(place);
    }
    if (kind == "typo area") {
        const std::string typo = one_of({"typo vowel", "typo double", "typo key", "typo swap"});
        return house + place.name + ", " +
               (chance(50) ? misspelt(typo, place.ward + " ") + ", " + place.authority
                           : place.ward + ", " + misspelt(typo, place.authority + " "));
    }
    if (kind == "short area") {
        return house + place.name + short_area(place);
    }
    return house + misspelt(kind, place.name) + area(place);
}

LabelledText UnlikeTexts::placeable(const std::string& kind) {
    const auto& place = kind == "sector" ? lone_street() : street();
    const auto bng = *geo::to_bng(place.point);
    LabelledText text{"", kind, "", {place.point}, {}, 150};
    if (kind == "grid" || kind == "degrees") {
        text.tolerance_m = 15;
        text.text = one_of(kind == "grid" ? grid_forms(bng) : degree_forms(place.point));
    } else if (kind == "sector") {
        const std::string code = nearest_postcode(place.point).code;
        const std::string sector = code.substr(0, code.size() - 2);
        text.text = cased(place.name + one_of({" ", ", ", ", Leicester "}) +
                          one_of({sector, sector.substr(0, sector.find(' '))}));
        if (text.text.find("eicester") != std::string::npos) {
            text.text = place.name + ", " + place.authority + " " + sector;
        }
    } else if (kind == "postcode") {
        text = postcode();
    } else {
        text.text = cased(street_text(kind, place));
    }
    return text;
}

LabelledText UnlikeTexts::postcode() {
    const auto& at = *m_postcodes[m_random() % m_postcodes.size()];
    const std::size_t space = at.code.find(' ');
    const std::string out = at.code.substr(0, space);
    const std::string in = at.code.substr(space + 1);
    LabelledText text{"", "postcode", "", {}, {}, 150};
    for (const auto& other : m_reference.postcodes) {
        if (other.code == at.code) {
            text.points.push_back(other.point);
        }
    }
    text.text = cased(one_of(
        {out + in, out + "-" + in, out + "  " + in, "o/s 14, " + out + " " + in, "PC " + out + in,
         "postcode " + at.code, "(" + at.code + ")", at.code + ".", "house in " + at.code,
         "number 4 " + at.code, "Leicester " + at.code, "12 unknown rd, " + out + in,
         out + " " + in + " UK", out.substr(0, 2) + " " + out.substr(2) + " " + in,
         "flat 2 " + out + in + " nr shop"}));
    return text;
}

const data::Postcode& UnlikeTexts::nearest_postcode(const geo::LonLat& point) const {
    const auto distance = [&](const data::Postcode& code) {
        return std::hypot((code.point.lon_deg - point.lon_deg) * 0.6,
                          code.point.lat_deg - point.lat_deg);
    };
    return *std::min_element(
        m_reference.postcodes.begin(), m_reference.postcodes.end(),
        [&](const auto& a, const auto& b) { return distance(a) < distance(b); });
}

std::string UnlikeTexts::longer_name(const data::NamedPlace& place) {
    for (;;) {
        const std::string name =
            one_of({"Old " + place.name, "Upper " + place.name, "New " + place.name,
                    "Little " + place.name, "East " + place.name, place.name + " Industrial Estate",
                    place.name + " Business Park", place.name + " Retail Park",
                    place.name + " Trading Estate", "St " + place.name, "Great " + place.name,
                    place.name.substr(0, place.name.rfind(' ')) + " Spinney Gardens"});
        if (!m_names.contains(lower(name))) {
            return name + ", " + place.ward + ", " + place.authority;
        }
    }
}

// A name as streets have it, but not here; or one of ours with another type.
std::string UnlikeTexts::unknown_street() {
    for (;;) {
        const std::string ours = street().name;
        const std::string stem =
            chance(50) ? one_of(unknown_stems()) : ours.substr(0, ours.rfind(' '));
        const std::string name = stem + " " +
                                 one_of({"Road", "Street", "Close", "Avenue", "Lane", "Drive",
                                         "Way", "Court", "Gardens", "Crescent", "Rise", "Hill"});
        if (!m_names.contains(lower(name))) {
            return std::to_string(number(1, 99)) + " " + name;
        }
    }
}

std::string UnlikeTexts::elsewhere(const std::string& kind) {
    const std::string house = chance(40) ? std::to_string(number(1, 250)) + " " : "";
    const std::string opening = chance(50) ? one_of(openings()) + " " : "";
    const bool town = kind == "outside town" || (kind == "outside first" && chance(50));
    const std::string place = one_of(town ? towns_elsewhere() : villages_elsewhere());
    if (kind == "outside first") {
        return cased(place + one_of({", ", " - ", ": "}) + house + street().name);
    }
    return cased(opening + house + street().name + one_of({", ", ", ", " - ", " ", " in "}) +
                 place + one_of({"", "", " NG7 2AB", " city centre"}));
}

LabelledText UnlikeTexts::unplaceable(const std::string& kind) {
    const auto digits = [&](int first, int last) { return std::to_string(number(first, last)); };
    LabelledText text{"", kind, "", {}, {}, 0};
    if (kind == "none") {
        text.text = cased(one_of(no_places()));
    } else if (kind == "longer name") {
        text.text = cased(longer_name(street()));
    } else if (kind == "unknown street") {
        text.text = cased(unknown_street() + area(street()));
    } else if (kind == "outside postcode") {
        text.text = one_of({"", street().name + ", ", "nr "}) +
                    one_of({"NG", "CV", "B", "DE", "PE", "NN", "M"}) + digits(1, 5) +
                    one_of({" ", ""}) + digits(1, 9) + one_of({"AB", "XY", "QT", "JH"});
        text.text = m_codes.contains(text.text) ? "NG1 1AA" : text.text;
    } else if (kind == "outside grid") {
        const geo::BngPoint point{number(0, 1) * 170000.0 + number(380000, 420000),
                                  number(1, 300000) + 30000.0 * 0};
        text.text =
            one_of(grid_forms({point.easting_m, std::min(point.northing_m + 100000, 249000.0)}));
    } else {
        text.text = elsewhere(kind);
    }
    return text;
}

} // namespace hotspots::tests
