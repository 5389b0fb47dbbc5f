// What is shown and at which bandwidth.
import { type BandwidthSlider, bandwidthText, makeBandwidthSlider } from './bandwidth.ts';
import { element, labelledSelect } from './dom.ts';
import type { Against, Shown, State } from './state.ts';
import { makeSuggestions } from './suggestions.ts';

export interface ViewCalls {
  shown(shown: Shown): void;
  against(against: Against): void;
  dragged(bandwidth: string): void; // "": the default
  left(bandwidth: string): void;
}

export interface ViewForm {
  show(state: State, suggestionQuery: URLSearchParams): void;
}

const VIEWS: readonly (readonly [Shown, string])[] = [
  ['hotspots', 'Hotspots'], ['bands', 'Density'], ['cells', 'Cells'], ['compare', 'Compare'],
];
const AGAINST: readonly (readonly [Against, string])[] = [
  ['before', 'The period before'], ['police', 'Police records'], ['ed', 'Emergency department records'],
  ['ambulance', 'Ambulance records'],
];

export function viewName(shown: Shown): string {
  return VIEWS.find(([value]) => value === shown)?.[1] ?? shown;
}

// "View: Hotspots, 300 m": what the closed form stands for.
export function viewWords({ shown, filters }: State): string {
  return shown === 'cells' ? viewName(shown) : `${viewName(shown)}, ${bandwidthText(filters.choices.bandwidth)}`;
}

export function makeViewForm(host: HTMLElement, words: HTMLElement, calls: ViewCalls): ViewForm {
  const radios = VIEWS.map(([value, text]) => {
    const input = element('input', { type: 'radio', name: 'show', id: `show-${value}`, value });
    input.addEventListener('change', () => calls.shown(value));
    return { input, node: element('label', { class: 'choice', for: input.id }, input, text) };
  });
  const slider: BandwidthSlider = makeBandwidthSlider(calls.dragged, calls.left);
  const suggestions = makeSuggestions();
  const against = labelledSelect('with', 'Compare with', AGAINST, 'before');
  against.select.addEventListener('change', () => calls.against(against.select.value as Against));
  const none = element('p', { class: 'hint' }, 'Cells have no bandwidth: each counts what lies in it.');
  const form = element('form', { 'aria-label': 'View' },
    element('fieldset', { class: 'shown' }, element('legend', { class: 'unseen' }, 'Show on the map'), ...radios.map(({ node }) => node)),
    against.field, slider.node, suggestions.node, none);
  form.addEventListener('submit', (event) => event.preventDefault());
  host.replaceChildren(form);
  return {
    show(state, suggestionQuery) {
      for (const { input } of radios) input.checked = input.value === state.shown;
      slider.show(state.filters.choices.bandwidth);
      const isCells = state.shown === 'cells';
      slider.node.hidden = suggestions.node.hidden = isCells;
      none.hidden = !isCells;
      words.textContent = viewWords(state);
      suggestions.show(suggestionQuery);
      against.field.hidden = state.shown !== 'compare';
      against.select.value = state.against;
    },
  };
}
