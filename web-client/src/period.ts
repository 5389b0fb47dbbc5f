// Months and periods as text: `2025-03`, `2025-03-01`. Whole Europe/London days; no clocks.

export interface Month {
  year: number;
  month: number; // 1..12
}

// The last whole months up to the newest record, or whole months from..to, both included.
export type Period = { months: number } | { from: string; to: string };

export function parseMonth(text: string): Month | null {
  const match = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text);
  return match ? { year: Number(match[1]), month: Number(match[2]) } : null;
}

export function monthText({ year, month }: Month): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`;
}

export function addMonths({ year, month }: Month, months: number): Month {
  const index = year * 12 + (month - 1) + months;
  return { year: Math.floor(index / 12), month: (index % 12) + 1 };
}

export function daysInMonth({ year, month }: Month): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

// The day so many days after `day` (YYYY-MM-DD).
export function addDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

// The `months` months that end with `lastDay`: 2025-09-30, 12 -> 2024-10-01/2025-09-30.
// Where the first day would not exist in its month, the period begins with the month after.
export function monthsEnding(lastDay: string, months: number): string {
  const after = addDays(lastDay, 1);
  const month = addMonths({ year: Number(after.slice(0, 4)), month: Number(after.slice(5, 7)) }, -months);
  const day = Number(after.slice(8, 10));
  const first =
    day <= daysInMonth(month)
      ? `${monthText(month)}-${after.slice(8, 10)}`
      : `${monthText(addMonths(month, 1))}-01`;
  return `${first}/${lastDay}`;
}

// The day so many months after `day`; the month's last where it has no such day.
export function monthsAfter(day: string, months: number): string {
  const [year = 0, number = 1, date = 1] = day.split('-').map(Number);
  const month = addMonths({ year, month: number }, months);
  return `${monthText(month)}-${String(Math.min(date, daysInMonth(month))).padStart(2, '0')}`;
}

// How many months the days from..to hold, both included.
export function monthsBetween(from: string, to: string): number {
  const [fromYear = 0, fromMonth = 1] = from.split('-').map(Number);
  const [toYear = 0, toMonth = 1] = addDays(to, 1).split('-').map(Number);
  return (toYear - fromYear) * 12 + toMonth - fromMonth;
}

// As many months before: 2024-10-01/2025-09-30 -> 2023-10-01/2024-09-30. Null for less than a month.
export function periodBefore(interval: string): string | null {
  const [first = '', last = ''] = interval.split('/');
  const months = first && last ? monthsBetween(first, last) : 0;
  return months > 0 ? `${monthsAfter(first, -months)}/${addDays(first, -1)}` : null;
}

// Why from..to is no period, in words for the person who chose it; null if it is one.
export function periodFault(from: string, to: string): string | null {
  if (!parseMonth(from)) return 'Choose the first month, as year and month: 2025-01.';
  if (!parseMonth(to)) return 'Choose the last month, as year and month: 2025-06.';
  return from <= to ? null : 'The first month is after the last one.';
}

// The `datetime` of a period; null stands for the service's own default, which `defaultPeriod` names.
export function datetimeOf(period: Period, defaultPeriod: string, defaultMonths: number): string | null {
  if ('from' in period) {
    const last = parseMonth(period.to);
    return `${period.from}-01/${period.to}-${last ? daysInMonth(last) : 31}`;
  }
  const lastDay = defaultPeriod.split('/')[1];
  if (period.months === defaultMonths || !lastDay) return null;
  return monthsEnding(lastDay, period.months);
}
