// Hours by weekdays: bands of four hours that fit a phone, and when most happens, in words.
import { counted, listed, percent } from '../format.ts';
import type { Times } from './api.ts';

export const BAND_HOURS = 4;

const DAY_NAMES: Record<string, string> = {
  mon: 'Monday', tue: 'Tuesday', wed: 'Wednesday', thu: 'Thursday', fri: 'Friday', sat: 'Saturday', sun: 'Sunday',
};

export interface HourRow {
  name: string; // "20:00 to 00:00"
  counts: number[]; // by weekday
}

export function dayName(day: string): string {
  return DAY_NAMES[day] ?? day;
}

export function hourText(hour: number): string {
  return `${String(hour % 24).padStart(2, '0')}:00`;
}

// The day in rows of so many hours, each with its counts by weekday.
export function hourRows({ incidents }: Times, hours: number): HourRow[] {
  const rows: HourRow[] = [];
  for (let from = 0; from < 24; from += hours) {
    const counts = incidents.map((day) => sum(day.slice(from, from + hours)));
    rows.push({ name: `${hourText(from)} to ${hourText(from + hours)}`, counts });
  }
  return rows;
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

// Of all in the table: the hour is known.
export function timed(times: Times): number {
  return sum(times.incidents.map(sum));
}

// Windows are spread, so there are parts of incidents: whole numbers are read more easily, and a part
// is not nothing.
export function cellText(value: number): string {
  return value > 0 && value < 0.5 ? '<1' : String(Math.round(value));
}

// The two adjoining bands, across midnight too, that hold most. 0 is the first band's index.
function fullestPair(rows: readonly HourRow[]): { first: number; held: number } {
  const totals = rows.map((row) => sum(row.counts));
  let best = { first: 0, held: -1 };
  totals.forEach((total, index) => {
    const held = total + (totals[(index + 1) % totals.length] ?? 0);
    if (held > best.held) best = { first: index, held };
  });
  return best;
}

// "The busiest hours are 20:00 to 04:00 (41 %), ..." Empty without a known hour.
export function timesSentence(times: Times): string {
  const all = timed(times);
  if (all <= 0) return '';
  const { first, held } = fullestPair(hourRows(times, BAND_HOURS));
  const from = first * BAND_HOURS;
  const days = times.incidents
    .map((day, index) => ({ index, held: sum(day) }))
    .sort((a, b) => b.held - a.held || a.index - b.index)
    .slice(0, 2);
  const names = [...days].sort((a, b) => a.index - b.index).map(({ index }) => dayName(times.weekdays[index] ?? ''));
  return (
    `The busiest hours are ${hourText(from)} to ${hourText(from + 2 * BAND_HOURS)} (${percent(held / all)}), ` +
    `the busiest days ${listed(names)} (${percent(sum(days.map((day) => day.held)) / all)}).`
  );
}

// What the table leaves out or spreads; empty if nothing.
export function timesNote(times: Times): string {
  const hourless = sum(times.hour_unknown);
  const parts: string[] = [];
  if (hourless > 0) parts.push(`${cellText(hourless)} of a known day, but no known hour`);
  if (times.unknown > 0) parts.push(`${times.unknown} of no known day`);
  const left = parts.length > 0 ? `Not in the table: ${listed(parts)}.` : '';
  const spread = times.spread > 0
    ? `${counted(times.spread, 'incident', 'incidents')} known only to lie between two times ${times.spread === 1 ? 'is' : 'are'} ` +
      'shared out between them; figures are rounded.'
    : '';
  return [left, spread].filter(Boolean).join(' ');
}
