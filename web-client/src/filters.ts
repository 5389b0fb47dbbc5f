// The filter form: shows the filters it is given and calls back with every change.
import type { Health } from './api.ts';
import { element, labelledSelect, setSelect } from './dom.ts';
import { type Field, GROUP, hiddenChoices, MORE_FIELDS, scopeField } from './filter_fields.ts';
import { daysPart, hoursPart, periodPart } from './filter_parts.ts';
import { type ChoiceName, defaultFilters, equalFilters, type Filters } from './state.ts';

export interface FilterForm {
  show(filters: Filters): void;
}

export function makeFilterForm(
  host: HTMLElement, health: Health, changed: (filters: Filters) => void
): FilterForm {
  let current = defaultFilters();
  const shows: ((filters: Filters) => void)[] = [];

  const choose = (name: ChoiceName, value: string) => {
    const choices = { ...current.choices };
    if (value) choices[name] = value;
    else delete choices[name];
    changed({ ...current, choices });
  };
  const selectOf = (field: Field): HTMLElement => {
    const made = labelledSelect(`filter-${field.name}`, field.label, field.options, '');
    if (field.name === 'scope') made.field.classList.add('wide'); // titles of scopes are long
    made.select.addEventListener('change', () => choose(field.name, made.select.value));
    shows.push((filters) => setSelect(made.select, filters.choices[field.name] ?? ''));
    return made.field;
  };

  const period = periodPart(health.defaultPeriod.split('/')[1] ?? '', (value) => changed({ ...current, period: value }));
  const hours = hoursPart((value) => choose('hours', value));
  const days = daysPart((value) => choose('days', value));
  shows.push(
    (filters) => period.show(filters.period),
    (filters) => hours.show(filters.choices.hours ?? ''),
    (filters) => days.show(filters.choices.days ?? ''));

  const reset = element('button', { type: 'button', class: 'quiet' }, 'Reset filters');
  reset.addEventListener('click', () => changed(defaultFilters()));
  const summary = element('summary', {}, 'More filters');
  const more = element('details', { class: 'more' }, summary,
    element('div', { class: 'fields' }, selectOf(scopeField(health.scopes, health.defaultScope)), ...MORE_FIELDS.map(selectOf),
      hours.node, days.node));
  const form = element('form', { 'aria-label': 'Filters' },
    element('div', { class: 'fields' }, period.node, selectOf(GROUP)), more, reset);
  form.addEventListener('submit', (event) => event.preventDefault());
  host.replaceChildren(form);

  const show = (filters: Filters) => {
    current = filters;
    for (const showPart of shows) showPart(filters);
    const hidden = hiddenChoices(filters);
    summary.textContent = hidden > 0 ? `More filters (${hidden} set)` : 'More filters';
    if (hidden > 0) more.open = true;
    reset.hidden = equalFilters(filters, defaultFilters());
  };
  return { show };
}
