// The map's style: pale ground, outlines and names from the service's own tiles, hotspots on top.
// It has no `glyphs` and no `sprite`: MapLibre then draws every letter with the machine's own fonts,
// and nothing is loaded from elsewhere.
import type {
  ExpressionSpecification, LayerSpecification, SourceSpecification, StyleSpecification, SymbolLayerSpecification,
} from 'maplibre-gl';

import { tileAddress, type TileJson } from './api.ts';
import { SURFACE_SOURCES, surfaceLabels, surfaceLayers } from './surface_layers.ts';
import { RANK_BANDS } from './words.ts';

export const TILED = ['authorities', 'wards', 'gazetteer'] as const;
export const NAME_SOURCES = ['authority-names', 'ward-names'] as const;
export const STREET_NAMES_FROM_ZOOM = 13;

// Dark to light by rank; white numbers on each reach 4.5:1. The same colours are in style.css.
export const BAND_COLOURS = ['#3b2470', '#5d4796', '#7a68b0'] as const;

// CSS font families. MapLibre reads the weight from the first name; no machine has a family called
// Bold, so the letters are the next one's.
const PLAIN = ['system-ui', 'sans-serif'];
const BOLD = ['Bold', 'system-ui', 'sans-serif'];

const HALO = { 'text-halo-color': '#ffffff', 'text-halo-width': 1.5 };

function byBand(values: readonly [string | number, string | number, string | number]): ExpressionSpecification {
  return [
    'step', ['get', 'rank'], values[0], RANK_BANDS[1].from, values[1], RANK_BANDS[2].from, values[2],
  ] as ExpressionSpecification;
}

function growing(from: readonly [number, number], to: readonly [number, number]): ExpressionSpecification {
  return ['interpolate', ['linear'], ['zoom'], from[0], from[1], to[0], to[1]];
}

function outlines(collection: 'wards' | 'authorities', colour: string, wide: ExpressionSpecification): LayerSpecification {
  return {
    id: `${collection}-line`, type: 'line', source: collection, 'source-layer': collection,
    layout: { 'line-join': 'round' }, paint: { 'line-color': colour, 'line-width': wide },
  };
}

function streetNames(): SymbolLayerSpecification {
  return {
    id: 'gazetteer-names', type: 'symbol', source: 'gazetteer', 'source-layer': 'gazetteer',
    minzoom: STREET_NAMES_FROM_ZOOM,
    layout: {
      'text-field': ['get', 'name'], 'text-font': PLAIN,
      'text-size': growing([13, 10.5], [16, 13]), 'text-max-width': 8, 'text-padding': 4,
      // Places before points of interest before streets.
      'symbol-sort-key': ['match', ['get', 'kind'], 'place', 0, 'poi', 1, 2],
    },
    paint: { 'text-color': ['match', ['get', 'kind'], 'street', '#4a5058', '#33475a'], ...HALO },
  };
}

function areaNames(kind: 'ward' | 'authority'): SymbolLayerSpecification {
  const isWard = kind === 'ward';
  return {
    id: `${kind}-names`, type: 'symbol', source: `${kind}-names`,
    ...(isWard ? { minzoom: 10.5 } : { maxzoom: 10.5 }),
    layout: {
      'text-field': ['get', 'name'], 'text-font': isWard ? PLAIN : BOLD,
      'text-size': isWard ? growing([10.5, 11], [15, 15]) : growing([7, 11], [10, 14]),
      'text-max-width': 7, 'text-padding': 6,
      'text-variable-anchor': ['center', 'top', 'bottom', 'left', 'right'], 'text-radial-offset': 1,
    },
    paint: { 'text-color': isWard ? '#454b53' : '#343a40', ...HALO },
  };
}

