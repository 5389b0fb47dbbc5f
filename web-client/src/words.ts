// The sentences of the page: what a hotspot is, how many there are, what was left out and how sure
// the picture is. Pure functions of an answer, so that they are tested without a browser.
import type { Counts, HotspotProperties, Hotspots } from './api.ts';
import { count, counted, density, listed, percent, period } from './format.ts';

export const DEFAULT_BANDWIDTH_M = 300;
const PUBLISHED_MINIMUM_HIT_RATE = 0.85; // Ratcliffe 2004

// The rank bands of the map and of its legend.
export const RANK_BANDS = [
  { from: 1, to: 5, name: 'Ranks 1 to 5' },
  { from: 6, to: 15, name: 'Ranks 6 to 15' },
  { from: 16, to: Infinity, name: 'Rank 16 and below' },
] as const;

export function bandOf(rank: number): number {
  return RANK_BANDS.findIndex((band) => rank <= band.to);
}

export function whatAHotspotIs(topPercent: string, bandwidthM: number): string {
  return (
    `A hotspot is in the hottest ${topPercent} % of Leicester, Leicestershire and Rutland by incidents per km², ` +
    'above 3 times the peak of a single incident, and holds at least 5 incidents. ' +
    `Each incident is spread over ${count(bandwidthM)} m. Rank 1 has the most incidents.`
  );
}

export function levelSentence(answer: Hotspots): string {
  const level = `Here the line is at ${density(answer.level_per_km2)}`;
  const floor = answer.floor_reached ? ', the lowest it may be (3 times a single incident’s peak).' : '.';
  if (answer.not_drawn === 0) return level + floor;
  const places = counted(answer.not_drawn, 'place', 'places');
  const held = counted(answer.not_drawn_incidents, 'incident', 'incidents');
  return `${level}${floor} Not drawn: ${places} with fewer than 5 incidents (${held} together).`;
}

export function mappedCount(answer: Counts): number {
  return answer.in_scope - answer.unmapped - answer.outside;
}

export function summarySentence(answer: Hotspots): string {
  const held = answer.features.reduce((sum, hotspot) => sum + hotspot.properties.incidents, 0);
  const mapped = mappedCount(answer);
  const share = mapped > 0 ? ` (${percent(held / mapped)})` : '';
  const hotspots = counted(answer.features.length, 'hotspot', 'hotspots');
  const verb = answer.features.length === 1 ? 'holds' : 'hold';
  return `${hotspots} ${verb} ${count(held)} of ${counted(mapped, 'mapped incident', 'mapped incidents')}${share}.`;
}

// Period, hit rate and what was left out, for below the summary.
export function detailSentence(answer: Counts): string {
  return [`${period(answer.period)}.`, hitRateSentence(answer.hit_rate), leftOutSentence(answer)].filter(Boolean).join(' ');
}

// What the counts leave out; empty if nothing.
export function leftOutSentence(answer: Counts): string {
  const parts: string[] = [];
  if (answer.unmapped > 0) parts.push(`${count(answer.unmapped)} without a usable point`);
  if (answer.outside > 0) parts.push(`${count(answer.outside)} outside the area`);
  if (answer.review > 0) parts.push(`${count(answer.review)} waiting for a scope review`);
  const uncertain = answer.too_uncertain ?? 0;
  if (uncertain > 0) parts.push(`${count(uncertain)} with a point less exact than the bandwidth`);
  if (answer.filter_unknown > 0) parts.push(`${count(answer.filter_unknown)} where a filtered value is unknown`);
  return parts.length > 0 ? `Left out: ${listed(parts)}.` : '';
}

// "Hit rate 91.2 %." and what to think of it.
export function hitRateSentence(hitRate: number | null): string {
  if (hitRate === null) return 'Hit rate unknown.';
  const low = hitRate < PUBLISHED_MINIMUM_HIT_RATE ? ', below the published minimum of 85 %: read with care' : '';
  return `Hit rate ${percent(hitRate)}${low}.`;
}

// How sure one hotspot is: never shown without its figures.
export function uncertaintySentence(hotspot: HotspotProperties, answer: Hotspots): string {
  const hitRate = hotspot.hit_rate ?? answer.hit_rate;
  const located =
    hitRate === null
      ? 'How many of the records could be located is unknown.'
      : `${percent(hitRate)} of the records inside the area could be located (hit rate).`;
  return [
    `The outline is no more exact than the ${count(answer.bandwidth_m)} m bandwidth and follows no street edge.`,
    located,
    leftOutSentence(answer),
  ].filter(Boolean).join(' ');
}

export const EMPTY_SUMMARY = 'No hotspots under these filters.';

// What there is instead of hotspots; `filters` in words.
export function emptySentence(answer: Hotspots, filters: string): string {
  const found = counted(answer.in_scope, 'incident', 'incidents');
  const mapped = answer.in_scope > 0 ? `, ${count(mappedCount(answer))} of them mapped` : '';
  return `${filters}: ${found} in scope${mapped}. ${leftOutSentence(answer)}`.trim();
}
