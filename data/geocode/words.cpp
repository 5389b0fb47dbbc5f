#include "data/geocode/words.hpp"

#include <algorithm>
#include <string>
#include <unordered_map>

namespace hotspots::data {
namespace {

constexpr std::string_view relations =
    "a a/j about above abutting across adj adjacent adjct adjoining after against ahead along "
    "alongside among an ao approaching approx approximately area around as aside at away b/h "
    "back backing before behind behnd below beneath beside besides beyond bhd bhnd bottom btm "
    "by c/o directly down end entering exiting f/o facing far from front frontage fronting "
    "further going half heading here i/f ifo immediate immediately in inside into is its just "
    "leading leaving left loc located location midway n/r near nearby "
    "nearest nearing nearside next nr nxt o/f o/s of off offside on onto op opp oppo opposite "
    "opps or os out outside over past proximity r/o rear rearside right ro round s/o side "
    "sides situated somewhere the then there thereof this through to top toward towards "
    "turning under up upon vcnty vic vicinity was where while whilst within";

constexpr std::string_view features =
    "access addr address alley alleys alleyway alleyways apartment apartments apt arcade arch "
    "atm bank bc bench benches bin bins block bollards borough bound box bridge bridleway "
    "building bus busstop bypass c/p camera canal car care carpark carriageway centre chip "
    "church city clinic club college community council county cp crossing crossroads ctr cut "
    "cutthrough cycle cyclepath cycleway dc depot dist district door doorstep doorway drain "
    "driveway "
    "dual eastbound eb entrance entries entry estate exit factory farmyard fence field fields "
    "fire flat flats floor footbridge footpath footpaths footway forecourt garage garages gate "
    "gateway gennel ginnel grass grassed ground grounds gully hall hedge home hotel house "
    "houses industrial island j/n jetty jitties jitty junct junior kebab kerb kiosk lamp "
    "lamppost land landing layby library lift lights loading lobby lock lodge market monument "
    "mosque multi nb no northbound nos num number numbers nursery office open parish park "
    "parked parking passage passageway path paths pathway pavement pelican petrol ph phone "
    "platform play playarea playground playing pond post postbox precinct premises primary "
    "property pub public rail railings railway ramp rank rbt rec recreation resid residence "
    "residential restaurant river roadside roadway roundabout sb school secondary service "
    "services shelter shop shopping shops skate skatepark slip sliproad snicket southbound "
    "stairs stairwell stall stalls stand station statue steps stn stop storage store stream subway "
    "supermarket surgery takeaway taxi telephone temple tenfoot tip toilets toucan town "
    "towpath track traffic train tram tunnel twitchel twitchell underpass unit units verge "
    "viaduct village walkway wall waste wasteland wb westbound yard zebra";

constexpr std::string_view junctions =
    "and cnr corner crn cross crossrds intersection j/o j/w jcn jcnt jct jctn jctw jn jnc jnct "
    "jnctn jtn junc junction junctn jw meets with x xrds xroads";

constexpr std::string_view betweens = "b/t b/w bet betw between betwn btw btween btwen btwn";

constexpr std::string_view refusals =
    "anon anonymous anywhere cannot cant confidential couldnt decline declined declines denied "
    "didnt disclose disclosed doesnt dont elsewhere forgot forgotten homeless intox "
    "intoxicated n/a n/k na nfa nfd nil nk none nothing nowhere prefer preferred recall "
    "refusal refuse refused refuses refusing remember rtd secret tba tbc unable uncertain "
    "unclear uncooperative undisclosed unidentified unk unkn unknow unknown unkwn unsaid "
    "unspecified unstated unsure unwilling vague various willing withheld wont wouldnt";

using Table = std::unordered_map<std::string_view, WordClass>;

void add(Table& table, std::string_view words, WordClass kind) {
    while (!words.empty()) {
        const std::size_t end = std::min(words.find(' '), words.size());
        table.emplace(words.substr(0, end), kind);
        words.remove_prefix(std::min(end + 1, words.size()));
    }
}

Table make_word_table() {
    Table table;
    add(table, refusals, WordClass::refusal);
    add(table, betweens, WordClass::between);
    add(table, junctions, WordClass::junction);
    add(table, relations, WordClass::relation);
    add(table, features, WordClass::feature);
    return table;
}

} // namespace

WordClass class_of(std::string_view word) {
    static const Table table = make_word_table();
    const auto found = table.find(word);
    return found != table.end() ? found->second : WordClass::open;
}

} // namespace hotspots::data
