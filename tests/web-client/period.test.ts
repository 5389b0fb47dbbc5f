// Oracles: calendar arithmetic done by hand; leap years 2024 and 2000, not 2100.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { addDays, addMonths, datetimeOf, daysInMonth, monthsEnding, parseMonth, periodFault } from '../../web-client/src/period.ts';

test('twelve months that end with a month are twelve whole months', () => {
  assert.equal(monthsEnding('2025-09-30', 12), '2024-10-01/2025-09-30');
  assert.equal(monthsEnding('2025-12-31', 3), '2025-10-01/2025-12-31');
  assert.equal(monthsEnding('2024-02-29', 24), '2022-03-01/2024-02-29');
});

test('a period that ends within a month begins the day after, so many months before', () => {
  assert.equal(monthsEnding('2025-09-17', 6), '2025-03-18/2025-09-17');
  assert.equal(monthsEnding('2025-01-09', 3), '2024-10-10/2025-01-09');
});

test('a first day that its month lacks becomes the first of the month after', () => {
  assert.equal(monthsEnding('2025-08-30', 6), '2025-03-01/2025-08-30'); // there is no 31 February
});

test('days of months know leap years', () => {
  assert.deepEqual([2023, 2024, 2000, 2100].map((year) => daysInMonth({ year, month: 2 })), [28, 29, 29, 28]);
  assert.equal(addDays('2024-02-28', 1), '2024-02-29');
  assert.equal(addDays('2025-12-31', 1), '2026-01-01');
});

test('months are added across years, both ways', () => {
  assert.deepEqual(addMonths({ year: 2025, month: 1 }, -1), { year: 2024, month: 12 });
  assert.deepEqual(addMonths({ year: 2025, month: 11 }, 14), { year: 2027, month: 1 });
  for (let step = -40; step <= 40; ++step) {
    const there = addMonths({ year: 2025, month: 7 }, step);
    assert.deepEqual(addMonths(there, -step), { year: 2025, month: 7 });
  }
});

test('only year and month make a month', () => {
  assert.deepEqual(parseMonth('2025-03'), { year: 2025, month: 3 });
  for (const text of ['2025-13', '2025-00', '2025-3', '2025-03-01', 'March 2025', '']) assert.equal(parseMonth(text), null, text);
});

test('the default period asks for nothing, others for whole days', () => {
  assert.equal(datetimeOf({ months: 24 }, '2023-10-01/2025-09-30', 24), null);
  assert.equal(datetimeOf({ months: 12 }, '2023-10-01/2025-09-30', 24), '2024-10-01/2025-09-30');
  assert.equal(datetimeOf({ months: 12 }, '', 24), null);
  assert.equal(datetimeOf({ from: '2024-01', to: '2024-02' }, '2023-10-01/2025-09-30', 24), '2024-01-01/2024-02-29');
});

test('a fault of a custom period is said in words', () => {
  assert.equal(periodFault('2025-01', '2025-01'), null);
  assert.match(periodFault('2025-02', '2025-01') ?? '', /after/);
  assert.match(periodFault('', '2025-01') ?? '', /first month/);
  assert.match(periodFault('2025-01', 'soon') ?? '', /last month/);
});
