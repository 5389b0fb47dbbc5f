// How far work in the background is, and the button that ends it at the service.
import { element } from './dom.ts';
import { percent } from './format.ts';

export interface ProgressBar {
  node: HTMLElement;
  show(share: number): void;
}

// `name`: of the work, within a sentence.
export function makeProgressBar(name: string, cancel: () => Promise<void>, failed: (error: unknown) => void): ProgressBar {
  const bar = element('progress', { max: 1, 'aria-label': `Progress of ${name}` });
  const words = element('p', { class: 'quiet-text' });
  const button = element('button', { type: 'button', class: 'quiet' }, 'Cancel');
  button.addEventListener('click', () => {
    button.disabled = true;
    cancel().catch(failed);
  });
  return {
    node: element('div', { class: 'progress' }, bar, words, button),
    show(share) {
      bar.value = share;
      words.textContent = share > 0 ? `${percent(share)} done` : 'Waiting for its turn …';
    },
  };
}
