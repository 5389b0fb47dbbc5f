// Hours by weekdays as tables: bands of four hours at first sight, every hour on demand. Darker cells
// only help the eye; the counts say all.
import { element } from '../dom.ts';
import type { Times } from './api.ts';
import { BAND_HOURS, cellText, dayName, type HourRow, hourRows } from './hours.ts';

const STRONGEST = 0.34; // of the tint: ink on it stays above 4.5:1

function countCell(value: number, most: number): HTMLElement {
  const cell = element('td', { class: 'figure-cell' }, cellText(value));
  if (most > 0) cell.style.setProperty('--strength', (STRONGEST * (value / most)).toFixed(3));
  return cell;
}

function hoursTable(caption: string, times: Times, rows: readonly HourRow[]): HTMLElement {
  const most = Math.max(...rows.flatMap((row) => row.counts));
  const head = times.weekdays.map((day) => element('th', { scope: 'col', class: 'figure-cell' },
    element('abbr', { title: dayName(day) }, dayName(day).slice(0, 2))));
  return element('table', { class: 'hours' },
    element('caption', { class: 'unseen' }, caption),
    element('thead', {}, element('tr', {}, element('th', { scope: 'col' }, 'Hours'), ...head)),
    element('tbody', {}, ...rows.map(({ name, counts }) => element('tr', {},
      element('th', { scope: 'row' }, name.replaceAll(':00', '').replace(' to ', '–')),
      ...counts.map((value) => countCell(value, most))))));
}

export function hoursTables(times: Times): HTMLElement[] {
  const every = element('details', {}, element('summary', {}, 'Every hour'));
  every.addEventListener('toggle', () => {
    if (every.open && every.childElementCount === 1) {
      every.append(hoursTable('Incidents by hour and weekday', times, hourRows(times, 1)));
    }
  });
  return [hoursTable('Incidents by four hours and weekday', times, hourRows(times, BAND_HOURS)), every];
}
