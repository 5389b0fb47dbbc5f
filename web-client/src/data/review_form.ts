// The form that decides where one record is.
import { element } from '../dom.ts';
import { POINT_EXAMPLES, readPoint, writePoint } from './point_input.ts';
import type { Candidate, Decision, Point, PointBody, ReviewRecord } from './review_api.ts';
import { aliasByDefault, aliasHint, candidateFacts, isDecided } from './review_words.ts';

const USUAL_M = 25; // a click on a street map

export interface ReviewFormCalls {
  decide(decision: Decision): void;
  skip(): void;
  chosen(candidate: number | null, point: PointBody | null): void; // for the map
}

interface Choice {
  node: HTMLElement;
  radio: HTMLInputElement;
}

function makeChoice(value: string, text: HTMLElement | string, facts = ''): Choice {
  const id = `answer-${value}`;
  const radio = element('input', { type: 'radio', name: 'answer', id, value });
  const node = element('label', { for: id, class: 'choice' }, radio, element('span', {}, text,
    facts ? element('span', { class: 'quiet-text' }, ` · ${facts}`) : null));
  return { node, radio };
}

function candidateChoice(candidate: Candidate): Choice {
  const number = element('span', { class: 'number' }, String(candidate.candidate + 1));
  return makeChoice(`candidate-${candidate.candidate}`, element('span', {}, number, ` ${candidate.label}`),
    candidateFacts(candidate));
}

// A new form for the record replaces the one before.
export class ReviewForm {
  readonly #calls: ReviewFormCalls;
  readonly #candidates: Choice[];
  readonly #point = makeChoice('point', 'A point on the map');
  readonly #nowhere = makeChoice('cannot_be_placed', 'Cannot be placed');
  readonly #automatic: Choice | null;
  readonly #text = element('input', { id: 'point-text', type: 'text', autocomplete: 'off', 'aria-describedby': 'point-hint' });
  readonly #within = element('input', { id: 'point-within', type: 'number', min: 1, max: 250, step: 1, value: USUAL_M });
  readonly #pointFields = this.#makePointFields();
  readonly #alias = element('input', { type: 'checkbox', id: 'alias', 'aria-describedby': 'alias-hint' });
  readonly #note = element('input', { type: 'text', id: 'note', maxlength: 160, autocomplete: 'off' });
  readonly #fault = element('p', { id: 'answer-fault', class: 'field-error', role: 'alert' });
  readonly #save = element('button', { type: 'submit', class: 'primary' }, 'Save and next');
  #busy = false;

  constructor(host: HTMLElement, record: ReviewRecord, calls: ReviewFormCalls) {
    this.#calls = calls;
    this.#candidates = record.candidates.map(candidateChoice);
    this.#automatic = isDecided(record.history)
      ? makeChoice('automatic', 'Take the decision back: let the service place it') : null;
    this.#alias.checked = aliasByDefault(record);
    host.replaceChildren(this.#makeForm(record));
    for (const { radio } of this.#choices()) radio.addEventListener('change', () => this.#showChoice());
    this.#text.addEventListener('change', () => this.#showChoice());
  }

  choose(candidate: number): void {
    const chosen = this.#candidates[candidate];
    if (!chosen) return;
    chosen.radio.checked = true;
    this.#showChoice();
  }

  setPoint(at: Point): void {
    this.#point.radio.checked = true;
    this.#text.value = writePoint(at);
    this.#showChoice();
  }

  setBusy(busy: boolean): void {
    this.#busy = busy;
    this.#save.setAttribute('aria-disabled', String(busy)); // `disabled` would lose the focus
  }

  #choices(): Choice[] {
    return [...this.#candidates, this.#point, this.#nowhere, ...(this.#automatic ? [this.#automatic] : [])];
  }

  // The point's own fields, for which a click on the map is the shorter way.
  #makePointFields(): HTMLElement {
    return element('div', { class: 'custom', hidden: true },
      element('div', { class: 'field wide' },
        element('label', { for: 'point-text' }, 'Longitude and latitude, or easting and northing'), this.#text,
        element('p', { id: 'point-hint', class: 'hint' }, `Click the map, or type it. ${POINT_EXAMPLES}`)),
      element('div', { class: 'field' },
        element('label', { for: 'point-within' }, 'Certain to within (1 to 250 m)'), this.#within));
  }

  #makeForm(record: ReviewRecord): HTMLElement {
    const skip = element('button', { type: 'button' }, 'Skip');
    const form = element('form', { 'aria-labelledby': 'record-heading', novalidate: true },
      element('fieldset', { class: 'choices', 'aria-describedby': 'answer-fault' }, element('legend', {}, 'Where is it?'),
        ...this.#candidates.map(({ node }) => node), this.#point.node, this.#pointFields, this.#nowhere.node,
        this.#automatic?.node),
      this.#fault,
      element('label', { class: 'choice', for: 'alias' }, this.#alias,
        element('span', {}, 'Same text elsewhere gets this answer')),
      element('p', { id: 'alias-hint', class: 'hint' }, aliasHint(record)),
      element('div', { class: 'field' }, element('label', { for: 'note' }, 'Note (optional)'), this.#note),
      element('p', { class: 'actions' }, this.#save, skip));
    skip.addEventListener('click', () => this.#calls.skip());
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (!this.#busy) this.#submit();
    });
    return form;
  }

  #candidate(): number | null {
    const index = this.#candidates.findIndex(({ radio }) => radio.checked);
    return index < 0 ? null : index;
  }

  #showChoice(): void {
    this.#fault.textContent = '';
    this.#pointFields.hidden = !this.#point.radio.checked;
    const typed = this.#point.radio.checked ? readPoint(this.#text.value) : null;
    this.#calls.chosen(this.#candidate(), typed && 'point' in typed ? typed.point : null);
  }

  #complain(text: string, field: HTMLInputElement | undefined): null {
    this.#fault.textContent = text;
    field?.focus();
    return null;
  }

  #pointAnswer(): Decision | null {
    const read = readPoint(this.#text.value);
    if ('fault' in read) return this.#complain(read.fault, this.#text);
    const within = Number(this.#within.value);
    if (!(within >= 1 && within <= 250)) {
      return this.#complain('Certain to within 1 to 250 m: a place less certain cannot be placed.', this.#within);
    }
    return { point: read.point, uncertainty_m: within };
  }

  // Null where it is no answer yet; what is missing is said then.
  #answer(): Decision | null {
    const candidate = this.#candidate();
    if (candidate !== null) return { candidate };
    if (this.#point.radio.checked) return this.#pointAnswer();
    if (this.#nowhere.radio.checked) return { cannot_be_placed: true };
    if (this.#automatic?.radio.checked) return { automatic: true };
    return this.#complain('Choose an answer first, or skip the record.', this.#choices()[0]?.radio);
  }

  #submit(): void {
    const decision = this.#answer();
    if (!decision) return;
    const note = this.#note.value.trim();
    this.#calls.decide({ ...decision, alias: this.#alias.checked, ...(note ? { note } : {}) });
  }
}
