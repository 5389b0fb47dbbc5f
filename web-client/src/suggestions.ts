// Suggested bandwidths, on demand: they disagree, and that is what there is to see.
import { type Following, getInBackground } from './background.ts';
import { element } from './dom.ts';
import { count, counted } from './format.ts';
import { Problem } from './http.ts';
import { table } from './table.ts';
import { DEFAULT_BANDWIDTH_M } from './words.ts';

export interface Suggested {
  points: number;
  suggestions: { rule: string; bandwidth_m: number | null; at_limit?: boolean | null }[];
  advice: string;
}

export interface Suggestions {
  node: HTMLElement;
  show(query: URLSearchParams): void; // what they would be asked for
}

const RULES: Record<string, string> = { scott: 'Scott', silverman: 'Silverman', likelihood: 'Cross-validation' };

export function suggestedRows({ suggestions }: Suggested): string[][] {
  return suggestions.map(({ rule, bandwidth_m: metres, at_limit: atLimit }) => [
    RULES[rule] ?? rule, metres === null ? 'none' : `${count(metres)}\u00a0m${atLimit ? ' (end of the search)' : ''}`,
  ]);
}

function fetchSuggested(query: URLSearchParams, following: Following): Promise<Suggested> {
  const parameters = query.toString();
  return getInBackground<Suggested>(`analysis/bandwidths${parameters ? `?${parameters}` : ''}`, following);
}

export function makeSuggestions(): Suggestions {
  const body = element('div');
  const node = element('details', {},
    element('summary', {}, `Suggested bandwidths disagree; ${DEFAULT_BANDWIDTH_M}\u00a0m is usual`),
    element('p', { class: 'hint' }, 'The bandwidth is how far each incident is spread. Less shows streets, more shows districts.'), body);
  let wanted = new URLSearchParams();
  let shown: string | null = null; // the parameters of what stands there
  let asked: AbortController | null = null;

  async function load(): Promise<void> {
    if (shown === wanted.toString()) return;
    asked?.abort();
    const mine = (asked = new AbortController());
    shown = wanted.toString();
    body.replaceChildren(element('p', { class: 'quiet-text', role: 'status' }, 'Working them out …'));
    try {
      const suggested = await fetchSuggested(wanted, { signal: mine.signal, progress: () => {} });
      body.replaceChildren(
        table('Suggested bandwidths', ['Rule', `From ${counted(suggested.points, 'point', 'points')}`], suggestedRows(suggested), [1]),
        element('p', { class: 'hint' }, suggested.advice));
    } catch (error) {
      if (mine.signal.aborted) return;
      shown = null;
      const words = error instanceof Problem ? `${error.title}: ${error.message}` : String(error);
      body.replaceChildren(element('p', { class: 'field-error', role: 'alert' }, words));
    }
  }
  node.addEventListener('toggle', () => {
    if (node.open) void load();
  });
  return {
    node,
    show(query) {
      wanted = query;
      if (node.open) void load();
    },
  };
}
