// The page: the address is the state, the state asks the service, the answer is drawn on map and list.
import { showAccount } from './account.ts';
import { fetchHealth, fetchHotspots, type Health, type Hotspot, type Hotspots } from './api.ts';
import { makeCard } from './card.ts';
import { type Checks, makeChecks } from './checks/checks.ts';
import { testPeriods } from './checks/periods.ts';
import { survivalWords } from './checks/words.ts';
import { byId, unfold } from './dom.ts';
import { downloadsOf, showDownloads } from './downloads.ts';
import { filterWords, scopeField } from './filter_fields.ts';
import { type FilterForm, makeFilterForm } from './filters.ts';
import { boxOf } from './geometry.ts';
import { showHeading } from './heading.ts';
import { Problem } from './http.ts';
import { showLegend, showSurfaceLegend } from './legend.ts';
import { makeRankedList } from './list.ts';
import { makeMap, type HotspotMap } from './map.ts';
import { readPosition, writePosition } from './map_position.ts';
import { type Action, makeMessages } from './messages.ts';
import { makePacer } from './pacer.ts';
import { makeProgressBar, type ProgressBar } from './progress_bar.ts';
import {
  analysisQuery, defaultFilters, equalFilters, type Filters, readState, type State, writeState,
} from './state.ts';
import { makeViewForm, type ViewForm } from './view_form.ts';
import { fetchSurface, headingOf } from './views/fetch.ts';
import type { Surface } from './views/surface.ts';
import { makeWhyPart } from './why/card_part.ts';
import { DEFAULT_BANDWIDTH_M, detailSentence, EMPTY_SUMMARY, emptySentence, summarySentence } from './words.ts';

const WIDE = window.matchMedia('(min-width: 56rem)');

let state: State = readState(location.search);
let answer: Hotspots | null = null; // of the view Hotspots
let surface: Surface | null = null; // of the others
let survival = new Map<string, string>(); // in words, by hotspot
let health: Health | null = null;
let form: FilterForm | null = null;
let view: ViewForm | null = null;
let checks: Checks | null = null;
let map: HotspotMap | null = null;
let asked: AbortController | null = null;
let slid = false; // the address was last written by the slider

const messages = makeMessages(byId('status'), byId('notes'), byId('alert'));
const list = makeRankedList(byId('list'), {
  chosen: (id) => select(id, false), cardOf, survivalOf: (id) => survival.get(id) ?? '',
});
const follower = makePacer(() => load('following'));

function hotspotOf(id: string | null): Hotspot | null {
  return answer?.features.find((hotspot) => hotspot.id === id) ?? null;
}

function query(): URLSearchParams {
  return analysisQuery(state.filters, health?.defaultPeriod ?? '');
}

function cardOf(hotspot: Hotspot, closed: AbortSignal): HTMLElement {
  const why = makeWhyPart(hotspot.id, query(), closed, ({ survival: share, runs }) => {
    if (survival.has(hotspot.id)) return;
    survival.set(hotspot.id, survivalWords(share, runs));
    list.showSurvival();
  });
  return makeCard(hotspot, answer as Hotspots, survival.get(hotspot.id) ?? '', why, () => map?.goTo(boxOf(hotspot.geometry)));
}

function writeAddress(way: 'push' | 'replace'): void {
  const address = `${location.pathname}${writeState(state)}${location.hash}`;
  if (way === 'push') history.pushState(null, '', address);
  else history.replaceState(null, '', address);
  slid = false;
}

// From the list the map moves to the hotspot; from the map the list does.
function select(id: string | null, fromMap: boolean): void {
  if (id === state.hotspot) return;
  state = { ...state, hotspot: id };
  writeAddress('push');
  showSelection();
  const hotspot = hotspotOf(id);
  if (hotspot && !fromMap) map?.goTo(boxOf(hotspot.geometry));
}

function showSelection(): void {
  list.select(state.hotspot);
  map?.select(state.hotspot);
}

function changeFilters(filters: Filters): void {
  if (equalFilters(filters, state.filters)) return;
  state = { ...state, filters, hotspot: null };
  writeAddress('push');
  void load();
}

function changeView(changes: Partial<State>): void {
  state = { ...state, ...changes };
  writeAddress('push');
  void load();
}

function withBandwidth(bandwidth: string): State {
  const choices = { ...state.filters.choices };
  if (bandwidth) choices.bandwidth = bandwidth;
  else delete choices.bandwidth;
  return { ...state, filters: { ...state.filters, choices }, hotspot: null };
}

function dragBandwidth(bandwidth: string): void {
  state = withBandwidth(bandwidth);
  if (state.shown !== 'compare') follower.call(); // that takes seconds: asked for when the hand lets go
}

// Steps of the slider, by keys say, are one entry of the history.
function leaveBandwidth(bandwidth: string): void {
  follower.cancel();
  state = withBandwidth(bandwidth);
  writeAddress(slid ? 'replace' : 'push');
  slid = true;
  void load(state.shown === 'compare' ? 'anew' : 'following');
}

function actions(): Action[] {
  const { period } = state.filters;
  const retry = { text: 'Try again', act: () => void (health ? load() : start()) };
  const reset = { text: 'Reset filters', act: () => changeFilters(defaultFilters()) };
  const shorter = { text: 'Show the last 12 months', act: () => changeFilters({ ...state.filters, period: { months: 12 } }) };
  const isLong = 'months' in period && period.months > 12;
  return [
    retry, ...(equalFilters(state.filters, defaultFilters()) ? [] : [reset]), // the records may not go back twice as far
    ...(state.shown === 'compare' && state.against === 'before' && isLong ? [shorter] : []),
  ];
}

