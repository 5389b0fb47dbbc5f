// The filters in words: what may be chosen, and how a choice reads in a sentence.
import type { Scope } from './api.ts';
import { period as periodWords } from './format.ts';
import type { ChoiceName, Filters } from './state.ts';

export type Options = readonly (readonly [value: string, text: string])[];

// "" stands for the service's default and is left out of the address.
export interface Field {
  name: ChoiceName;
  label: string;
  options: Options;
}

export const GROUP: Field = {
  name: 'group',
  label: 'Offence group',
  options: [
    ['', 'All groups'],
    ['homicide', 'Homicide'],
    ['violence_with_injury', 'Violence with injury'],
    ['robbery', 'Robbery'],
  ],
};

export const MORE_FIELDS: readonly Field[] = [
  { name: 'age', label: 'Victim’s age', options: [['', 'All ages'], ['under-25', 'Under 25']] },
  {
    name: 'weapon',
    label: 'Weapon',
    options: [
      ['', 'Any or none'], ['knife', 'Knife'], ['firearm', 'Firearm'], ['blunt', 'Blunt'], ['other', 'Other'],
      ['none', 'None'],
    ],
  },
  {
    name: 'source',
    label: 'Source',
    options: [['', 'All sources'], ['police', 'Police'], ['ed', 'Emergency department'], ['ambulance', 'Ambulance']],
  },
  {
    name: 'top',
    label: 'Share of area',
    options: [['0.1', 'Hottest 0.1 %'], ['', 'Hottest 0.25 %'], ['0.5', 'Hottest 0.5 %']],
  },
];

export function scopeField(scopes: readonly Scope[], defaultScope: string): Field {
  const options = scopes.map(({ name, title }) => [name === defaultScope ? '' : name, title] as const);
  return { name: 'scope', label: 'Scope', options: options.length > 0 ? options : [['', 'Default']] };
}

export const PERIODS: Options = [
  ['24', 'Last 24 months'],
  ['12', 'Last 12 months'],
  ['6', 'Last 6 months'],
  ['3', 'Last 3 months'],
  ['custom', 'Choose months …'],
];

export const HOURS: Options = [
  ['', 'All hours'],
  ['06-18', 'Day, 06:00 to 18:00'],
  ['18-06', 'Night, 18:00 to 06:00'],
  ['custom', 'Choose hours …'],
];

export const DAYS: Options = [
  ['mon', 'Mon'], ['tue', 'Tue'], ['wed', 'Wed'], ['thu', 'Thu'], ['fri', 'Fri'], ['sat', 'Sat'], ['sun', 'Sun'],
];

export function parseHours(text: string): [first: string, last: string] | null {
  const match = /^([01]\d|2[0-3])-([01]\d|2[0-3])$/.exec(text);
  return match && match[1] !== match[2] ? [match[1] ?? '', match[2] ?? ''] : null;
}

// The chosen days in the week's order, none or all of them being no filter.
export function daysText(chosen: ReadonlySet<string>): string {
  const days = DAYS.map(([value]) => value).filter((value) => chosen.has(value));
  return days.length === DAYS.length ? '' : days.join(',');
}

// How many of the filters that start out hidden differ from the defaults.
export function hiddenChoices(filters: Filters): number {
  const hidden: ChoiceName[] = ['scope', ...MORE_FIELDS.map((field) => field.name), 'hours', 'days'];
  return hidden.filter((name) => filters.choices[name]).length;
}

// "Last 24 months, Robbery, days fri,sat": the filters for sentences and the printed page.
export function filterWords(filters: Filters, scopes: Field): string {
  const { period, choices } = filters;
  const words = ['from' in period ? periodWords(`${period.from}/${period.to}`) : `Last ${period.months} months`];
  for (const field of [scopes, GROUP, ...MORE_FIELDS]) {
    const value = choices[field.name];
    if (!value) continue;
    words.push(field.options.find(([option]) => option === value)?.[1] ?? `${field.label.toLowerCase()} ${value}`);
  }
  if (choices.bandwidth) words.push(`bandwidth ${choices.bandwidth} m`);
  if (choices.hours) words.push(`hours ${choices.hours}`);
  if (choices.days) words.push(`days ${choices.days}`);
  return words.join(', ');
}
