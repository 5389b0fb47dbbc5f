// One record under review: what it says, its candidates on the map, the form, and its history.
import { byId, element } from '../dom.ts';
import { Problem } from '../http.ts';
import { type Decision, fetchDegrees, type Point, type PointBody, type ReviewRecord } from './review_api.ts';
import { ReviewForm } from './review_form.ts';
import type { ReviewMap } from './review_map.ts';
import { historyWords, isDecided, itemFacts, itemTitle, reasonLong } from './review_words.ts';

export interface RecordView {
  show(record: ReviewRecord): void;
  hide(): void;
  setBusy(busy: boolean): void;
}

function historyPart({ history }: ReviewRecord): HTMLElement[] {
  if (history.length === 0) return [];
  return [
    element('h3', {}, 'Decided so far'),
    element('ol', { class: 'rows' }, ...[...history].reverse().map((decision) => element('li', {}, historyWords(decision)))),
  ];
}

// Where a person put it, until something else is chosen.
function pointOf({ longitude, latitude, history }: ReviewRecord): Point | null {
  return isDecided(history) && longitude !== null && latitude !== null ? { longitude, latitude } : null;
}

export function makeRecordView(decide: (decision: Decision) => void, skip: () => void): RecordView {
  const host = byId('record');
  let record: ReviewRecord | null = null;
  let form: ReviewForm | null = null;
  let map: Promise<ReviewMap | null> | null = null;
  let choices = 0; // counts them, so that a late answer does not overtake a new choice

  const note = (text: string) => (byId('map-note').textContent = text);

  // The map's program is large and comes with the first record.
  async function startMap(): Promise<ReviewMap | null> {
    try {
      const { makeReviewMap } = await import('./review_map.ts');
      return await makeReviewMap(byId('map'), {
        candidate: (index) => form?.choose(index),
        point: (point) => form?.setPoint(point),
        failed: (message) => note(`Part of the map could not be loaded: ${message}`),
      });
    } catch (error) {
      const reason = error instanceof Problem ? error.message : 'This browser cannot draw it (WebGL is missing).';
      note(`The map is not shown. ${reason} A point can be typed.`);
      return null;
    }
  }

  async function degreesOf(point: PointBody): Promise<Point | null> {
    if ('longitude' in point) return point;
    try {
      return await fetchDegrees(point.easting, point.northing);
    } catch {
      return null; // only the marker is missing: saving says what is wrong
    }
  }

  async function showChoice(candidate: number | null, point: PointBody | null): Promise<void> {
    const mine = ++choices;
    const at = point ? await degreesOf(point) : null;
    const drawn = await map;
    if (mine === choices) drawn?.choose(candidate, at);
  }

  async function showOnMap(shown: ReviewRecord): Promise<void> {
    const drawn = await (map ??= startMap());
    if (record !== shown) return;
    const at = pointOf(shown);
    drawn?.show(shown.candidates, at);
    drawn?.choose(null, at);
  }

  return {
    show(next) {
      record = next;
      host.hidden = false;
      byId('record-heading').textContent = itemTitle(next);
      byId('record-facts').replaceChildren(
        element('p', { class: 'quiet-text' }, itemFacts(next)), element('p', {}, reasonLong(next)));
      form = new ReviewForm(byId('record-form'), next, {
        decide, skip, chosen: (candidate, point) => void showChoice(candidate, point),
      });
      byId('record-history').replaceChildren(...historyPart(next));
      void showOnMap(next);
    },
    hide() {
      record = null;
      host.hidden = true;
    },
    setBusy: (busy) => form?.setBusy(busy),
  };
}
