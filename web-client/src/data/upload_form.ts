// The form that sends a file: the file, and what the service cannot tell from it.
import { element, labelledSelect } from '../dom.ts';
import type { Upload } from './api.ts';

const FORMATS = [
  ['', 'Automatic'], ['vrn', 'Incident file (vrn)'], ['police-uk', 'police.uk'], ['istv', 'Hospital (istv)'],
] as const;
const SOURCES = [
  ['', 'Automatic'], ['police', 'Police'], ['ed', 'Emergency department'], ['ambulance', 'Ambulance'],
] as const;

export interface UploadForm {
  setBusy(busy: boolean): void;
  clear(): void;
}

function fileInput(id: string, label: string, accept: string, hint: string): { field: HTMLElement; input: HTMLInputElement } {
  const input = element('input', { id, type: 'file', accept, 'aria-describedby': `${id}-hint` });
  return {
    field: element('div', { class: 'field' }, element('label', { for: id }, label), input,
      element('p', { id: `${id}-hint`, class: 'hint' }, hint)),
    input,
  };
}

export function makeUploadForm(host: HTMLElement, send: (upload: Upload) => void): UploadForm {
  const file = fileInput('upload-file', 'File', '.csv,.geojson,.json,.zip',
    'CSV, GeoJSON, or a zip of them. The same file twice changes nothing.');
  const mapping = fileInput('upload-mapping', 'Mapping file (optional)', '.json',
    'For another system’s export: says which of its columns mean what. It also says the format.');
  const format = labelledSelect('upload-format', 'Format', FORMATS, '');
  const source = labelledSelect('upload-source', 'Source', SOURCES, '');
  const fault = element('p', { id: 'upload-fault', class: 'field-error', role: 'alert' });
  const button = element('button', { type: 'submit', class: 'primary' }, 'Import');
  const form = element('form', { 'aria-labelledby': 'upload-heading', class: 'upload' },
    file.field, fault, element('div', { class: 'fields' }, format.field, source.field), mapping.field,
    element('p', { class: 'actions' }, button));
  host.replaceChildren(form);
  let busy = false;

  const showFault = (text: string) => {
    fault.textContent = text;
    file.input.setAttribute('aria-invalid', String(text !== ''));
    file.input.setAttribute('aria-describedby', text ? 'upload-fault' : 'upload-file-hint');
  };
  file.input.addEventListener('change', () => showFault(''));
  mapping.input.addEventListener('change', () => {
    format.select.disabled = (mapping.input.files?.length ?? 0) > 0;
    if (format.select.disabled) format.select.value = '';
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (busy) return;
    const chosen = file.input.files?.[0];
    if (!chosen) {
      showFault('Choose a file first.');
      file.input.focus();
      return;
    }
    send({
      file: chosen, mapping: mapping.input.files?.[0] ?? null, format: format.select.value, source: source.select.value,
    });
  });
  return {
    setBusy(now) {
      busy = now;
      button.setAttribute('aria-disabled', String(now)); // `disabled` would lose the focus
    },
    clear() {
      form.reset();
      format.select.disabled = false;
    },
  };
}
