// Cells: squares with their counts. Significant ones (Gi*, false discoveries held down) have a thick
// dark outline. The list is the plain ranked count, which predicts about as well as hotspots do.
import type { Feature, FeatureCollection, MultiPolygon, Polygon } from 'geojson';

import type { Counts } from '../api.ts';
import { element } from '../dom.ts';
import { count, counted, gridReference, percent, shareOfArea } from '../format.ts';
import { boxOf } from '../geometry.ts';
import { getJson } from '../http.ts';
import { detailSentence } from '../words.ts';
import type { Drawn, GoTo, Surface } from './surface.ts';

interface CellProperties {
  rank: number;
  incidents: number;
  gi_star_z: number;
  fdr_significant: boolean;
  easting: number;
  northing: number;
}

type Cell = Feature<Polygon | MultiPolygon, CellProperties>;

interface CaptureStep {
  cells: number;
  area_share: number;
  share: number;
}

export interface Cells extends FeatureCollection<Polygon | MultiPolygon, CellProperties>, Counts {
  features: Cell[];
  numberMatched: number;
  cells: number;
  fdr_significant: number;
  false_discovery_rate: number;
  cell_m: number;
  capture: CaptureStep[];
}

const LISTED = 50;
const NAMED_CELLS = 20; // of the sentence on how few hold how much

// Lower ends of the classes of counts, and their fills.
export const COUNT_CLASSES = [
  { from: 1, colour: '#f1eef8' }, { from: 5, colour: '#d3c9ea' }, { from: 10, colour: '#ab9ad2' },
  { from: 25, colour: '#7a68b0' }, { from: 50, colour: '#3b2470' },
] as const;

export function fetchCells(query: URLSearchParams, signal: AbortSignal): Promise<Cells> {
  const all = new URLSearchParams(query);
  all.set('limit', '10000');
  return getJson<Cells>(`collections/cells/items?${all}`, signal);
}

export function classOf(incidents: number): number {
  return Math.max(0, COUNT_CLASSES.findLastIndex(({ from }) => incidents >= from));
}

export function className(index: number): string {
  const { from } = COUNT_CLASSES[index] ?? COUNT_CLASSES[0];
  const next = COUNT_CLASSES[index + 1];
  return next ? `${from} to ${next.from - 1}` : `${from} and more`;
}

function significanceWords({ gi_star_z: z, fdr_significant: significant }: CellProperties): string {
  return `Gi* z ${z.toFixed(1)}, ${significant ? 'significant' : 'not significant'}`;
}

function drawnCells(cells: Cells): Drawn[] {
  return cells.features.map(({ type, geometry, properties }) => ({
    type, geometry,
    properties: {
      kind: 'cell', colour: COUNT_CLASSES[classOf(properties.incidents)]?.colour ?? '', width: 0.5,
      strong: properties.fdr_significant, count: count(properties.incidents),
      said: `Cell of rank ${properties.rank}: ${counted(properties.incidents, 'incident', 'incidents')}; ${significanceWords(properties)}`,
    },
  }));
}

function legendOf(cells: Cells): HTMLElement[] {
  const entries = COUNT_CLASSES.map(({ colour }, index) => {
    const sample = element('span', { class: 'sample area cell-sample' });
    sample.style.background = colour;
    return element('li', {}, sample, element('span', {}, className(index)));
  });
  const strong = element('li', {}, element('span', { class: 'sample area cell-sample strong' }),
    element('span', {}, 'Thick outline: significant'));
  return [
    element('p', {}, `Incidents in each ${count(cells.cell_m)} m square (the count is written on it when you zoom in):`),
    element('ul', {}, ...entries, strong),
    element('p', {}, `Significant: Gi* finds more here and around than chance explains; at most ${(cells.false_discovery_rate * 100).toFixed(0)}\u00a0% ` +
      'of those marked are expected to be false.'),
  ];
}

export function captureSentence(cells: Cells): string {
  const steps = cells.capture.filter((step) => step.cells <= NAMED_CELLS);
  const step = steps[steps.length - 1];
  if (!step) return '';
  const holds = step.cells === 1 ? 'holds' : 'hold';
  return `${counted(step.cells, 'cell', 'cells')}, ${shareOfArea(step.area_share)} of the area, ${holds} ${percent(step.share)} of incidents.`;
}

export function cellsSummary(cells: Cells): string {
  if (cells.numberMatched === 0) return 'No cell holds an incident under these filters.';
  return captureSentence(cells) || `${counted(cells.numberMatched, 'cell holds', 'cells hold')} incidents.`;
}

function cellEntry(cell: Cell, goTo: GoTo): HTMLElement {
  const { rank, incidents, fdr_significant: significant, easting, northing } = cell.properties;
  const button = element('button', { type: 'button', class: 'hotspot' },
    element('span', { class: significant ? 'rank band-0' : 'rank band-2' }, String(rank)),
    element('span', { class: 'name' }, counted(incidents, 'incident', 'incidents')),
    element('span', { class: 'figure' }, `${gridReference(easting, northing)}; ${significanceWords(cell.properties)}`));
  button.addEventListener('click', () => goTo(boxOf(cell.geometry)));
  return element('li', {}, button);
}

export function cellsSurface(cells: Cells, goTo: GoTo): Surface {
  const shown = cells.features.slice(0, LISTED);
  const rest = cells.numberMatched - shown.length;
  const significant = `${count(cells.fdr_significant)} of ${counted(cells.cells, 'cell', 'cells')} are significant.`;
  return {
    summary: cellsSummary(cells),
    details: [significant, detailSentence(cells)],
    body: [
      element('ol', { class: 'list' }, ...shown.map((cell) => cellEntry(cell, goTo))),
      ...(rest > 0 ? [element('p', { class: 'hint' }, `${counted(rest, 'more cell', 'more cells')} on the map and in the download.`)] : []),
    ],
    legend: legendOf(cells),
    drawn: drawnCells(cells),
  };
}
