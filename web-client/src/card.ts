// The card of one hotspot: its figures, and how sure they are.
import type { Hotspot, Hotspots } from './api.ts';
import { element } from './dom.ts';
import { area, count, density, listed, percent } from './format.ts';
import { mappedCount, uncertaintySentence } from './words.ts';

function row(term: string, value: string): HTMLElement[] {
  return [element('dt', {}, term), element('dd', {}, value)];
}

// "Survives 93 % of 203 runs." as a sentence; empty stays empty.
export function cardSurvival(words: string): string {
  return words ? `${words.charAt(0).toUpperCase()}${words.slice(1)}.` : '';
}

// `survival` is in words, empty while nobody has tested it; `why` stands below the figures.
export function makeCard(
  hotspot: Hotspot, answer: Hotspots, survival: string, why: HTMLElement, showOnMap: () => void
): HTMLElement {
  const figures = hotspot.properties;
  const list = element('dl', {},
    ...row('Incidents', `${count(figures.incidents)} (${percent(figures.share)} of ${count(mappedCount(answer))} mapped)`),
    ...row('Area', area(figures.area_km2)),
    ...row('Peak density', density(figures.peak_per_km2)),
    ...row(figures.wards.length === 1 ? 'Ward' : 'Wards', listed(figures.wards) || 'none'),
    ...row('Hit rate', percent(figures.hit_rate ?? answer.hit_rate)));
  const zoom = element('button', { type: 'button', class: 'quiet' }, 'Show on map');
  zoom.addEventListener('click', showOnMap);
  return element('div', { class: 'card' }, list,
    element('p', { class: 'survival' }, cardSurvival(survival)),
    element('p', { class: 'uncertainty' }, uncertaintySentence(figures, answer)), zoom, why);
}
