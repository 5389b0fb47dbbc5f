// Density bands: areas between two densities. Edges are lines, thicker where it is denser, so that the
// order can be seen without the colours.
import type { Feature, FeatureCollection, MultiPolygon, Polygon } from 'geojson';

import type { Counts } from '../api.ts';
import { element } from '../dom.ts';
import { area, count, density } from '../format.ts';
import { getJson } from '../http.ts';
import { table } from '../table.ts';
import { detailSentence } from '../words.ts';
import type { Drawn, Surface } from './surface.ts';

interface BandProperties {
  from_per_km2: number;
  to_per_km2: number | null; // null: the highest, open upwards
  area_km2: number;
}

export interface Bands extends FeatureCollection<Polygon | MultiPolygon, BandProperties>, Counts {
  features: Feature<Polygon | MultiPolygon, BandProperties>[];
  peak_per_km2: number;
  bandwidth_m: number;
}

// Light to dark; on each of them, as drawn, lines and letters stay readable.
const LIGHT = [222, 214, 240] as const;
const DARK = [59, 36, 112] as const;

export function fetchBands(query: URLSearchParams, signal: AbortSignal): Promise<Bands> {
  const all = new URLSearchParams(query);
  all.set('limit', '100'); // more than there can be levels
  return getJson<Bands>(`collections/isobands/items?${all}`, signal);
}

// Of `bands` steps the one at `index`.
export function bandColour(index: number, bands: number): string {
  const along = bands > 1 ? index / (bands - 1) : 1;
  const [red, green, blue] = LIGHT.map((from, i) => Math.round(from + along * ((DARK[i] ?? 0) - from)));
  return `rgb(${red}, ${green}, ${blue})`;
}

function edgeWidth(index: number): number {
  return 0.75 + 0.4 * index;
}

export function bandName({ from_per_km2: from, to_per_km2: to }: BandProperties): string {
  return to === null ? `${count(from)} and more` : `${count(from)} to ${count(to)}`;
}

function drawnBands(bands: Bands): Drawn[] {
  return bands.features.map(({ type, geometry, properties }, index) => ({
    type, geometry,
    properties: {
      kind: 'band', colour: bandColour(index, bands.features.length), width: edgeWidth(index), strong: false, count: '',
      said: `${bandName(properties)} incidents per km²`,
    },
  }));
}

function legendOf(bands: Bands): HTMLElement[] {
  const entries = bands.features.map(({ properties }, index) => {
    const sample = element('span', { class: 'sample area band-sample' });
    sample.style.background = bandColour(index, bands.features.length);
    sample.style.borderWidth = `${edgeWidth(index)}px`;
    return element('li', {}, sample, element('span', {}, bandName(properties)));
  });
  return [
    element('p', {}, 'Incidents per km² over the period:'),
    element('ul', {}, ...entries),
    element('p', {}, 'The denser, the darker the band and the thicker its edge. Paler than all: fewer.'),
  ];
}

export function bandsSummary(bands: Bands): string {
  return bands.features.length === 0
    ? 'No density to divide under these filters.'
    : `${bands.features.length} bands; the peak is ${density(bands.peak_per_km2)}.`;
}

export function bandsSurface(bands: Bands): Surface {
  const rows = [...bands.features].reverse().map(({ properties }) => [bandName(properties), area(properties.area_km2)]);
  return {
    summary: bandsSummary(bands),
    details: [detailSentence(bands)],
    body: rows.length > 0 ? [table('Density bands', ['Incidents per km²', 'Area'], rows, [1])] : [],
    legend: legendOf(bands),
    drawn: drawnBands(bands),
  };
}
