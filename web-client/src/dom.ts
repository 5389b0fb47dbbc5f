// Elements without a framework.

type Attributes = Record<string, string | number | boolean | null | undefined>;
type Child = Node | string | null | undefined;

// Text is set as text, never as HTML. `true` gives an empty attribute; null, undefined, false none.
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag, attributes: Attributes = {}, ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    made.setAttribute(name, value === true ? '' : String(value));
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

// The element of index.html with this id. Throws if the page lacks it.
export function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`index.html has no element with id ${id}`);
  return found;
}

// Opens the `details` of these ids.
export function unfold(ids: readonly string[]): void {
  for (const id of ids) (byId(id) as HTMLDetailsElement).open = true;
}

// A label and its select; a value outside the options is added, so that it is seen and can be changed.
export function labelledSelect(
  id: string, label: string, options: readonly (readonly [string, string])[], value: string
): { field: HTMLElement; select: HTMLSelectElement } {
  const select = element('select', { id });
  for (const [optionValue, text] of options) {
    select.append(element('option', { value: optionValue }, text));
  }
  setSelect(select, value);
  return { field: element('div', { class: 'field' }, element('label', { for: id }, label), select), select };
}

export function setSelect(select: HTMLSelectElement, value: string): void {
  const known = [...select.options].some((option) => option.value === value);
  if (!known) select.append(element('option', { value }, `${value} (not known)`));
  select.value = value;
}
