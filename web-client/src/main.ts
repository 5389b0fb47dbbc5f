// The page: the address is the state, the state asks the service, the answer is drawn on map and list.
import { fetchHealth, fetchHotspots, type Health, type Hotspot, type Hotspots } from './api.ts';
import { makeCard } from './card.ts';
import { byId } from './dom.ts';
import { filterWords, scopeField } from './filter_fields.ts';
import { type FilterForm, makeFilterForm } from './filters.ts';
import { showHeading } from './heading.ts';
import { Problem } from './http.ts';
import { showLegend } from './legend.ts';
import { makeRankedList } from './list.ts';
import { makeMap, type HotspotMap } from './map.ts';
import { readPosition, writePosition } from './map_position.ts';
import { type Action, makeMessages } from './messages.ts';
import {
  analysisQuery, defaultFilters, equalFilters, type Filters, readState, type State, writeState,
} from './state.ts';
import { DEFAULT_BANDWIDTH_M, detailSentence, EMPTY_SUMMARY, emptySentence, summarySentence } from './words.ts';

const WIDE = window.matchMedia('(min-width: 56rem)');

let state: State = readState(location.search);
let answer: Hotspots | null = null;
let health: Health | null = null;
let form: FilterForm | null = null;
let map: HotspotMap | null = null;
let asked: AbortController | null = null;

const messages = makeMessages(byId('status'), byId('notes'), byId('alert'));
const list = makeRankedList(byId('list'), (id) => select(id, false), cardOf);

function hotspotOf(id: string | null): Hotspot | null {
  return answer?.features.find((hotspot) => hotspot.id === id) ?? null;
}

function cardOf(hotspot: Hotspot): HTMLElement {
  return makeCard(hotspot, answer as Hotspots, () => map?.goTo(hotspot));
}

function writeAddress(way: 'push' | 'replace'): void {
  const address = `${location.pathname}${writeState(state)}${location.hash}`;
  if (way === 'push') history.pushState(null, '', address);
  else history.replaceState(null, '', address);
}

// From the list the map moves to the hotspot; from the map the list does.
function select(id: string | null, fromMap: boolean): void {
  if (id === state.hotspot) return;
  state = { ...state, hotspot: id };
  writeAddress('push');
  showSelection();
  const hotspot = hotspotOf(id);
  if (hotspot && !fromMap) map?.goTo(hotspot);
}

function showSelection(): void {
  list.select(state.hotspot);
  map?.select(state.hotspot);
}

function changeFilters(filters: Filters): void {
  if (equalFilters(filters, state.filters)) return;
  state = { filters, hotspot: null };
  writeAddress('push');
  void load();
}

function actions(): Action[] {
  const retry = { text: 'Try again', act: () => void (health ? load() : start()) };
  const reset = { text: 'Reset filters', act: () => changeFilters(defaultFilters()) };
  return equalFilters(state.filters, defaultFilters()) ? [retry] : [retry, reset];
}

function showFilters(): void {
  form?.show(state.filters);
  byId('filter-words').textContent = `Shown: ${describeFilters()}.`;
  const { top = '0.25', bandwidth = DEFAULT_BANDWIDTH_M } = state.filters.choices;
  showLegend(byId('legend-body'), answer, top, Number(bandwidth));
}

function describeFilters(): string {
  return filterWords(state.filters, scopeField(health?.scopes ?? [], health?.defaultScope ?? ''));
}

function showAnswer(next: Hotspots | null): void {
  answer = next;
  list.show(answer);
  map?.showHotspots(answer);
  showFilters();
  showSelection();
}

function showCounts(shown: Hotspots): void {
  if (shown.features.length === 0) {
    messages.empty(EMPTY_SUMMARY, emptySentence(shown, describeFilters()), actions().slice(1));
    return;
  }
  const gone = state.hotspot && !hotspotOf(state.hotspot) ? 'The linked hotspot is not among these results.' : '';
  messages.result(summarySentence(shown), [gone, detailSentence(shown)]);
}

// Asks for the hotspots of the state; a later call overtakes an earlier one.
async function load(): Promise<void> {
  asked?.abort();
  const mine = (asked = new AbortController());
  showFilters();
  messages.loading();
  byId('results').setAttribute('aria-busy', 'true');
  try {
    const next = await fetchHotspots(analysisQuery(state.filters, health?.defaultPeriod ?? ''), mine.signal);
    showAnswer(next);
    showCounts(next);
  } catch (error) {
    if (mine.signal.aborted) return;
    showAnswer(null); // figures of other filters must not stand below these
    messages.problem(error, actions());
  } finally {
    if (asked === mine) byId('results').removeAttribute('aria-busy');
  }
}

function showHealth(next: Health): void {
  showHeading(next, 'LLR Hotspots');
  form = makeFilterForm(byId('filters'), next, changeFilters);
}

function noteOnMap(message: string): void {
  byId('map-note').textContent = message;
}

async function startMap(): Promise<void> {
  try {
    map = await makeMap(byId('map'), readPosition(location.hash), {
      chosen: (id) => select(id, true),
      moved: (position) => history.replaceState(null, '', `${location.pathname}${location.search}${writePosition(position)}`),
      failed: (message) => noteOnMap(`Part of the map could not be loaded: ${message}`),
    });
  } catch (error) {
    const reason = error instanceof Problem ? error.message : 'This browser cannot draw it (WebGL is missing).';
    noteOnMap(`The map is not shown. ${reason} The list has every figure.`);
    return;
  }
  map.showHotspots(answer);
  map.select(state.hotspot);
  const linked = readPosition(location.hash) ? null : hotspotOf(state.hotspot);
  if (linked) map.goTo(linked);
}

async function start(): Promise<void> {
  messages.loading();
  try {
    health = await fetchHealth();
  } catch (error) {
    messages.problem(error, actions());
    return;
  }
  showHealth(health);
  noteOnMap('');
  await Promise.all([load(), map ? null : startMap()]);
}

window.addEventListener('popstate', () => {
  const next = readState(location.search);
  const refilter = !equalFilters(next.filters, state.filters);
  state = next;
  if (refilter) void load();
  else showSelection();
  const position = readPosition(location.hash);
  if (position) map?.jumpTo(position);
});

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && state.hotspot) select(null, true);
});

function unfold(ids: string[]): void {
  for (const id of ids) (byId(id) as HTMLDetailsElement).open = true;
}

window.addEventListener('beforeprint', () => unfold(['legend', 'attribution']));
if (WIDE.matches) unfold(['legend', 'filters-toggle']);
void start();
