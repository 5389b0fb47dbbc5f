// Loading, empty and error states, and the one line that is read out when results change.
import { element } from './dom.ts';
import { Problem } from './http.ts';

export interface Action {
  text: string;
  act: () => void;
}

export interface Messages {
  loading(): void;
  result(summary: string, details: string[]): void;
  empty(summary: string, details: string, actions: Action[]): void;
  problem(error: unknown, actions: Action[]): void;
}

function buttons(actions: Action[]): HTMLElement {
  return element('p', { class: 'actions' }, ...actions.map(({ text, act }) => {
    const button = element('button', { type: 'button' }, text);
    button.addEventListener('click', act);
    return button;
  }));
}

// `status` is a polite live region, `notes` and `alert` are below it.
export function makeMessages(
  status: HTMLElement, notes: HTMLElement, alert: HTMLElement, loadingText = 'Loading hotspots …'
): Messages {
  const clear = () => {
    status.classList.remove('busy');
    notes.replaceChildren();
    alert.replaceChildren();
  };
  return {
    loading() {
      clear();
      status.classList.add('busy');
      status.textContent = loadingText;
    },
    result(summary, details) {
      clear();
      status.textContent = summary;
      notes.replaceChildren(...details.filter(Boolean).map((text) => element('p', {}, text)));
    },
    empty(summary, details, actions) {
      clear();
      status.textContent = summary;
      notes.replaceChildren(element('p', {}, details), buttons(actions));
    },
    problem(error, actions) {
      clear();
      status.textContent = '';
      const problem = error instanceof Problem ? error : new Problem(0, 'The page failed', String(error));
      const parameter = problem.parameter ? ` (${problem.parameter})` : '';
      alert.replaceChildren(element('div', { class: 'problem' },
        element('h3', {}, `${problem.title}${parameter}`), element('p', {}, problem.message), buttons(actions)));
    },
  };
}
