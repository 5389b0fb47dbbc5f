// Which period the hotspots are tested on. Where the records go on after the one that is shown, it is
// the three months that follow; else the last months shown are kept back and not used for finding.
import { addDays, daysInMonth, monthsAfter, monthsBetween } from '../period.ts';

const TEST_MONTHS = 3;

export interface TestPeriods {
  datetime: string; // the hotspots are found in
  next: string; // and tested on
}

function lastDayOf(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return `${month}-${daysInMonth({ year, month: number })}`;
}

// `shown`: "2023-10-01/2025-09-30"; `records`: the service's default period, which ends with the newest
// record. Null where the period shown is too short to keep a month back.
export function testPeriods(shown: string, records: string): TestPeriods | null {
  const [first = '', last = ''] = shown.split('/').map((end, index) =>
    end.length === 7 ? (index === 0 ? `${end}-01` : lastDayOf(end)) : end);
  const newest = records.split('/')[1] ?? '';
  if (!/^\d{4}-\d{2}-\d{2}$/.test(first) || !/^\d{4}-\d{2}-\d{2}$/.test(last)) return null;
  const after = addDays(last, 1);
  const afterEnd = addDays(monthsAfter(after, TEST_MONTHS), -1);
  if (afterEnd <= newest) return { datetime: `${first}/${last}`, next: `${after}/${afterEnd}` };
  const months = monthsBetween(first, last);
  if (months < 2) return null;
  const kept = months > 2 * TEST_MONTHS ? TEST_MONTHS : 1;
  const cut = monthsAfter(after, -kept);
  return { datetime: `${first}/${addDays(cut, -1)}`, next: `${cut}/${last}` };
}
