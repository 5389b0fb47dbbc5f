// Where this period differs from the one before, or one source from another, by more than chance
// explains. Higher and lower have lines and hatches of their own and are told in words.
import type { Feature, MultiPolygon, Polygon } from 'geojson';

import { type Following, getInBackground } from '../background.ts';
import { element } from '../dom.ts';
import { count, counted, listed, percent, period } from '../format.ts';
import { boxOf } from '../geometry.ts';
import { sourceName } from '../why/words.ts';
import type { Drawn, GoTo, Surface } from './surface.ts';

interface Side {
  incidents: number;
  period: string;
  source: string | null;
}

interface RegionProperties {
  kind: 'significant' | 'difference'; // bands of the whole difference are not drawn: most of it is chance
  direction: 'higher' | 'lower';
  label: string;
  wards: string[];
  incidents: number;
  with_incidents: number;
  share: number | null;
  with_share: number | null;
}

interface HealthProperties {
  label: string;
  incidents: number;
  police_incidents: number;
}

type Region<Properties> = Feature<Polygon | MultiPolygon, Properties>;

export interface Comparison {
  as: 'counts' | 'shares';
  first: Side;
  with: Side;
  totals: { incidents: number; with_incidents: number; ratio: number | null; ratio_low: number | null; ratio_high: number | null } | null;
  test: { error_rate: number; p: number; tested_cells: number };
  only_in_health: { source: string; features: Region<HealthProperties>[] } | null;
  features: Region<RegionProperties>[];
}

export function fetchComparison(query: URLSearchParams, following: Following): Promise<Comparison> {
  return getInBackground<Comparison>(`analysis/compare?${query}`, following);
}

function significant({ features }: Comparison): Region<RegionProperties>[] {
  return features.filter(({ properties }) => properties.kind === 'significant');
}

function recordsOf(source: string | null): string {
  return `${sourceName(source ?? '').toLowerCase()} records`;
}

// "this period", "the period before"; or "police records" and those of another source.
function sideNames({ first, with: other }: Comparison): [string, string] {
  return first.source === other.source ? ['this period', 'the period before'] : [recordsOf(first.source), recordsOf(other.source)];
}

// "Granby Street, Castle: higher, 45 after 20".
export function regionWords({ as: kind }: Comparison, region: RegionProperties, names: readonly [string, string]): string {
  if (kind === 'counts') return `${counted(region.incidents, 'incident', 'incidents')} after ${count(region.with_incidents)}`;
  return `${percent(region.share)} of ${names[0]}, ${percent(region.with_share)} of ${names[1]}`;
}

export function comparisonSummary(comparison: Comparison): string {
  if (comparison.with.incidents === 0 || comparison.first.incidents === 0) {
    const empty = comparison.with.incidents === 0 ? comparison.with : comparison.first;
    return `Nothing to compare: no mapped incident ${empty.source ? `in ${recordsOf(empty.source)}, ` : 'in '}${period(empty.period)}.`;
  }
  const found = significant(comparison);
  if (found.length === 0) return 'No place differs by more than chance explains.';
  const higher = found.filter(({ properties }) => properties.direction === 'higher').length;
  const [ours, theirs] = comparison.as === 'counts' ? ['higher', 'lower'] : sideNames(comparison).map((name) => `denser in ${name}`);
  const parts = [higher > 0 ? `${counted(higher, 'place', 'places')} ${ours}` : '',
    found.length > higher ? `${counted(found.length - higher, 'place', 'places')} ${theirs}` : ''].filter(Boolean);
  return `${listed(parts)}, by more than chance explains.`;
}

