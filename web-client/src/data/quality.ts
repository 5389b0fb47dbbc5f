// The quality part: hit rates against the gate, whether misses depend on anything, suspicious points.
import { byId, element } from '../dom.ts';
import { count, counted, percent } from '../format.ts';
import { writePosition } from '../map_position.ts';
import { makeMessages } from '../messages.ts';
import { type Cell, table } from '../table.ts';
import { type Dependence, fetchQuality, type Grouping, type Quality, type Trap } from './api.ts';
import {
  belowSentence, dependenceName, gateWords, groupColumn, groupingTitle, groupName, isOnMap, locatedWords,
  orderedGroupings, overallDetails, overallSentence, readingWords, trapName, trapOrigin,
} from './quality_words.ts';
import type { DataPart } from './state.ts';

const SHOWN_TRAPS = 50;

function groupingPart(grouping: Grouping, open: boolean): HTMLElement {
  const title = groupingTitle(grouping);
  const rows = grouping.groups.map((group): Cell[] => [
    groupName(grouping.by, group), locatedWords(group), percent(group.hit_rate),
    group.below_gate ? element('strong', { class: 'below' }, gateWords(group)) : gateWords(group),
  ]);
  return element('details', { class: 'grouping', open },
    element('summary', {}, element('h3', {}, title), element('span', { class: 'quiet-text' }, `: ${belowSentence(grouping)}`)),
    element('p', { class: 'quiet-text' }, `A record’s group is ${grouping.rule}.`),
    table(title, [groupColumn(grouping), 'Located', 'Hit rate', 'Gate of 85 %'], rows, [1, 2]));
}

function dependencePart(dependence: readonly Dependence[], source: string): HTMLElement {
  const rows = dependence.map((one): Cell[] => [
    dependenceName(one), readingWords(one), one.cramers_v_corrected === null ? 'none' : one.cramers_v_corrected.toFixed(2),
  ]);
  return element('section', { 'aria-labelledby': 'dependence-heading' },
    element('h2', { id: 'dependence-heading' }, 'What misses depend on'),
    element('p', { class: 'quiet-text' },
      'Where misses gather in some places or times, a map shows those too cool. Strength from 0 (not at all) to 1.'),
    table('What misses depend on', ['Depends on', 'How much', 'Strength'], rows, [2]),
    element('p', { class: 'hint' }, `${source}.`));
}

function trapEntry(trap: Trap): HTMLElement {
  const { longitude, latitude } = trap;
  const name = trapName(trap);
  const link = isOnMap(trap) && longitude !== null && latitude !== null
    ? element('a', { href: `./${writePosition({ zoom: 16, longitude, latitude })}` }, 'On the map',
      element('span', { class: 'unseen' }, `: ${name}`))
    : null;
  return element('li', {},
    element('p', {}, element('strong', {}, name), ` · ${counted(trap.records, 'record', 'records')} ${trapOrigin(trap)}`,
      link ? ' · ' : '', link),
    element('p', { class: 'quiet-text' }, `${trap.reason.charAt(0).toUpperCase()}${trap.reason.slice(1)}.`));
}

function trapsPart(traps: readonly Trap[]): HTMLElement {
  const list = element('ol', { class: 'rows traps' }, ...traps.slice(0, SHOWN_TRAPS).map(trapEntry));
  const more = element('button', { type: 'button' }, `Show all ${count(traps.length)}`);
  more.addEventListener('click', () => {
    list.append(...traps.slice(SHOWN_TRAPS).map(trapEntry));
    more.remove();
  });
  return element('section', { 'aria-labelledby': 'traps-heading' },
    element('h2', { id: 'traps-heading' }, 'Suspicious points'),
    element('p', { class: 'quiet-text' }, traps.length > 0
      ? `${counted(traps.length, 'point', 'points')} where records gather for another reason than that it happened there.`
      : 'No point holds more records than its neighbours explain.'),
    list, traps.length > SHOWN_TRAPS ? more : null);
}

function showQuality(host: HTMLElement, quality: Quality): void {
  const groupings = orderedGroupings(quality.groupings).map((grouping, index) => groupingPart(grouping, index === 0));
  host.replaceChildren(
    element('section', { 'aria-labelledby': 'groups-heading' },
      element('h2', { id: 'groups-heading' }, 'Hit rates'), ...groupings),
    dependencePart(quality.dependence, quality.dependence_source),
    trapsPart(quality.traps));
}

export function makeQualityPart(): DataPart {
  const messages = makeMessages(
    byId('quality-status'), byId('quality-notes'), byId('quality-alert'), 'Loading data quality …');
  const body = byId('quality-body');
  let asked: AbortController | null = null;

  async function load(): Promise<void> {
    asked?.abort();
    const mine = (asked = new AbortController());
    messages.loading();
    try {
      const quality = await fetchQuality(mine.signal);
      messages.result(overallSentence(quality), overallDetails(quality));
      showQuality(body, quality);
    } catch (error) {
      if (mine.signal.aborted) return;
      body.replaceChildren(); // figures of another time must not stand below a problem
      messages.problem(error, [{ text: 'Try again', act: () => void load() }]);
    }
  }
  return { show: () => void load() };
}
