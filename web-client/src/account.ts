// Who is signed in, and the way to sign in and out. Addresses are relative to the page.
import { element } from './dom.ts';
import { getJson } from './http.ts';
import { signInAddress } from './sign_in.ts';

interface Caller {
  name: string | null;
  role: string;
  by: 'none' | 'session' | 'key';
}

// A form of the page itself, so that it works like any other button of a page without script.
function signOut(): HTMLElement {
  return element('form', { method: 'post', action: 'sign-out' }, element('button', { class: 'plain' }, 'Sign out'));
}

export async function showAccount(place: HTMLElement): Promise<void> {
  try {
    const { name, role, by } = await getJson<Caller>('session');
    const words = element('span', {}, name === null ? 'Not signed in' : `Signed in as ${name} (${role})`);
    const way = name === null ? element('a', { href: signInAddress() }, 'Sign in') : by === 'session' ? signOut() : null;
    place.replaceChildren(words, ...(way ? [way] : []));
  } catch {
    place.replaceChildren(); // the page's other requests say what is wrong
  }
}
