// How far an upload or an import is. The figures are no live region: they change many times a second.
import { element } from '../dom.ts';
import { percent } from '../format.ts';

export interface Progress {
  start(name: string, cancel: () => void): void;
  show(text: string, share: number | null): void; // null: nobody knows
  stop(): void;
}

export function makeProgress(host: HTMLElement): Progress {
  let bar: HTMLProgressElement | null = null;
  let words: HTMLElement | null = null;
  return {
    start(name, cancel) {
      bar = element('progress', { max: 1, 'aria-label': `Progress of ${name}` });
      words = element('p', { class: 'quiet-text' });
      const button = element('button', { type: 'button' }, 'Cancel import');
      button.addEventListener('click', () => {
        button.disabled = true;
        cancel();
      });
      host.replaceChildren(element('div', { class: 'progress' }, bar, words, button));
    },
    show(text, share) {
      if (!bar || !words) return;
      words.textContent = share === null || text.includes('%') ? text : `${text} ${percent(share)}.`;
      if (share === null) bar.removeAttribute('value');
      else bar.value = share;
    },
    stop() {
      [bar, words] = [null, null];
      host.replaceChildren();
    },
  };
}