function hotspotLayers(): LayerSpecification[] {
  return [
    {
      id: 'hotspot-fill', type: 'fill', source: 'hotspots',
      // Far away a hotspot is a dot to be seen, close by it must leave the names below it readable.
      paint: {
        'fill-color': byBand(BAND_COLOURS),
        'fill-opacity': ['interpolate', ['linear'], ['zoom'], 9, 0.8, 13, byBand([0.4, 0.34, 0.28])],
      },
    },
    {
      id: 'hotspot-line', type: 'line', source: 'hotspots', layout: { 'line-join': 'round' },
      paint: { 'line-color': byBand(BAND_COLOURS), 'line-width': byBand([2.5, 1.75, 1]) },
    },
    {
      id: 'hotspot-selected-halo', type: 'line', source: 'hotspots', filter: ['==', ['get', 'id'], ''],
      layout: { 'line-join': 'round' }, paint: { 'line-color': '#ffffff', 'line-width': 7 },
    },
    {
      id: 'hotspot-selected', type: 'line', source: 'hotspots', filter: ['==', ['get', 'id'], ''],
      layout: { 'line-join': 'round' }, paint: { 'line-color': '#111418', 'line-width': 3.5 },
    },
  ];
}

function hotspotLabels(): SymbolLayerSpecification[] {
  return [
    {
      id: 'hotspot-names', type: 'symbol', source: 'hotspot-points', minzoom: 11.5,
      layout: {
        'text-field': ['get', 'label'], 'text-font': BOLD, 'text-size': growing([11.5, 11], [15, 14]),
        'text-variable-anchor': ['top', 'bottom', 'left', 'right'], 'text-radial-offset': 1.4,
        'text-max-width': 10, 'symbol-sort-key': ['get', 'rank'],
      },
      paint: { 'text-color': '#2a1a55', ...HALO, 'text-halo-width': 2 },
    },
    {
      id: 'hotspot-ranks', type: 'symbol', source: 'hotspot-points',
      layout: {
        'icon-image': byBand(['disc-0', 'disc-1', 'disc-2']), 'icon-size': growing([8, 0.8], [12, 1]),
        'text-field': ['to-string', ['get', 'rank']], 'text-font': BOLD, 'text-size': growing([8, 10], [12, 12.5]),
        'symbol-sort-key': ['get', 'rank'], 'icon-padding': 0, 'text-padding': 0,
      },
      paint: { 'text-color': '#ffffff' },
    },
  ];
}

function tiled(collection: string, tileJson: TileJson): SourceSpecification {
  const { minzoom = 0, maxzoom = 14, bounds } = tileJson;
  return { type: 'vector', tiles: [tileAddress(collection)], minzoom, maxzoom, ...(bounds ? { bounds } : {}) };
}

function sourcesOf(tileJsons: readonly TileJson[], drawn: readonly string[]): Record<string, SourceSpecification> {
  const sources: Record<string, SourceSpecification> = {};
  TILED.forEach((collection, index) => (sources[collection] = tiled(collection, tileJsons[index] ?? {})));
  for (const name of [...drawn, ...NAME_SOURCES]) {
    sources[name] = { type: 'geojson', data: { type: 'FeatureCollection', features: [] } };
  }
  return sources;
}

// Ground and outlines, what `drawn` shows, names, and its labels.
function layersAround(drawn: LayerSpecification[], labels: LayerSpecification[]): LayerSpecification[] {
  return [
    { id: 'ground', type: 'background', paint: { 'background-color': '#e9eaec' } },
    {
      id: 'area', type: 'fill', source: 'authorities', 'source-layer': 'authorities',
      paint: { 'fill-color': '#fbfbfa', 'fill-antialias': false },
    },
    outlines('wards', '#bcc2c9', growing([8, 0.5], [14, 1.6])),
    outlines('authorities', '#6f7780', growing([8, 1.1], [14, 2.6])),
    ...drawn,
    streetNames(),
    areaNames('ward'),
    areaNames('authority'),
    ...labels,
  ];
}

// Outlines and names alone. `tileJsons` in the order of TILED, as below.
export function plainStyle(tileJsons: readonly TileJson[]): StyleSpecification {
  return { version: 8, sources: sourcesOf(tileJsons, []), layers: layersAround([], []) };
}

export function mapStyle(tileJsons: readonly TileJson[]): StyleSpecification {
  return {
    version: 8,
    sources: sourcesOf(tileJsons, ['hotspots', 'hotspot-points', ...SURFACE_SOURCES]),
    layers: layersAround([...surfaceLayers(), ...hotspotLayers()], [...surfaceLabels(), ...hotspotLabels()]),
  };
}
