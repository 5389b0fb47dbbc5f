// The review part: a list of records that need a person, one of them open, and its decision.
import { byId } from '../dom.ts';
import { type Action, makeMessages } from '../messages.ts';
import { type Decision, fetchRecord, fetchReview, type ReviewPage, sendDecision } from './review_api.ts';
import { makeReviewList } from './review_list.ts';
import { makeRecordView } from './review_record.ts';
import { decidedSentence, listSentence, nextRecord } from './review_words.ts';
import { type DataPart, type DataState, dataState, type GoTo, PAGE_SIZE } from './state.ts';

export function makeReviewPart(goTo: GoTo): DataPart {
  const messages = makeMessages(
    byId('review-status'), byId('review-notes'), byId('review-alert'), 'Loading the list …');
  let state: DataState = dataState('review');
  let page: ReviewPage | null = null;
  let opened: number | null = null;
  let asked = 0; // requests for a record, so that a late answer does not replace a newer one

  const list = makeReviewList({
    open: (id) => void open(id, 'push', true),
    filter: (reason) => move(dataState('review', { reason })),
    page: (offset) => move(dataState('review', { reason: state.reason, offset })),
  });
  const view = makeRecordView((decision) => void decide(decision), () => void skip());
  const ids = () => page?.items.map(({ id }) => id) ?? [];

  function move(next: DataState): void {
    state = next;
    goTo(state, 'push');
    void load(null);
  }

  function fail(error: unknown, again: () => void): void {
    messages.problem(error, [{ text: 'Try again', act: again }]);
  }

  async function open(id: number, way: 'push' | 'replace', focus: boolean): Promise<void> {
    const mine = ++asked;
    try {
      const record = await fetchRecord(id);
      if (mine !== asked) return;
      const counts = page?.items.find((item) => item.id === id)?.counts;
      opened = id;
      state = { ...state, item: id };
      goTo(state, way);
      list.select(id);
      view.show(counts === undefined ? record : { ...record, counts });
      if (focus) byId('record-heading').focus();
    } catch (error) {
      if (mine === asked) fail(error, () => void open(id, way, focus));
    }
  }

  function close(): void {
    ++asked;
    opened = null;
    view.hide();
  }

  // The list of the state. False if there is none.
  async function refresh(): Promise<boolean> {
    const wanted = state;
    const found = await fetchReview(wanted.reason, wanted.offset, PAGE_SIZE);
    if (wanted !== state && (wanted.reason !== state.reason || wanted.offset !== state.offset)) return false;
    if (found.items.length === 0 && wanted.offset > 0 && found.numberMatched > 0) {
      state = { ...state, offset: Math.floor((found.numberMatched - 1) / PAGE_SIZE) * PAGE_SIZE };
      return refresh();
    }
    page = found;
    list.show(found, state.reason, state.offset);
    return true;
  }

  // Shows the list, and the record `item` or the first one.
  async function load(item: number | null): Promise<void> {
    messages.loading();
    try {
      if (!(await refresh()) || !page) return;
      messages.result(listSentence(state.offset, page.items.length, page.numberMatched), []);
      const id = item ?? page.items[0]?.id ?? null;
      if (id === null) close();
      else if (id !== opened || item === null) await open(id, 'replace', false);
      else list.select(id);
    } catch (error) {
      list.clear();
      close();
      fail(error, () => void load(item));
    }
  }

  async function decide(decision: Decision): Promise<void> {
    const id = opened;
    if (id === null) return;
    view.setBusy(true);
    try {
      const before = ids();
      const decided = await sendDecision(id, decision);
      const again: Action = { text: 'Open it again', act: () => void open(id, 'push', true) };
      if (!(await refresh()) || !page) return;
      messages.empty(decidedSentence(decided), listSentence(state.offset, page.items.length, page.numberMatched), [again]);
      await openNext(nextRecord(before, id, ids()));
    } catch (error) {
      messages.problem(error, []); // the form still has the answer
    } finally {
      view.setBusy(false);
    }
  }

  async function openNext(next: number | null): Promise<void> {
    if (next !== null) return open(next, 'push', true);
    close();
    byId('review-heading').focus();
  }

  // The next of the list, on the page after it at its end.
  async function skip(): Promise<void> {
    const place = opened === null ? -1 : ids().indexOf(opened);
    const next = ids()[place + 1];
    if (next !== undefined) return open(next, 'push', true);
    const matched = page?.numberMatched ?? 0;
    state = { ...state, offset: state.offset + PAGE_SIZE < matched ? state.offset + PAGE_SIZE : 0, item: null };
    goTo(state, 'push');
    await load(null);
    byId('record-heading').focus();
  }

  return {
    show(next) {
      state = next;
      void load(next.item);
    },
  };
}
