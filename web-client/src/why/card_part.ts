// 'Why here' within a hotspot's card: sentences first, then what they rest on.
import { element } from '../dom.ts';
import { count, counted, percent } from '../format.ts';
import { Problem } from '../http.ts';
import { table } from '../table.ts';
import { fetchSurvival, fetchWhy, type Survival, type Why } from './api.ts';
import { timesNote, timesSentence } from './hours.ts';
import { hoursTables } from './hours_table.ts';
import {
  changeSentences, comparedPeriods, groupName, hitRateWords, knownShareWords, sourceName, uncertaintyWords,
} from './words.ts';

function part(title: string, ...content: (HTMLElement | null)[]): HTMLElement {
  return element('section', {}, element('h4', {}, title), ...content);
}

function note(text: string): HTMLElement | null {
  return text ? element('p', { class: 'quiet-text' }, text) : null;
}

function timesPart(why: Why): HTMLElement {
  const sentence = timesSentence(why.times);
  if (!sentence) return part('Hours and weekdays', note('No record here tells the hour.'), note(timesNote(why.times)));
  return part('Hours and weekdays', ...hoursTables(why.times), note(timesNote(why.times)));
}

function offencesPart(why: Why): HTMLElement {
  const groups = why.groups.filter(({ incidents }) => incidents > 0);
  return part('What and whom',
    table('Incidents by offence group', ['Group', 'Incidents'],
      groups.map(({ group, incidents }) => [groupName(group), count(incidents)]), [1]),
    element('dl', {},
      element('dt', {}, 'Knife'), element('dd', {}, knownShareWords(why.knife)),
      element('dt', {}, 'Victim under 25'), element('dd', {}, knownShareWords(why.under_25))));
}

function sourcesPart({ sources }: Why): HTMLElement {
  const rows = sources.each.map((view) => [
    sourceName(view.source), count(view.incidents), percent(view.share_of_source), view.hot_alone ? 'Yes' : 'No',
  ]);
  return part('Sources', element('p', {}, sources.agreement),
    table('Incidents by source', ['Source', 'Incidents', 'Of all its own', 'A hotspot by it alone'], rows, [1, 2]));
}

function streetsPart({ streets }: Why): HTMLElement {
  if (!streets.top) return part('Streets', note(`Not known: ${streets.reason ?? 'the service does not say why'}.`));
  const items = streets.top.map(({ label, incidents }) => element('li', {}, `${label}: ${count(incidents)}`));
  const off = streets.on_no_street ?? 0;
  return part('Streets', items.length > 0 ? element('ol', { class: 'streets' }, ...items) : note('No incident is on a named street.'),
    note(off > 0 ? `${counted(off, 'incident is', 'incidents are')} on no named street.` : ''));
}

function surePart(why: Why): HTMLElement {
  return part('How sure',
    element('dl', {},
      element('dt', {}, 'Uncertainty of the points'), element('dd', {}, uncertaintyWords(why)),
      element('dt', {}, 'Located'), element('dd', {}, hitRateWords(why.hit_rate))));
}

function showWhy(host: HTMLElement, why: Why): void {
  const sentences = [...changeSentences(why.change), timesSentence(why.times)].filter(Boolean);
  host.replaceChildren(
    ...sentences.map((text) => element('p', {}, text)),
    ...[note(comparedPeriods(why.change))].filter((node) => node !== null),
    timesPart(why), offencesPart(why), sourcesPart(why), streetsPart(why), surePart(why));
}

// Asks at once, until `closed`. `known` is told the hotspot's survival, which comes later; without it
// the reasons stand all the same.
export function makeWhyPart(
  id: string, query: URLSearchParams, closed: AbortSignal, known: (survival: Survival) => void
): HTMLElement {
  const body = element('div', { class: 'why-body' });
  const status = element('p', { class: 'status', role: 'status' });

  async function load(): Promise<void> {
    status.classList.add('busy');
    status.textContent = 'Loading the reasons …';
    body.replaceChildren();
    try {
      const why = await fetchWhy(id, query, closed);
      showWhy(body, why);
      void fetchSurvival(id, query, closed).then(known, () => undefined);
    } catch (error) {
      if (closed.aborted) return;
      showProblem(error);
    }
    status.classList.remove('busy');
    status.textContent = '';
  }
  function showProblem(error: unknown): void {
    const retry = element('button', { type: 'button', class: 'quiet' }, 'Try again');
    retry.addEventListener('click', () => void load());
    const words = error instanceof Problem ? `${error.title}: ${error.message}` : String(error);
    body.replaceChildren(element('div', { class: 'problem', role: 'alert' }, element('p', {}, words), retry));
  }
  void load();
  return element('div', { class: 'why' }, element('h3', {}, 'Why here'), status, body);
}
