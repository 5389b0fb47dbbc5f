// What was imported, newest first, with its counts; each can be opened, and undone or cancelled.
import { element } from '../dom.ts';
import { moment } from '../format.ts';
import type { Import } from './api.ts';
import { countsLine, fileNames, isOver, newestFirst, stateWords } from './import_words.ts';

export interface ImportListCalls {
  open(id: string): void;
  undo(shown: Import): void;
  cancel(id: string): void;
}

export interface ImportList {
  show(imports: readonly Import[]): void;
}

// Buttons say which import they act on, for whoever hears them one by one.
function button(text: string, name: string, act: () => void): HTMLElement {
  const made = element('button', { type: 'button', class: 'quiet' }, text,
    element('span', { class: 'unseen' }, ` ${name}`));
  made.addEventListener('click', act);
  return made;
}

function entry(shown: Import, calls: ImportListCalls): HTMLElement {
  const name = fileNames(shown);
  const act = !isOver(shown.state)
    ? button('Cancel', name, () => calls.cancel(shown.id))
    : shown.state === 'done' ? button('Undo', name, () => calls.undo(shown)) : null;
  const line = countsLine(shown) || (shown.error ?? '');
  const format = shown.format ? ` · ${shown.format}` : '';
  return element('li', { class: 'import' },
    element('div', {},
      element('p', {}, element('strong', {}, name), ' ', element('span', { class: 'tag' }, stateWords(shown.state))),
      element('p', { class: 'quiet-text' }, `${moment(shown.started)}${format}`),
      line ? element('p', { class: 'quiet-text' }, line) : null),
    element('p', { class: 'actions' }, button('Details', name, () => calls.open(shown.id)), act));
}

export function makeImportList(host: HTMLElement, calls: ImportListCalls): ImportList {
  return {
    show(imports) {
      host.replaceChildren(...newestFirst(imports).map((shown) => entry(shown, calls)));
      if (imports.length === 0) host.append(element('li', { class: 'quiet-text' }, 'Nothing has been imported yet.'));
    },
  };
}