function showFilters(): void {
  form?.show(state.filters);
  view?.show(state, analysisQuery(state.filters, health?.defaultPeriod ?? '', ['top', 'bandwidth']));
  byId('filter-words').textContent = `Shown: ${describeFilters()}.`;
  byId('list-heading').textContent = headingOf(state.shown);
  showDownloads(byId('downloads'), downloadsOf(state, health?.defaultPeriod ?? ''));
  byId('downloads-part').hidden = health === null;
  byId('checks-toggle').hidden = state.shown !== 'hotspots' || !answer?.features.length;
  showLegendOf();
}

function showLegendOf(): void {
  const { top = '0.25', bandwidth = DEFAULT_BANDWIDTH_M } = state.filters.choices;
  if (state.shown === 'hotspots') showLegend(byId('legend-body'), answer, top, Number(bandwidth));
  else showSurfaceLegend(byId('legend-body'), surface?.legend ?? []);
}

function describeFilters(): string {
  return filterWords(state.filters, scopeField(health?.scopes ?? [], health?.defaultScope ?? ''));
}

function showAnswer(next: Hotspots | null): void {
  answer = next;
  survival = new Map();
  checks?.forget();
  list.show(answer);
  map?.showHotspots(answer);
  showFilters();
  showSelection();
}

function showSurface(next: Surface | null): void {
  surface = next;
  byId('surface').replaceChildren(...(surface?.body ?? []));
  map?.showSurface(surface?.drawn ?? []);
  tell('');
  showFilters();
}

function showCounts(shown: Hotspots): void {
  if (shown.features.length === 0) {
    messages.empty(EMPTY_SUMMARY, emptySentence(shown, describeFilters()), actions().slice(1));
    return;
  }
  const gone = state.hotspot && !hotspotOf(state.hotspot) ? 'The linked hotspot is not among these results.' : '';
  messages.result(summarySentence(shown), [gone, detailSentence(shown)]);
}

async function loadHotspots(signal: AbortSignal): Promise<void> {
  const next = await fetchHotspots(query(), signal);
  if (surface) showSurface(null);
  showAnswer(next);
  showCounts(next);
}

async function loadSurface(signal: AbortSignal): Promise<void> {
  let bar: ProgressBar | null = null;
  const progress = (share: number, cancel: () => Promise<void>) => {
    if (!bar) byId('surface').replaceChildren((bar = makeProgressBar('the comparison', cancel, (error) => messages.problem(error, actions()))).node);
    bar.show(share);
  };
  const next = await fetchSurface(state, health?.defaultPeriod ?? '', { signal, progress }, (box) => map?.goTo(box));
  if (answer) showAnswer(null);
  showSurface(next);
  messages.result(next.summary, next.details);
}

// Asks for what the state shows; a later call overtakes an earlier one. While it follows a hand, what
// was there before stays until the answer comes.
async function load(way: 'anew' | 'following' = 'anew'): Promise<void> {
  asked?.abort();
  const mine = (asked = new AbortController());
  showFilters();
  if (way === 'anew') messages.loading();
  byId('results').setAttribute('aria-busy', 'true');
  try {
    await (state.shown === 'hotspots' ? loadHotspots(mine.signal) : loadSurface(mine.signal));
  } catch (error) {
    if (mine.signal.aborted) return;
    showAnswer(null); // figures of other filters must not stand below these
    showSurface(null);
    messages.problem(error, actions());
  } finally {
    if (asked === mine) byId('results').removeAttribute('aria-busy');
  }
}

function showHealth(next: Health): void {
  showHeading(next, 'LLR Hotspots');
  form = makeFilterForm(byId('filters'), next, changeFilters);
  view = makeViewForm(byId('view'), byId('view-words'), {
    shown: (shown) => changeView({ shown }), against: (against) => changeView({ against }), dragged: dragBandwidth,
    left: leaveBandwidth,
  });
  checks = makeChecks(byId('checks'), {
    query, periods: () => (answer ? testPeriods(answer.period, next.defaultPeriod) : null),
    survived(stability) {
      survival = new Map(stability.hotspots.map(({ id, survival: share, runs }) => [id, survivalWords(share, runs)]));
      list.showSurvival();
    },
  });
}

// What is drawn where somebody pointed, on a view without a list of it.
function tell(said: string): void {
  byId('map-told').textContent = said;
}

function noteOnMap(message: string): void {
  byId('map-note').textContent = message;
}

async function startMap(): Promise<void> {
  try {
    map = await makeMap(byId('map'), readPosition(location.hash), {
      chosen: (id) => select(id, true),
      told: tell,
      moved: (position) => history.replaceState(null, '', `${location.pathname}${location.search}${writePosition(position)}`),
      failed: (message) => noteOnMap(`Part of the map could not be loaded: ${message}`),
    });
  } catch (error) {
    const reason = error instanceof Problem ? error.message : 'This browser cannot draw it (WebGL is missing).';
    noteOnMap(`The map is not shown. ${reason} The list has every figure.`);
    return;
  }
  map.showHotspots(answer);
  map.showSurface(surface?.drawn ?? []);
  map.select(state.hotspot);
  const linked = readPosition(location.hash) ? null : hotspotOf(state.hotspot);
  if (linked) map.goTo(boxOf(linked.geometry));
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
  const anew = !equalFilters(next.filters, state.filters) || next.shown !== state.shown || next.against !== state.against;
  state = next;
  slid = false;
  if (anew) void load();
  else showSelection();
  const position = readPosition(location.hash);
  if (position) map?.jumpTo(position);
});

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && state.hotspot) select(null, true);
});

window.addEventListener('beforeprint', () => unfold(['legend', 'attribution']));
if (WIDE.matches) unfold(['legend', 'filters-toggle', 'view-toggle']);
void showAccount(byId('account'));
void start();
