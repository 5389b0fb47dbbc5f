// Tables whose first column names the row.
import { element } from './dom.ts';

export type Cell = string | HTMLElement;

// `figures`: the columns that hold numbers. The caption is for those who do not see the heading above.
export function table(
  caption: string, head: readonly string[], rows: readonly (readonly Cell[])[], figures: readonly number[]
): HTMLElement {
  const kind = (column: number) => (figures.includes(column) ? 'figure-cell' : null);
  return element('table', {},
    element('caption', { class: 'unseen' }, caption),
    element('thead', {}, element('tr', {}, ...head.map((text, column) =>
      element('th', { scope: 'col', class: kind(column) }, text)))),
    element('tbody', {}, ...rows.map((cells) => element('tr', {}, ...cells.map((cell, column) =>
      column === 0 ? element('th', { scope: 'row' }, cell) : element('td', { class: kind(column) }, cell))))));
}
