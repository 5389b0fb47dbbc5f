// The bandwidth slider. While it is dragged map and list follow; the address gets what it is left at.
// A value beyond it, or between its steps, comes from an address and stays as long as it is not moved.
import { element } from './dom.ts';
import { count } from './format.ts';
import { DEFAULT_BANDWIDTH_M } from './words.ts';

const LEAST_M = 150;
const MOST_M = 750;
const STEP_M = 25;

export interface BandwidthSlider {
  node: HTMLElement;
  show(bandwidth: string | undefined): void; // as in the address; undefined: the default
}

export function bandwidthText(bandwidth: string | undefined): string {
  const metres = bandwidth === undefined ? DEFAULT_BANDWIDTH_M : Number(bandwidth);
  return Number.isFinite(metres) ? `${count(metres)}\u00a0m` : `${bandwidth} (not known)`;
}

// The value for the address: the default is not written.
export function bandwidthChoice(metres: string): string {
  return Number(metres) === DEFAULT_BANDWIDTH_M ? '' : metres;
}

export function makeBandwidthSlider(
  dragged: (bandwidth: string) => void, left: (bandwidth: string) => void
): BandwidthSlider {
  const output = element('output', { for: 'bandwidth' });
  const input = element('input', {
    id: 'bandwidth', type: 'range', min: LEAST_M, max: MOST_M, step: STEP_M,
  });
  const say = (text: string) => {
    output.textContent = text;
    input.setAttribute('aria-valuetext', text.replace('\u00a0m', ' metres'));
  };
  input.addEventListener('input', () => {
    say(bandwidthText(input.value));
    dragged(bandwidthChoice(input.value));
  });
  input.addEventListener('change', () => left(bandwidthChoice(input.value)));
  const node = element('div', { class: 'bandwidth' }, element('label', { for: 'bandwidth' }, 'Bandwidth'), input, output);
  return {
    node,
    show(bandwidth) {
      input.value = bandwidth ?? String(DEFAULT_BANDWIDTH_M);
      say(bandwidthText(bandwidth));
    },
  };
}
