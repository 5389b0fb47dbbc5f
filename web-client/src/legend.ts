// The legend: what a hotspot is in plain words, and what colours, numbers and lines stand for.
import type { Hotspots } from './api.ts';
import { element } from './dom.ts';
import { levelSentence, RANK_BANDS, whatAHotspotIs } from './words.ts';

function entry(sample: HTMLElement, text: string): HTMLElement {
  return element('li', {}, sample, element('span', {}, text));
}

// `answer` is null while there is none: the explanation stays.
export function showLegend(host: HTMLElement, answer: Hotspots | null, topPercent: string, bandwidthM: number): void {
  const bands = RANK_BANDS.map((band, index) =>
    entry(element('span', { class: `sample area band-${index}` }, String(band.from)), band.name));
  const lines = [
    entry(element('span', { class: 'sample line authority' }), 'Local authority'),
    entry(element('span', { class: 'sample line ward' }), 'Ward'),
  ];
  host.replaceChildren(
    element('ul', {}, ...bands, ...lines),
    element('p', {}, [whatAHotspotIs(topPercent, bandwidthM), answer ? levelSentence(answer) : ''].join(' ')));
}
