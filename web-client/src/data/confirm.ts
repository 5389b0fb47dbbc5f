// Asks before something is changed that cannot simply be changed back.
import { element } from '../dom.ts';

// Whether the person said yes; Escape says no, and `no` has the focus first.
export function confirmed(question: string, yes: string, no: string): Promise<boolean> {
  const asked = element('p', { id: 'confirm-question' }, question);
  const stay = element('button', { type: 'submit', value: 'no', autofocus: true }, no);
  const go = element('button', { type: 'submit', value: 'yes' }, yes);
  const form = element('form', { method: 'dialog', class: 'actions' }, stay, go);
  const dialog = element('dialog', { 'aria-labelledby': 'confirm-question' }, asked, form);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    });
  });
}
