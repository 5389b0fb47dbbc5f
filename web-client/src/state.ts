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

// What map and list show. `compare` is the difference from another period or source.
export const SHOWN = ['hotspots', 'bands', 'cells', 'compare'] as const;
export type Shown = (typeof SHOWN)[number];

// What a comparison is with: the period before, or the records of a source.
export const AGAINST = ['before', 'police', 'ed', 'ambulance'] as const;
export type Against = (typeof AGAINST)[number];

export interface State {
  filters: Filters;
  shown: Shown;
  against: Against;
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
  const shown = SHOWN.find((name) => name === query.get('show')) ?? 'hotspots';
  const against = AGAINST.find((name) => name === query.get('with')) ?? 'before';
  return { filters: { period: readPeriod(query), choices }, shown, against, hotspot: query.get('hotspot') || null };
}

// "" for the state the page opens with, else "?..." with the parameters in one fixed order.
export function writeState({ filters, shown, against, hotspot }: State): string {
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
  if (shown !== 'hotspots') query.set('show', shown);
  if (against !== 'before') query.set('with', against);
  if (hotspot) query.set('hotspot', hotspot);
  const text = query.toString().replaceAll('%2C', ',');
  return text ? `?${text}` : '';
}

// The parameters of a hotspots request, but those that a service's other answer does not take.
export function analysisQuery(
  filters: Filters, defaultPeriod: string, without: readonly ChoiceName[] = []
): URLSearchParams {
  const query = new URLSearchParams();
  const datetime = datetimeOf(filters.period, defaultPeriod, DEFAULT_MONTHS);
  for (const name of CHOICE_NAMES) {
    const value = filters.choices[name];
    if (value && !without.includes(name)) query.set(name, value);
  }
  if (datetime) query.set('datetime', datetime);
  return query;
}

// The period that the filters choose, as first and last day; empty where there are no records.
export function periodOf(filters: Filters, defaultPeriod: string): string {
  return datetimeOf(filters.period, defaultPeriod, DEFAULT_MONTHS) ?? defaultPeriod;
}

export function equalFilters(a: Filters, b: Filters): boolean {
  const addressOf = (filters: Filters) => writeState({ filters, shown: 'hotspots', against: 'before', hotspot: null });
  return addressOf(a) === addressOf(b);
}
