// What the page shows, as a value, and its address: equal states give equal addresses, so that a
// link can be shared and back and forward work. Values nobody knows are kept as they are: the
// service says what would be right, and the page shows that instead of quietly showing something else.
import { datetimeOf, parseMonth, type Period } from './period.ts';

export const DEFAULT_MONTHS = 24;

export interface Filters {
  period: Period;
  choices: Partial<Record<ChoiceName, string>>; // absent: the service's default
}

// Parameters that page and service write alike.
export const CHOICE_NAMES = [
  'scope', 'group', 'age', 'weapon', 'source', 'hours', 'days', 'top', 'bandwidth',
] as const;
export type ChoiceName = (typeof CHOICE_NAMES)[number];

export interface State {
  filters: Filters;
  hotspot: string | null; // id of the selected hotspot
}

export function defaultFilters(): Filters {
  return { period: { months: DEFAULT_MONTHS }, choices: {} };
}

function readPeriod(query: URLSearchParams): Period {
  const from = query.get('from');
  const to = query.get('to');
  if (from && to && parseMonth(from) && parseMonth(to) && from <= to) return { from, to };
  const months = Number(query.get('months'));
  return { months: Number.isInteger(months) && months > 0 && months <= 600 ? months : DEFAULT_MONTHS };
}

export function readState(search: string): State {
  const query = new URLSearchParams(search);
  const choices: Filters['choices'] = {};
  for (const name of CHOICE_NAMES) {
    const value = query.get(name);
    if (value) choices[name] = value;
  }
  return { filters: { period: readPeriod(query), choices }, hotspot: query.get('hotspot') || null };
}

// "" for the state the page opens with, else "?..." with the parameters in one fixed order.
export function writeState({ filters, hotspot }: State): string {
  const query = new URLSearchParams();
  if ('from' in filters.period) {
    query.set('from', filters.period.from);
    query.set('to', filters.period.to);
  } else if (filters.period.months !== DEFAULT_MONTHS) {
    query.set('months', String(filters.period.months));
  }
  for (const name of CHOICE_NAMES) {
    const value = filters.choices[name];
    if (value) query.set(name, value);
  }
  if (hotspot) query.set('hotspot', hotspot);
  const text = query.toString().replaceAll('%2C', ',');
  return text ? `?${text}` : '';
}

// The parameters of a hotspots request.
export function analysisQuery(filters: Filters, defaultPeriod: string): URLSearchParams {
  const query = new URLSearchParams();
  const datetime = datetimeOf(filters.period, defaultPeriod, DEFAULT_MONTHS);
  for (const name of CHOICE_NAMES) {
    const value = filters.choices[name];
    if (value) query.set(name, value);
  }
  if (datetime) query.set('datetime', datetime);
  return query;
}

export function equalFilters(a: Filters, b: Filters): boolean {
  return writeState({ filters: a, hotspot: null }) === writeState({ filters: b, hotspot: null });
}
