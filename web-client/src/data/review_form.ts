// The form that decides where one record is.
import { element } from '../dom.ts';
import { POINT_EXAMPLES, readPoint, writePoint } from './point_input.ts';
import type { Decision, Point, PointBody, ReviewRecord } from './review_api.ts';
import { aliasByDefault, aliasHint, candidateFacts, isDecided } from './review_words.ts';

const USUAL_M = 25; // a click on a street map

export interface ReviewFormCalls {
  decide(decision: Decision): void;
  skip(): void;
  chosen(candidate: number | null, point: PointBody | null): void; // for the map
}

export interface ReviewForm {
  choose(candidate: number): void;
  setPoint(point: Point): void;
  setBusy(busy: boolean): void;
}

interface Choice {
  node: HTMLElement;
  radio: HTMLInputElement;
}

function choice(value: string, text: HTMLElement | string, facts = ''): Choice {
  const id = `answer-${value}`;
  const radio = element('input', { type: 'radio', name: 'answer', id, value });
  const label = element('label', { for: id, class: 'choice' }, radio, element('span', {}, text,
    facts ? element('span', { class: 'quiet-text' }, ` · ${facts}`) : null));
  return { node: label, radio };
}

function candidateChoices(record: ReviewRecord): Choice[] {
  return record.candidates.map((candidate) => choice(`candidate-${candidate.candidate}`,
    element('span', {}, element('span', { class: 'number' }, String(candidate.candidate + 1)), ` ${candidate.label}`),
    candidateFacts(candidate)));
}

// The point's own two fields, for which a click on the map is the shorter way.
function pointFields(): { node: HTMLElement; text: HTMLInputElement; within: HTMLInputElement } {
  const text = element('input', { id: 'point-text', type: 'text', autocomplete: 'off', 'aria-describedby': 'point-hint' });
  const within = element('input', { id: 'point-within', type: 'number', min: 1, max: 250, step: 1, value: USUAL_M });
  const node = element('div', { class: 'custom', hidden: true },
    element('div', { class: 'field wide' },
      element('label', { for: 'point-text' }, 'Longitude and latitude, or easting and northing'), text,
      element('p', { id: 'point-hint', class: 'hint' }, `Click the map, or type it. ${POINT_EXAMPLES}`)),
    element('div', { class: 'field' }, element('label', { for: 'point-within' }, 'Certain to within (1 to 250 m)'), within));
  return { node, text, within };
}

// A new form for the record; the one before goes.
export function makeReviewForm(host: HTMLElement, record: ReviewRecord, calls: ReviewFormCalls): ReviewForm {
  const candidates = candidateChoices(record);
  const point = choice('point', 'A point on the map');
  const fields = pointFields();
  const nowhere = choice('cannot_be_placed', 'Cannot be placed');
  const automatic = isDecided(record.history) ? choice('automatic', 'Take the decision back: let the service place it') : null;
  const alias = element('input', { type: 'checkbox', id: 'alias', 'aria-describedby': 'alias-hint' });
  alias.checked = aliasByDefault(record);
  const note = element('input', { type: 'text', id: 'note', maxlength: 160, autocomplete: 'off' });
  const fault = element('p', { id: 'answer-fault', class: 'field-error', role: 'alert' });
  const save = element('button', { type: 'submit', class: 'primary' }, 'Save and next');
  const skip = element('button', { type: 'button' }, 'Skip');
  let busy = false;
  const choices = [...candidates, point, nowhere, ...(automatic ? [automatic] : [])];
  const form = element('form', { 'aria-labelledby': 'record-heading' },
    element('fieldset', { class: 'choices', 'aria-describedby': 'answer-fault' }, element('legend', {}, 'Where is it?'),
      ...candidates.map(({ node }) => node), point.node, fields.node, nowhere.node, automatic?.node),
    fault,
    element('label', { class: 'choice', for: 'alias' }, alias, element('span', {}, 'Same text elsewhere gets this answer')),
    element('p', { id: 'alias-hint', class: 'hint' }, aliasHint(record)),
    element('div', { class: 'field' }, element('label', { for: 'note' }, 'Note (optional)'), note),
    element('p', { class: 'actions' }, save, skip));
  host.replaceChildren(form);

  const typed = () => (point.radio.checked && fields.text.value.trim() ? readPoint(fields.text.value) : null);
  const candidateIndex = () => {
    const index = candidates.findIndex(({ radio }) => radio.checked);
    return index < 0 ? null : index;
  };
  const showChoice = () => {
    fault.textContent = '';
    fields.node.hidden = !point.radio.checked;
    const read = typed();
    calls.chosen(candidateIndex(), read && 'point' in read ? read.point : null);
  };
  const complain = (text: string, field: HTMLInputElement | undefined) => {
    fault.textContent = text;
    field?.focus();
    return null;
  };
  const answer = (): Decision | null => {
    const candidate = candidateIndex();
    if (candidate !== null) return { candidate };
    if (nowhere.radio.checked) return { cannot_be_placed: true };
    if (automatic?.radio.checked) return { automatic: true };
    if (!point.radio.checked) return complain('Choose an answer first, or skip the record.', choices[0]?.radio);
    const read = readPoint(fields.text.value);
    if ('fault' in read) return complain(read.fault, fields.text);
    const within = Number(fields.within.value);
    if (!(within >= 1 && within <= 250)) {
      return complain('Certain to within 1 to 250 m: a place less certain cannot be placed.', fields.within);
    }
    return { point: read.point, uncertainty_m: within };
  };
  for (const { radio } of choices) radio.addEventListener('change', showChoice);
  fields.text.addEventListener('change', showChoice);
  skip.addEventListener('click', calls.skip);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const decision = busy ? null : answer();
    if (decision) calls.decide({ ...decision, alias: alias.checked, ...(note.value.trim() ? { note: note.value.trim() } : {}) });
  });
  return {
    choose(candidate) {
      const chosen = candidates[candidate];
      if (!chosen) return;
      chosen.radio.checked = true;
      showChoice();
    },
    setPoint(at) {
      point.radio.checked = true;
      fields.text.value = writePoint(at);
      showChoice();
    },
    setBusy(now) {
      busy = now;
      save.setAttribute('aria-disabled', String(now)); // `disabled` would lose the focus
    },
  };
}
