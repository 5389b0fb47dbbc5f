// The three filters that are more than one select: months, hours, days. Each calls `changed` with a
// complete value only, and says in words what is missing until then.
import { element, labelledSelect, setSelect } from './dom.ts';
import { DAYS, daysText, HOURS, parseHours, PERIODS } from './filter_fields.ts';
import { monthText, periodFault, addMonths, parseMonth, type Period } from './period.ts';

export interface Part<Value> {
  node: HTMLElement;
  show(value: Value): void;
}

function monthInput(id: string, label: string, errorId: string): { field: HTMLElement; input: HTMLInputElement } {
  // Browsers without a month picker show a text box: the pattern and the placeholder serve those.
  const input = element('input', {
    id, type: 'month', placeholder: 'YYYY-MM', pattern: '\\d{4}-\\d{2}', required: true, 'aria-describedby': errorId,
  });
  return { field: element('div', { class: 'field' }, element('label', { for: id }, label), input), input };
}

// `lastDay` is the day of the newest record: where the custom months start out.
export function periodPart(lastDay: string, changed: (period: Period) => void): Part<Period> {
  const { field, select } = labelledSelect('filter-period', 'Period', PERIODS, '24');
  const from = monthInput('filter-from', 'From', 'filter-period-error');
  const to = monthInput('filter-to', 'To', 'filter-period-error');
  const error = element('p', { id: 'filter-period-error', class: 'field-error', role: 'alert' });
  const custom = element('div', { class: 'custom' }, from.field, to.field, error);
  const takeCustom = () => {
    const fault = periodFault(from.input.value, to.input.value);
    error.textContent = fault ?? '';
    for (const { input } of [from, to]) input.setAttribute('aria-invalid', String(fault !== null));
    if (!fault) changed({ from: from.input.value, to: to.input.value });
  };
  select.addEventListener('change', () => {
    custom.hidden = select.value !== 'custom';
    if (!custom.hidden) takeCustom();
    else changed({ months: Number(select.value) });
  });
  from.input.addEventListener('change', takeCustom);
  to.input.addEventListener('change', takeCustom);
  const show = (period: Period) => {
    error.textContent = '';
    const last = parseMonth(lastDay.slice(0, 7));
    custom.hidden = !('from' in period);
    if ('from' in period) {
      setSelect(select, 'custom');
      [from.input.value, to.input.value] = [period.from, period.to];
      return;
    }
    const preset = String(period.months);
    if (!PERIODS.some(([value]) => value === preset)) {
      select.append(element('option', { value: preset }, `Last ${preset} months`));
    }
    select.value = preset;
    if (!last) return;
    [from.input.value, to.input.value] = [monthText(addMonths(last, 1 - period.months)), monthText(last)];
  };
  return { node: element('div', { class: 'part' }, field, custom), show };
}

function hourOptions(): [string, string][] {
  return Array.from({ length: 24 }, (_, hour) => {
    const text = String(hour).padStart(2, '0');
    return [text, `${text}:00`];
  });
}

export function hoursPart(changed: (hours: string) => void): Part<string> {
  const { field, select } = labelledSelect('filter-hours', 'Hours', HOURS, '');
  const from = labelledSelect('filter-hours-from', 'From', hourOptions(), '22');
  const to = labelledSelect('filter-hours-to', 'To', hourOptions(), '04');
  const error = element('p', { class: 'field-error', role: 'alert' });
  const custom = element('div', { class: 'custom' }, from.field, to.field, error);
  const takeCustom = () => {
    const hours = `${from.select.value}-${to.select.value}`;
    const valid = parseHours(hours) !== null;
    error.textContent = valid ? '' : 'The first and the last hour are the same: choose two hours.';
    if (valid) changed(hours);
  };
  select.addEventListener('change', () => {
    custom.hidden = select.value !== 'custom';
    if (!custom.hidden) takeCustom();
    else changed(select.value);
  });
  from.select.addEventListener('change', takeCustom);
  to.select.addEventListener('change', takeCustom);
  const show = (hours: string) => {
    error.textContent = '';
    const preset = HOURS.some(([value]) => value === hours);
    const ends = parseHours(hours);
    custom.hidden = preset || !ends;
    if (preset || !ends) {
      setSelect(select, hours);
      return;
    }
    select.value = 'custom';
    setSelect(from.select, ends[0]);
    setSelect(to.select, ends[1]);
  };
  return { node: element('div', { class: 'part' }, field, custom), show };
}

export function daysPart(changed: (days: string) => void): Part<string> {
  const boxes = DAYS.map(([value, text]) => {
    const box = element('input', { type: 'checkbox', id: `filter-day-${value}`, value });
    return { box, node: element('label', { class: 'day', for: box.id }, box, text) };
  });
  const fieldset = element('fieldset', { class: 'days' }, element('legend', {}, 'Days (none chosen: all)'));
  fieldset.append(...boxes.map(({ node }) => node));
  fieldset.addEventListener('change', () => {
    changed(daysText(new Set(boxes.filter(({ box }) => box.checked).map(({ box }) => box.value))));
  });
  const show = (days: string) => {
    const chosen = new Set(days.split(','));
    for (const { box } of boxes) box.checked = chosen.has(box.value);
  };
  return { node: fieldset, show };
}