export function comparisonDetails(comparison: Comparison): string[] {
  const [ours, theirs] = sideNames(comparison);
  const { totals, first, with: other, test } = comparison;
  const chance = `Where the two do not differ at all, a place would be marked in at most ${(test.error_rate * 100).toFixed(0)}\u00a0% of comparisons.`;
  if (!totals) {
    return [`${period(first.period)}: ${count(first.incidents)} ${ours} beside ${count(other.incidents)} ${theirs}, ` +
      'each as shares of their own. Sources are never added together.', chance];
  }
  const times = (value: number) => value.toFixed(2);
  const ratio = totals.ratio !== null && totals.ratio_low !== null && totals.ratio_high !== null
    ? `, ${times(totals.ratio)} times as many a day (${times(totals.ratio_low)} to ${times(totals.ratio_high)})` : '';
  return [`${period(first.period)}, compared with ${period(other.period)}: ${counted(totals.incidents, 'incident', 'incidents')} after ` +
    `${count(totals.with_incidents)}${ratio}.`, chance];
}

function drawnRegions(comparison: Comparison): Drawn[] {
  const names = sideNames(comparison);
  const regions = significant(comparison).map(({ type, geometry, properties }): Drawn => ({
    type, geometry,
    properties: {
      kind: properties.direction, colour: properties.direction === 'higher' ? '#7a1f3d' : '#0b4f6c', width: 0, strong: false, count: '',
      said: `${properties.label}: ${properties.direction}, ${regionWords(comparison, properties, names)}`,
    },
  }));
  const health = (comparison.only_in_health?.features ?? []).map(({ type, geometry, properties }): Drawn => ({
    type, geometry,
    properties: {
      kind: 'health', colour: '#ffffff', width: 0, strong: false, count: '',
      said: `${properties.label}: hot in ${recordsOf(comparison.only_in_health?.source ?? null)} only`,
    },
  }));
  return [...regions, ...health];
}

function entry(mark: string, name: string, figure: string, go: () => void): HTMLElement {
  const button = element('button', { type: 'button', class: 'hotspot' },
    element('span', { class: 'mark', 'aria-hidden': 'true' }, mark),
    element('span', { class: 'name' }, name), element('span', { class: 'figure' }, figure));
  button.addEventListener('click', go);
  return element('li', {}, button);
}

function regionList(comparison: Comparison, goTo: GoTo): HTMLElement[] {
  const names = sideNames(comparison);
  const entries = significant(comparison).map(({ geometry, properties }) => entry(
    properties.direction === 'higher' ? '▲' : '▼', properties.label,
    `${properties.direction === 'higher' ? 'Higher' : 'Lower'}: ${regionWords(comparison, properties, names)}`,
    () => goTo(boxOf(geometry))));
  return entries.length > 0 ? [element('ol', { class: 'list' }, ...entries)] : [];
}

function healthList({ only_in_health: health }: Comparison, goTo: GoTo): HTMLElement[] {
  if (!health) return [];
  const records = recordsOf(health.source);
  if (health.features.length === 0) return [element('p', { class: 'hint' }, `No place is a hotspot of ${records} only.`)];
  const entries = health.features.map(({ geometry, properties }) => entry('◆', properties.label,
    `${count(properties.incidents)} ${records}, ${count(properties.police_incidents)} of the police`,
    () => goTo(boxOf(geometry))));
  return [element('h3', {}, `Hot in ${records} only`), element('ol', { class: 'list' }, ...entries)];
}

function legendOf(comparison: Comparison): HTMLElement[] {
  const [ours, theirs] = sideNames(comparison);
  const sample = (kind: string, text: string) =>
    element('li', {}, element('span', { class: `sample area ${kind}` }), element('span', {}, text));
  return [element('ul', {},
    sample('higher-sample', `Full line, hatched /: higher in ${ours} than in ${theirs}`),
    sample('lower-sample', 'Broken line, hatched \\: lower'),
    ...(comparison.only_in_health ? [sample('health-sample', 'Dotted line: a hotspot of health records only')] : []))];
}

export function comparisonSurface(comparison: Comparison, goTo: GoTo): Surface {
  return {
    summary: comparisonSummary(comparison),
    details: comparisonDetails(comparison),
    body: [...regionList(comparison, goTo), ...healthList(comparison, goTo)],
    legend: legendOf(comparison),
    drawn: drawnRegions(comparison),
  };
}
