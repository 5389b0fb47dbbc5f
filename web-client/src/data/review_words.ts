// Review in words: why a record needs a person, what was decided, and what follows from it.
import { count, counted, moment, percent } from '../format.ts';
import type { Candidate, Decided, HandDecision, Reason, ReviewItem, ReviewRecord } from './review_api.ts';

const REASON_WORDS: Record<Reason, [short: string, long: string]> = {
  ambiguous: ['Several places', 'The text fits several places.'],
  unmatched: ['Not found', 'Nothing in the text is known as a place.'],
  uncertain: ['Unsure match', 'A place was found, but it may well be wrong.'],
  changed_since_set: ['Changed since', 'The source changed the record after a person had placed it.'],
};

const SOURCES: Record<string, string> = { police: 'Police', ed: 'Emergency department', ambulance: 'Ambulance' };

export function reasonShort(reason: Reason | null): string {
  return reason === null ? 'Settled' : REASON_WORDS[reason]?.[0] ?? reason;
}

export function reasonLong(item: Pick<ReviewItem, 'reason' | 'score' | 'matched_text'>): string {
  if (item.reason === null) return 'Nobody is needed: this record is settled.';
  const words = REASON_WORDS[item.reason]?.[1] ?? item.reason;
  if (item.reason !== 'uncertain' || item.score === null) return words;
  return `${words} Found: ${item.matched_text ?? 'a place'}, right with a probability of ${percent(item.score)}.`;
}

export function itemTitle({ location_text }: Pick<ReviewItem, 'location_text'>): string {
  return location_text ?? '(no location text)';
}

export function itemFacts(item: ReviewItem): string {
  const scope = item.counts === false ? ' · out of scope' : '';
  return `${item.incident_id} · ${SOURCES[item.source] ?? item.source} · ${moment(item.occurred_from)}${scope}`;
}

export function candidateFacts({ level, uncertainty_m }: Pick<Candidate, 'level' | 'uncertainty_m'>): string {
  const within = uncertainty_m === null ? '' : `, within about ${count(uncertainty_m)} m`;
  return `${level.replaceAll('_', ' ')}${within}`;
}

// Other records of the same words are often the same place, unless the words fit several. Whoever
// changes a decision starts from what it said.
export function aliasByDefault({ reason, history }: Pick<ReviewRecord, 'reason' | 'history'>): boolean {
  const last = history.at(-1);
  return last && isDecided(history) ? last.alias : reason !== 'ambiguous';
}

export function aliasHint(item: Pick<ReviewItem, 'reason'>): string {
  const how = 'When ticked, every other record with this very text, now and in later imports, is placed the same ' +
    'way, unless it has coordinates or a decision of its own.';
  return item.reason === 'ambiguous'
    ? `${how} Off here, because the text fits several places: another record of it may be elsewhere.`
    : `${how} Untick it where the words say nothing of this one place, such as ‘outside a bar’.`;
}

function answerWords({ decision, label, longitude, latitude, uncertainty_m }: HandDecision): string {
  const within = uncertainty_m === null ? '' : `, within about ${count(uncertainty_m)} m`;
  const where = longitude !== null && latitude !== null ? `${longitude.toFixed(5)}, ${latitude.toFixed(5)}` : '';
  switch (decision) {
    case 'candidate': return `Placed at ${label ?? where}${within}`;
    case 'point': return `Placed at the point ${label ? `${label} (${where})` : where}${within}`;
    case 'cannot_be_placed': return 'Cannot be placed';
    case 'automatic': return 'Back to the automatic answer';
  }
}

// "Placed at High Street, within about 100 m, for the same text elsewhere too. By key desk, 22 November 2026, 15:04."
export function historyWords(decision: HandDecision): string {
  const alias = decision.alias ? ', for the same text elsewhere too' : '';
  const note = decision.note ? ` Note: ${decision.note}` : '';
  return `${answerWords(decision)}${alias}. ${decision.decided_by ? `By ${decision.decided_by}, ` : ''}` +
    `${moment(decision.decided)}.${note}`;
}

// Whether a person's decision stands, so that it can be taken back.
export function isDecided(history: readonly HandDecision[]): boolean {
  const last = history.at(-1);
  return last !== undefined && last.decision !== 'automatic';
}

export function decidedSentence(decided: Decided): string {
  const last = decided.history.at(-1);
  const what = last ? answerWords(last) : 'Saved';
  const others = decided.also_changed > 0
    ? ` ${counted(decided.also_changed, 'other record', 'other records')} of the same text changed with it.`
    : '';
  return `Saved: “${itemTitle(decided)}”. ${what}.${others}`;
}

export function listSentence(offset: number, shown: number, matched: number): string {
  if (matched === 0) return 'No record needs a person.';
  if (shown === 0) return `Nothing here: the list has ${counted(matched, 'record', 'records')}.`;
  return `Records ${count(offset + 1)} to ${count(offset + shown)} of ${count(matched)}.`;
}

// Which record comes after `done`, by the list before and the list as it is now; null if none is left.
export function nextRecord(before: readonly number[], done: number, now: readonly number[]): number | null {
  const place = before.indexOf(done);
  const left = new Set(now.filter((id) => id !== done));
  return before.slice(place + 1).find((id) => left.has(id)) ?? [...left][0] ?? null;
}
