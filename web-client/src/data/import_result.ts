// What became of one import: its counts, how many records could be located, and rejected rows.
import { element } from '../dom.ts';
import { count, moment } from '../format.ts';
import { type ImportDetails, type Reject, rejectsAddress } from './api.ts';
import {
  countsLine, fileNames, locatedSentence, rejectPlace, rejectValue, rowCounts, stateWords, unusedSentences,
} from './import_words.ts';

function rejectTable(rejects: readonly Reject[], files: readonly string[], caption: string): HTMLElement {
  const head = ['Line', 'What it says', 'Why it was rejected'];
  return element('table', {},
    element('caption', {}, caption),
    element('thead', {}, element('tr', {}, ...head.map((text) => element('th', { scope: 'col' }, text)))),
    element('tbody', {}, ...rejects.map((reject) => element('tr', {},
      element('th', { scope: 'row' }, rejectPlace(reject, files)),
      element('td', { class: 'value-cell' }, rejectValue(reject)), element('td', {}, reject.reason)))));
}

function rejectParts(shown: ImportDetails): HTMLElement[] {
  const rejects = shown.first_rejects ?? [];
  const all = shown.rejected ?? 0;
  if (rejects.length === 0 || all === 0) return [];
  const caption = rejects.length < all ? `The first ${count(rejects.length)} of ${count(all)} rejected rows` : 'Rejected rows';
  return [
    rejectTable(rejects, [...new Set(rejects.map(({ file }) => file))], caption),
    element('p', {}, element('a', { href: rejectsAddress(shown.id), download: true }, 'All rejected rows as CSV')),
  ];
}

function countParts(shown: ImportDetails): HTMLElement[] {
  const counts = rowCounts(shown);
  if (counts.length === 0) return [];
  return [
    element('dl', { class: 'figures' }, ...counts.map(({ name, count: value }) =>
      element('div', {}, element('dt', {}, name), element('dd', {}, count(value))))),
    element('p', { class: 'quiet-text' }, `${countsLine(shown)}.`),
  ];
}

export function showResult(host: HTMLElement, shown: ImportDetails): void {
  const failed = shown.state === 'failed' || shown.state === 'cancelled';
  const title = `${fileNames(shown)}: ${stateWords(shown.state).toLowerCase()}`;
  const undone = shown.undone ? `Undone ${moment(shown.undone)}${shown.undone_by ? ` by ${shown.undone_by}` : ''}.` : '';
  host.dataset['id'] = shown.id;
  host.hidden = false;
  host.replaceChildren(
    element('h2', { id: 'result-heading', tabindex: '-1' }, title),
    ...(undone ? [element('p', {}, undone)] : []),
    ...(failed ? [element('div', { class: 'problem' }, element('h3', {}, 'Why'),
      element('p', {}, shown.error ?? 'The service gave no reason.'), element('p', {}, 'No record was changed.'))] : []),
    ...countParts(shown),
    ...(shown.undone ? [] : [locatedSentence(shown), ...unusedSentences(shown)])
      .filter(Boolean).map((text) => element('p', {}, text)),
    ...rejectParts(shown));
}
