#include "service/map_style.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace hotspots::service {

namespace {

using nlohmann::ordered_json;

// Layers of one collection, in JSON; `source` and `source-layer` are the collection.
struct StyleLayers {
    std::string_view collection;
    std::string_view layers;
};

constexpr std::string_view isoband_layers = R"([
{"id":"isobands-fill","type":"fill","paint":{"fill-antialias":false,"fill-opacity":0.6,
 "fill-color":["interpolate",["linear"],["get","from_per_km2"],
  1,"#fde8d3",5,"#fdc38d",20,"#f7884b",50,"#dd5026",100,"#a82b18",500,"#5f1212"]}},
{"id":"isobands-line","type":"line","minzoom":11,
 "paint":{"line-color":"#7a2a16","line-width":0.5,"line-opacity":0.6}}
])";

constexpr std::string_view cell_layers = R"([
{"id":"cells-fill","type":"fill","paint":{"fill-opacity":0.55,
 "fill-color":["case",["get","fdr_significant"],"#c2410c",
  ["interpolate",["linear"],["get","gi_star_z"],0,"#f4f1ea",4,"#f3c583"]]}},
{"id":"cells-line","type":"line","minzoom":13,"filter":["==",["get","fdr_significant"],true],
 "paint":{"line-color":"#7c2d12","line-width":1}}
])";

// Far away a hotspot is a spot to be seen, close by it leaves the names below it readable.
constexpr std::string_view hotspot_layers = R"([
{"id":"hotspots-fill","type":"fill","paint":{
 "fill-color":["step",["get","rank"],"#3b2470",6,"#5d4796",16,"#7a68b0"],
 "fill-opacity":["interpolate",["linear"],["zoom"],9,0.8,13,0.35]}},
{"id":"hotspots-line","type":"line","layout":{"line-join":"round"},"paint":{
 "line-color":["step",["get","rank"],"#3b2470",6,"#5d4796",16,"#7a68b0"],
 "line-width":["step",["get","rank"],2.5,6,1.75,16,1]}}
])";

constexpr std::string_view ward_layers = R"([
{"id":"wards-line","type":"line","layout":{"line-join":"round"},"paint":{
 "line-color":"#bcc2c9","line-width":["interpolate",["linear"],["zoom"],8,0.5,14,1.6]}}
])";

constexpr std::string_view authority_layers = R"([
{"id":"authorities-line","type":"line","layout":{"line-join":"round"},"paint":{
 "line-color":"#6f7780","line-width":["interpolate",["linear"],["zoom"],8,1.1,14,2.6]}}
])";

// The area of a circle goes by how many incidents it stands for.
constexpr std::string_view incident_layers = R"([
{"id":"incidents-circle","type":"circle","paint":{
 "circle-color":["match",["get","source"],"police","#1d4f91","ed","#b3261e","ambulance","#1e7b45",
  "#555b61"],
 "circle-opacity":0.75,"circle-stroke-color":"#ffffff","circle-stroke-width":0.75,
 "circle-radius":["min",24,["*",2.5,["sqrt",["max",1,["number",["get","point_count"],1]]]]]}}
])";

constexpr std::string_view gazetteer_layers = R"([
{"id":"gazetteer-names","type":"symbol","minzoom":13,"layout":{
 "text-field":["get","name"],"text-font":["Noto Sans Regular"],
 "text-size":["interpolate",["linear"],["zoom"],13,10.5,16,13],"text-max-width":8,"text-padding":4,
 "symbol-sort-key":["match",["get","kind"],"place",0,"poi",1,2]},
 "paint":{"text-color":"#4a5058","text-halo-color":"#ffffff","text-halo-width":1.5}}
])";

constexpr std::string_view ward_names = R"([
{"id":"wards-names","type":"symbol","minzoom":11,"layout":{
 "text-field":["get","name"],"text-font":["Noto Sans Regular"],
 "text-size":["interpolate",["linear"],["zoom"],11,11,15,15],"text-max-width":7,"text-padding":6},
 "paint":{"text-color":"#454b53","text-halo-color":"#ffffff","text-halo-width":1.5}}
])";

constexpr std::string_view authority_names = R"([
{"id":"authorities-names","type":"symbol","maxzoom":11,"layout":{
 "text-field":["get","name"],"text-font":["Noto Sans Bold"],
 "text-size":["interpolate",["linear"],["zoom"],7,11,10,14],"text-max-width":7,"text-padding":6},
 "paint":{"text-color":"#343a40","text-halo-color":"#ffffff","text-halo-width":1.5}}
])";

constexpr std::string_view hotspot_names = R"([
{"id":"hotspots-names","type":"symbol","minzoom":11.5,"layout":{
 "text-field":["concat",["to-string",["get","rank"]],"  ",["get","label"]],
 "text-font":["Noto Sans Bold"],"text-size":["interpolate",["linear"],["zoom"],11.5,11,15,14],
 "text-max-width":10,"symbol-sort-key":["get","rank"]},
 "paint":{"text-color":"#2a1a55","text-halo-color":"#ffffff","text-halo-width":2}}
])";

// From below to above.
constexpr std::array<StyleLayers, 10> drawing_order{{{"isobands", isoband_layers},
                                                     {"cells", cell_layers},
                                                     {"wards", ward_layers},
                                                     {"authorities", authority_layers},
                                                     {"hotspots", hotspot_layers},
                                                     {"incidents", incident_layers},
                                                     {"gazetteer", gazetteer_layers},
                                                     {"wards", ward_names},
                                                     {"authorities", authority_names},
                                                     {"hotspots", hotspot_names}}};

// With other collections over them, points and cells wait for zooms at which they tell more than
// they hide.
int least_zoom_beside_others(std::string_view collection) {
    return collection == "incidents" ? 14 : collection == "cells" ? 13 : 0;
}

void add_layers(ordered_json& layers, const StyleLayers& added, bool beside_others) {
    for (auto& layer : ordered_json::parse(added.layers)) {
        layer["source"] = added.collection;
        layer["source-layer"] = added.collection;
        const int least = beside_others ? least_zoom_beside_others(added.collection) : 0;
        if (least > layer.value("minzoom", 0)) {
            layer["minzoom"] = least;
        }
        layers.push_back(std::move(layer));
    }
}

} // namespace

ordered_json map_style(const MapStyle& style, std::span<const std::string_view> collections) {
    auto sources = ordered_json::object();
    auto layers = ordered_json::array();
    layers.push_back(
        {{"id", "ground"}, {"type", "background"}, {"paint", {{"background-color", "#f4f3f0"}}}});
    for (const auto& drawn : drawing_order) {
        if (std::ranges::find(collections, drawn.collection) != collections.end()) {
            const std::string name(drawn.collection);
            // The names of places take no parameters.
            sources[name] = {{"type", "vector"},
                             {"url", style.base + "/tiles/" + name + ".json" +
                                         (name == "gazetteer" ? "" : style.query)}};
            add_layers(layers, drawn, collections.size() > 1);
        }
    }
    ordered_json json{{"version", 8}, {"name", style.title}};
    if (style.centre) {
        json["center"] = {style.centre->lon_deg, style.centre->lat_deg};
        json["zoom"] = 8.5;
    }
    json["glyphs"] = style.base + "/fonts/{fontstack}/{range}.pbf";
    json["sources"] = std::move(sources);
    json["layers"] = std::move(layers);
    return json;
}

} // namespace hotspots::service
