// The sentences and figures of 'Is it real?'. Pure functions of the answers.
import { count, counted, percent, period, shareOfArea } from '../format.ts';
import type { Estimate, Evaluation, Forecast, Stability } from './api.ts';

const WEAK = 0.5; // survives fewer than half of the runs

// "survives 93 % of 203 runs": a survival is never shown without how many runs it comes from.
export function survivalWords(share: number, runs: number): string {
  return `survives ${(share * 100).toFixed(0)}\u00a0% of ${counted(runs, 'run', 'runs')}`;
}

export function stabilitySentence({ runs, hotspots }: Stability): string {
  if (hotspots.length === 0) return 'There is no hotspot to test.';
  const firm = hotspots.filter(({ survival }) => survival >= 0.9).length;
  const weak = hotspots.filter(({ survival }) => survival < WEAK).length;
  return (
    `Of ${counted(hotspots.length, 'hotspot', 'hotspots')}, ${count(firm)} survive 90\u00a0% or more of ${count(runs.all)} runs` +
    `${weak > 0 ? `, and ${count(weak)} fewer than half: read those with care` : ', and none fewer than half'}.`
  );
}

export const STABILITY_METHOD =
  'In each run the hotspots are found again with another bandwidth, a shifted grid, points moved by their own ' +
  'uncertainty, or a sample of the incidents. A hotspot survives if at least half of its area is still in one.';

export function evaluationSentence(evaluation: Evaluation): string {
  const { first, next, hotspots, chance } = evaluation;
  const periods = `Hotspots found in ${period(first.period)}, tested on ${period(next.period)}`;
  if (next.incidents === 0) return `${periods}: no incident to test them on.`;
  if (hotspots.places === 0 || !hotspots.hit_rate) return `${periods}: no hotspot was found to test.`;
  const expected = chance.hit_rate ? `; by chance it would be ${shareOfArea(chance.hit_rate.expected)}` : '';
  return (
    `${periods}: ${shareOfArea(hotspots.area_share)} of the area held ${percent(hotspots.hit_rate.value)} of ` +
    `${counted(next.incidents, 'incident', 'incidents')}${expected}. ${besideCells(evaluation)}`
  );
}

// Which of the two did better, if their intervals tell them apart at all.
function besideCells({ hotspots, cells }: Evaluation): string {
  if (!hotspots.hit_rate || !cells.hit_rate) return '';
  const ranked = `The plain ranked cells of the same area held ${percent(cells.hit_rate.value)}`;
  if (hotspots.hit_rate.low > cells.hit_rate.high) return `${ranked}: the hotspots did better.`;
  if (cells.hit_rate.low > hotspots.hit_rate.high) return `${ranked}: the cells did better.`;
  return `${ranked}: no clear difference.`;
}

// A figure and its interval; empty where there is none.
export type Figure = readonly [value: string, interval: string];

function estimateText(estimate: Estimate | null, text: (value: number) => string): Figure {
  return estimate ? [text(estimate.value), `${text(estimate.low)} to ${text(estimate.high)}`] : ['unknown', ''];
}

const share = (value: number) => (value * 100).toFixed(1);
const ratio = (value: number) => (value >= 10 ? value.toFixed(0) : value.toFixed(2));

// One row a measure: its name, hotspots, ranked cells, chance. Shares are in per cent.
export function evaluationRows({ hotspots, cells, chance }: Evaluation): [string, Figure, Figure, Figure][] {
  const of = (read: (forecast: Forecast) => Figure): [Figure, Figure] => [read(hotspots), read(cells)];
  const areaText = (value: number): Figure => [(value * 100).toFixed(3), ''];
  const expected = (by: Evaluation['chance']['pai'], text: (value: number) => string) =>
    estimateText(by && { value: by.expected, low: by.low, high: by.high }, text);
  return [
    ['Area, %', ...of((forecast) => areaText(forecast.area_share)), areaText(chance.area_share)],
    ['Incidents, %', ...of(({ hit_rate }) => estimateText(hit_rate, share)), expected(chance.hit_rate, share)],
    ['PAI', ...of(({ pai }) => estimateText(pai, ratio)), expected(chance.pai, ratio)],
    ['PEI', ...of(({ pei }) => estimateText(pei, ratio)), ['–', '']],
    ['RRI', ...of(({ rri }) => estimateText(rri, ratio)), ['–', '']],
  ];
}

export const EVALUATION_METHOD =
  'Shares of area and of incidents; below each figure its 95\u00a0% interval. PAI: share of incidents over share of area. PEI: of the best that an area of this ' +
  'size could have held; 1 is perfect. RRI: PAI of the later period over that of the first; 1 is as good as before. ' +
  'PAI is comparable only at the same share of area.';
