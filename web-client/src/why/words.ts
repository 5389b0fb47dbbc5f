// The sentences of 'Why here'. Pure functions of the answer.
import { count, counted, percent, period } from '../format.ts';
import type { Change, KnownShare, Rates, Why } from './api.ts';

const GROUP_NAMES: Record<string, string> = {
  homicide: 'Homicide', violence_with_injury: 'Violence with injury', robbery: 'Robbery',
};
const SOURCE_NAMES: Record<string, string> = { police: 'Police', ed: 'Emergency department', ambulance: 'Ambulance' };

export function groupName(group: string | null): string {
  return group === null ? 'No known group' : GROUP_NAMES[group] ?? group;
}

export function sourceName(source: string): string {
  return SOURCE_NAMES[source] ?? source;
}

// "0.92 (0.78 to 1.09)"; nothing before has no ratio, only its lower end.
function ratioWords({ rate_ratio: ratio, rate_ratio_low: low, rate_ratio_high: high }: Rates, of: string): string {
  const times = (value: number) => (value >= 10 ? count(value) : value.toFixed(2));
  if (ratio === null) return low === null ? '' : `at least ${times(low)}${of}`;
  return low !== null && high !== null ? `${times(ratio)}${of} (${times(low)} to ${times(high)})` : `${times(ratio)}${of}`;
}

// An interval that holds 1 does not tell a change from none.
export function mayBeChance({ rate_ratio_low: low, rate_ratio_high: high }: Rates): boolean {
  return (low === null || low <= 1) && (high === null || high >= 1);
}

function differenceWords(rates: Rates): string {
  if (rates.difference === 0) return 'As many as';
  return rates.difference > 0 ? `${count(rates.difference)} more than` : `${count(-rates.difference)} fewer than`;
}

// "12 more than in the period before; the change may be chance." first: what an inspector asks first.
export function changeSentences(change: Change): string[] {
  const { here, area } = change;
  if (!here) return [`No comparison: ${change.reason ?? 'the service does not say why'}.`];
  const verdict = mayBeChance(here) ? 'the change may be chance' : 'more than chance explains';
  const sentences = [`${differenceWords(here)} in the period before (${count(here.now)} after ${count(here.before)}); ${verdict}.`];
  const ratio = ratioWords(here, ' times as many a day');
  const whole = area ? ratioWords(area, '') : '';
  if (ratio) sentences.push(`Here ${ratio}${whole ? `; in the whole area ${whole}` : ''}, with 95\u00a0% confidence.`);
  if (here.difference > 0) {
    sentences.push('Places are on this list for having many incidents now, so part of a rise is to be expected.');
  }
  return sentences;
}

export function comparedPeriods(change: Change): string {
  if (!change.here || !change.period_before) return '';
  return `${period(change.period)}, compared with ${period(change.period_before)}.`;
}

// "31.2 % (24 of 77; interval 21 to 43 %); unknown for 12". Unknown is not no.
export function knownShareWords(share: KnownShare): string {
  const unknown = share.unknown > 0 ? `; unknown for ${count(share.unknown)}` : '';
  if (share.share === null) return `unknown for all ${count(share.unknown)}`;
  const interval = share.share_low !== null && share.share_high !== null
    ? `, 95\u00a0% interval ${(share.share_low * 100).toFixed(0)} to ${percentWhole(share.share_high)}` : '';
  return `${percent(share.share)} (${count(share.incidents)} of ${count(share.known)}${interval})${unknown}`;
}

function percentWhole(fraction: number): string {
  return `${(fraction * 100).toFixed(0)}\u00a0%`;
}

// The radius that holds the true place about two times in three.
export function uncertaintyWords(why: Why): string {
  const median = `${count(why.median_uncertainty_m)}\u00a0m in the median`;
  if (why.on_default_points === 0) return median;
  const stands = counted(why.on_default_points, 'incident is', 'incidents are');
  return `${median}; ${stands} on a point that records get by default, such as a hospital or a police station`;
}

export function hitRateWords({ value, of }: Why['hit_rate']): string {
  return `${percent(value)} (${of})`;
}

