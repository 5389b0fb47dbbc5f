// 'Is it real?': two tests that take seconds, each started by its button, followed, and cancelled by
// another. What they say belongs to the filters they were started under.
import { element } from '../dom.ts';
import { Problem } from '../http.ts';
import { makeProgressBar, type ProgressBar } from '../progress_bar.ts';
import { table } from '../table.ts';
import { type Evaluation, fetchEvaluation, fetchStability, type Stability } from './api.ts';
import type { TestPeriods } from './periods.ts';
import {
  EVALUATION_METHOD, evaluationRows, evaluationSentence, type Figure, STABILITY_METHOD, stabilitySentence,
} from './words.ts';

export interface CheckCalls {
  query(): URLSearchParams;
  periods(): TestPeriods | null;
  survived(stability: Stability): void;
}

export interface Checks {
  forget(): void; // the hotspots are others now
}

interface Check<Answer> {
  button: string;
  name: string; // of the work, within sentences
  ask(signal: AbortSignal, progress: (share: number, cancel: () => Promise<void>) => void): Promise<Answer>;
  show(answer: Answer): HTMLElement[];
}

interface Part {
  node: HTMLElement;
  forget(): void;
}

function note(text: string): HTMLElement {
  return element('p', { class: 'hint' }, text);
}

function figureCell([value, interval]: Figure): HTMLElement {
  return element('span', {}, value, interval ? element('span', { class: 'interval' }, ` ${interval}`) : null);
}

function makePart<Answer>(check: Check<Answer>): Part {
  const start = element('button', { type: 'button' }, check.button);
  const status = element('p', { class: 'status', role: 'status' });
  const body = element('div');
  let asked: AbortController | null = null;

  const showProblem = (error: unknown) => {
    const words = error instanceof Problem ? `${error.title}: ${error.message}` : String(error);
    body.replaceChildren(element('div', { class: 'problem', role: 'alert' }, element('p', {}, words)));
  };
  const forget = () => {
    asked?.abort();
    asked = null;
    start.hidden = false;
    status.textContent = '';
    body.replaceChildren();
  };
  const run = async () => {
    forget();
    const mine = (asked = new AbortController());
    let progress: ProgressBar | null = null;
    start.hidden = true;
    status.textContent = `Under way: ${check.name}.`;
    try {
      const answer = await check.ask(mine.signal, (share, cancel) => {
        if (!progress) body.replaceChildren((progress = makeProgressBar(check.name, cancel, showProblem)).node);
        progress.show(share);
      });
      status.textContent = '';
      body.replaceChildren(...check.show(answer));
    } catch (error) {
      if (mine.signal.aborted) return;
      forget();
      showProblem(error);
    }
  };
  start.addEventListener('click', () => void run());
  return { node: element('div', { class: 'check' }, start, status, body), forget };
}

export function makeChecks(host: HTMLElement, calls: CheckCalls): Checks {
  const stability = makePart<Stability>({
    button: 'Test how stable they are',
    name: 'the stability test',
    ask: (signal, progress) => fetchStability(calls.query(), { signal, progress }),
    show: (answer) => {
      calls.survived(answer);
      return [element('p', {}, stabilitySentence(answer)), note(STABILITY_METHOD)];
    },
  });
  const evaluation = makePart<Evaluation>({
    button: 'How well did such hotspots predict?',
    name: 'the back-test',
    ask: (signal, progress) => {
      const periods = calls.periods();
      if (!periods) {
        throw new Problem(0, 'Period too short', 'A back-test needs two months or more: one to find hotspots in, one to test them on.');
      }
      const query = calls.query();
      for (const [name, value] of Object.entries(periods)) query.set(name, value);
      return fetchEvaluation(query, { signal, progress });
    },
    show: (answer) => [
      element('p', {}, evaluationSentence(answer)),
      table('How well hotspots predicted', ['Measure', 'Hotspots', 'Ranked cells', 'Chance'],
        evaluationRows(answer).map(([name, ...figures]) => [name, ...figures.map(figureCell)]), [1, 2, 3]),
      note(EVALUATION_METHOD),
    ],
  });
  host.replaceChildren(stability.node, evaluation.node);
  return {
    forget() {
      stability.forget();
      evaluation.forget();
    },
  };
}
