// The legend: what a hotspot is in plain words, and what colours, numbers and lines stand for.
import type { Hotspots } from './api.ts';
import { element } from './dom.ts';
import { levelSentence, RANK_BANDS, whatAHotspotIs } from './words.ts';

function entry(sample: HTMLElement, text: string): HTMLElement {
  return element('li', {}, sample, element('span', {}, text));
}

const LINES: readonly (readonly [string, string])[] = [['authority', 'Local authority'], ['ward', 'Ward']];

function lines(): HTMLElement[] {
  return LINES.map(([kind, text]) => entry(element('span', { class: `sample line ${kind}` }), text));
}

// What another view than the hotspots' draws, and the lines below all.
export function showSurfaceLegend(host: HTMLElement, parts: readonly HTMLElement[]): void {
  host.replaceChildren(...parts, element('ul', {}, ...lines()));
}

// `answer` is null while there is none: the explanation stays.
export function showLegend(host: HTMLElement, answer: Hotspots | null, topPercent: string, bandwidthM: number): void {
  const bands = RANK_BANDS.map((band, index) =>
    entry(element('span', { class: `sample area band-${index}` }, String(band.from)), band.name));
  host.replaceChildren(
    element('ul', {}, ...bands, ...lines()),
    element('p', {}, [whatAHotspotIs(topPercent, bandwidthM), answer ? levelSentence(answer) : ''].join(' ')));
}
