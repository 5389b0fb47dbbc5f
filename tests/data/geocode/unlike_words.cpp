#include "tests/data/geocode/unlike_words.hpp"

#include <algorithm>
#include <string_view>

namespace hotspots::tests {

using Words = std::vector<std::string>;

namespace {

Words split(std::string_view list) {
    Words words;
    for (;;) {
        const std::size_t end = std::min(list.find('|'), list.size());
        words.emplace_back(list.substr(0, end));
        if (end == list.size()) {
            return words;
        }
        list.remove_prefix(end + 1);
    }
}

} // namespace

const Words& openings() {
    static const Words words =
        split("at the rear of|in the vicinity of|in vicinity of|vic of|nr to the|"
              "opposite the Co-op on|by the chip shop on|bus stop|bus stop outside the school on|"
              "underpass|underpass by|footpath leading from|footpath off|towards|@|corner|"
              "corner of|cnr|entrance to|near junction w|j/o|jnct with|gully at side of|"
              "halfway down|middle of|top end of|male assaulted on|IP walking along|"
              "vehicle stopped on|group of youths fighting in|subway under|"
              "outside Tesco Express on|McDonalds,|stairwell of flats on|by the postbox on|"
              "Sainsburys car park off|Red Lion PH,|the public house on|taxi rank on|"
              "grounds of the church on|lay-by on|o/s no 12|outside no. 12|rear of number 12|"
              "outside the bookies on|in the entry next to|back of|bk of|alongside|"
              "on the corner of|traffic lights at|pelican crossing on|play area off|"
              "jitty between nos 4 and 6|cash machine on|phone box|telephone box o/s|"
              "a short distance from|100m from|approx 50 yds from|on the street,|St:|Location:|"
              "Address -|loc:|occurred at|Took place on|victims address|parked at|party at|"
              "address in|grass area behind|the alley at back of|side street off|nightclub on|"
              "the Polish shop,|One Stop,|Spar shop|dead end of|end of|roundabout at|"
              "traffic island on|brook running behind");
    return words;
}

const Words& remarks() {
    static const Words words =
        split("by the shop|near the chip shop|o/s the pub|outside Tesco|opp the school|"
              "rear of flats|in the jitty|at bus stop|footpath|car park|no number given|top end|"
              "near to the park entrance|common area|between 2 parked cars|next to the church|"
              "side entrance");
    return words;
}

const Words& trailing_codes() {
    static const Words words =
        split("- ref 1234567|(log 0231 of 14/06)|[EB2]|#4411|LP 14|CAD 871|24*221433|beat C12|"
              "/ NH52");
    return words;
}

const Words& no_places() {
    static const Words words =
        split("refused|not stated|as above|N/K|home address|in a vehicle|various|unknown location|"
              "on train between|online|12345|0116 2222222|07700 900123|\xF0\x9F\x98\x80|"
              "\xF0\x9F\x8F\xA0 home|same as before|see above|Pt refused location|"
              "patient unable to say|pub|nightclub|outside pub|outside a club|the street|"
              "in the street|on street|road|roadside|public place|friends house|"
              "at a friend's house|own home|private address|dwelling|school|at school|work|"
              "workplace|city centre|in town|town centre|Leicester city centre|park|local park|"
              "in park|on way home|walking home from work|on the way to shops|taxi|on bus no 31|"
              "bus|train|railway station|London Road|Main Street|High St|Church Lane|station road|"
              "a party|house party|kids party|hotel|prison|custody|HMP|hospital|A&E|ward 15|bed 7|"
              "care home|the bar|unsure|cannot remember|can't recall|doesn't know|dont no|no idea|"
              "??|-|--|...|x|xx|xxx|asdf|test|blank|null|NULL|none given|nil|no details|"
              "no location given|TBC|to be confirmed|tba|not recorded|not disclosed|undisclosed|"
              "won't say|declined|pt dnk|DNK|N/R|NFA|NFI|no fixed address|homeless|social media|"
              "snapchat|internet|phone|by phone|over the phone|facebook|abroad|on holiday|Spain|"
              "Benidorm|M1|M1 north|A6|A46 layby|on the A47|B4114|motorway|M69 J1 to J2 ?|county|"
              "Leics|LEICESTERSHIRE|UK|LE|LE3|LE11 3|Hinckley|Melton Mowbray area|Oadby|"
              "Market Harborough|Coalville|Wigston|Braunstone|Beaumont Leys|New Parks|Highfields|"
              "North|West End|1|01/02/2025|23:40|2025-01-04 01:20|SK|SK 58|SK 58592|458592|E458592|"
              "52.63|N/A N/A|0,0|0.0, 0.0|999999 999999|1 1|000000 000000|AB12|ZZ1 1ZZ|LE1 9ZZ|"
              "<script>|'; drop table|=1+1|victim's home|suspect address|offender's house|IP's HA|"
              "H/A|ha|HA|home|at home in bedroom|kitchen|bathroom|living room|garden|"
              "garden at home|the lane|the drive|close|court|the close|a lane in Blaby|"
              "a road in Melton|a street near Oakham|side road Hinckley|back alley Leicester|"
              "some street, Wigston|in the road, Syston|field, Melton|footpath, Oakham|"
              "river bank Loughborough|canal Loughborough|on the bus to Leicester|"
              "train to Leicester|taxi from Leicester|Between Leicester and Loughborough|"
              "between Hinckley and Leicester|school in Wigston|a shop in Blaby|"
              "unknown street, Leicester|unknown, Hinckley and Bosworth|not sure, Belgrave area|"
              "street not known, Abbey, Leicester|the park, Abbey, Leicester");
    return words;
}

const Words& towns_elsewhere() {
    static const Words words =
        split("Birmingham|Nottingham|Coventry|Derby|Peterborough|Nuneaton|Tamworth|Corby|Grantham|"
              "London|Stamford|Rugby|Kettering|Burton|Burton-on-Trent|B'ham|Notts|Nottm|Cov|"
              "Northants|Lincs|Warks|Manchester|Leeds|Milton Keynes|Bedworth|Atherstone|Long Eaton|"
              "Swadlincote");
    return words;
}

const Words& villages_elsewhere() {
    static const Words words =
        split("Arnold|Long Itchington|Great Barr|Sutton Bonington|Kegworth Derbyshire|Wollaton|"
              "Clifton|Hillmorton|Bilton|Measham Derbyshire|Crick|Brixworth|Moulton|Werrington|"
              "Bretton|Orton Goldhay|Barrowby|Winshill|Horninglow|Stapenhill|Castle Vale|Erdington|"
              "Foleshill|Tile Hill|Wood End|Glascote|Amington|Allestree|Littleover|Alvaston|Sinfin|"
              "Peckham|Tooting|Handsworth|Sparkbrook|Camp Hill Nuneaton|Dordon|Baddesley|"
              "Market Deeping|Sneinton|Radford|Aspley|Hyson Green|Bestwood|Newton");
    return words;
}

const Words& unknown_stems() {
    static const Words words = split(
        "Trafalgar|Inkerman|Balaclava|Sebastopol|Mafeking|Ladysmith|Omdurman|Agincourt|Raleigh|"
        "Frobisher|Hawkins|Grenville|Camperdown|Ramillies|Malplaquet|Oudenarde|Plassey|Corunna|"
        "Salamanca|Vittoria|Talavera|Kitchener|Havelock|Outram|Abercrombie|Thornfield|"
        "Lindenhurst|Brookvale|Riverdale|Northfield|Southmead|Westbrook|Skylark|Swallowfield");
    return words;
}

} // namespace hotspots::tests
