// The review part: a list of records that need a person, one of them open, and its decision.
import { byId } from '../dom.ts';
import { type Action, makeMessages } from '../messages.ts';
import { type Decision, fetchRecord, fetchReview, type ReviewPage, sendDecision } from './review_api.ts';
import { makeReviewList } from './review_list.ts';
import { makeRecordView } from './review_record.ts';
import { decidedSentence, listSentence, nextRecord } from './review_words.ts';
import { type DataPart, type DataState, dataState, type GoTo, PAGE_SIZE } from './state.ts';

export class ReviewPart implements DataPart {
  readonly #goTo: GoTo;
  readonly #messages = makeMessages(
    byId('review-status'), byId('review-notes'), byId('review-alert'), 'Loading the list …');
  // What became of a decision: said above the next record, refused below the form.
  readonly #decision = makeMessages(byId('decision-status'), byId('decision-notes'), byId('decision-alert'));
  readonly #list = makeReviewList({
    open: (id) => this.#choose(id),
    filter: (reason) => this.#move({ reason, offset: 0 }),
    page: (offset) => this.#move({ offset }),
  });
  readonly #view = makeRecordView((decision) => void this.#decide(decision), () => void this.#skip());
  #state = dataState('review');
  #page: ReviewPage | null = null;
  #opened: number | null = null;
  #asked = 0; // counts requests for a record: a late answer does not replace a newer one

  constructor(goTo: GoTo) {
    this.#goTo = goTo;
  }

  show(state: DataState): void {
    this.#state = state;
    void this.#load(state.item);
  }

  #ids(): number[] {
    return this.#page?.items.map(({ id }) => id) ?? [];
  }

  #listWords(): string {
    return listSentence(this.#state.offset, this.#page?.items.length ?? 0, this.#page?.numberMatched ?? 0);
  }

  #choose(id: number): void {
    this.#decision.result('', []);
    void this.#open(id, 'push', true);
  }

  // To another page of the list, and its first record.
  #move(change: Partial<DataState>): void {
    this.#decision.result('', []);
    this.#state = { ...this.#state, ...change, item: null };
    this.#goTo(this.#state, 'push');
    void this.#load(null);
  }

  async #open(id: number, way: 'push' | 'replace', focus: boolean): Promise<void> {
    const mine = ++this.#asked;
    try {
      const record = await fetchRecord(id);
      if (mine !== this.#asked) return;
      const counts = this.#page?.items.find((item) => item.id === id)?.counts;
      this.#opened = id;
      this.#state = { ...this.#state, item: id };
      this.#goTo(this.#state, way);
      this.#list.select(id);
      this.#view.show(counts === undefined ? record : { ...record, counts });
      if (focus) byId('record-heading').focus();
    } catch (error) {
      if (mine !== this.#asked) return;
      this.#messages.problem(error, [{ text: 'Try again', act: () => void this.#open(id, way, focus) }]);
    }
  }

  #close(): void {
    ++this.#asked;
    this.#opened = null;
    this.#view.hide();
  }

  // The list of the state; its last page, where decisions have emptied the one wanted. False if the
  // state has moved on meanwhile.
  async #refresh(): Promise<boolean> {
    const { reason, offset } = this.#state;
    const found = await fetchReview(reason, offset, PAGE_SIZE);
    if (reason !== this.#state.reason || offset !== this.#state.offset) return false;
    if (found.items.length === 0 && found.numberMatched > 0) {
      const last = Math.floor((found.numberMatched - 1) / PAGE_SIZE) * PAGE_SIZE;
      this.#state = { ...this.#state, offset: last };
      return this.#refresh();
    }
    this.#page = found;
    this.#list.show(found, reason, offset);
    return true;
  }

  // Shows the list, and the record `item` or the first one.
  async #load(item: number | null): Promise<void> {
    this.#messages.loading();
    try {
      if (!(await this.#refresh())) return;
      this.#messages.result(this.#listWords(), []);
      const id = item ?? this.#ids()[0];
      if (id === undefined) this.#close();
      else await this.#open(id, 'replace', false);
    } catch (error) {
      this.#list.clear();
      this.#close();
      this.#messages.problem(error, [{ text: 'Try again', act: () => void this.#load(item) }]);
    }
  }

  async #decide(decision: Decision): Promise<void> {
    const id = this.#opened;
    if (id === null) return;
    this.#view.setBusy(true);
    try {
      const before = this.#ids();
      const decided = await sendDecision(id, decision);
      if (!(await this.#refresh())) return;
      const again: Action = { text: 'Open it again', act: () => this.#choose(id) };
      this.#messages.result(this.#listWords(), []);
      this.#decision.empty(decidedSentence(decided), '', [again]);
      await this.#openNext(nextRecord(before, id, this.#ids()), decidedSentence(decided));
    } catch (error) {
      this.#decision.problem(error, []); // the form still has the answer
    } finally {
      this.#view.setBusy(false);
    }
  }

  async #openNext(next: number | null, saved: string): Promise<void> {
    if (next !== null) return this.#open(next, 'push', true);
    this.#close();
    this.#messages.result(saved, [this.#listWords()]);
    byId('review-heading').focus();
  }

  // The next of the list; after its end the next page, and the first page after the last.
  async #skip(): Promise<void> {
    const next = this.#ids()[this.#opened === null ? 0 : this.#ids().indexOf(this.#opened) + 1];
    if (next !== undefined) return this.#open(next, 'push', true);
    const after = this.#state.offset + PAGE_SIZE;
    this.#state = { ...this.#state, offset: after < (this.#page?.numberMatched ?? 0) ? after : 0, item: null };
    await this.#load(null);
    byId('record-heading').focus();
  }
}
