// Data quality in words. The service judges against the gate; this only says it.
import { count, counted, day, percent } from '../format.ts';
import type { Dependence, Grouping, Quality, QualityCounts, QualityGroup, Trap } from './api.ts';

const NAMES: Record<string, [title: string, column: string]> = {
  month: ['By month', 'Month'],
  source: ['By source', 'Source'],
  authority: ['By authority', 'Authority'],
  named_authority: ['By authority that the text names', 'Authority'],
  import: ['By import', 'Import'],
};

const DEPENDS_ON: Record<string, string> = {
  named_authority: 'Authority that the text names', named_place: 'Place that the text names', source: 'Source',
  hour: 'Hour of the day', month: 'Month',
};

const KEYS: Record<string, string> = {
  police: 'Police', ed: 'Emergency department', ambulance: 'Ambulance', unknown: 'Unknown', not_named: 'None named',
};

const ORDER = ['source', 'month', 'authority', 'named_authority', 'import'];

export function groupingTitle({ by }: Pick<Grouping, 'by'>): string {
  return NAMES[by]?.[0] ?? `By ${by.replaceAll('_', ' ')}`;
}

export function groupColumn({ by }: Pick<Grouping, 'by'>): string {
  return NAMES[by]?.[1] ?? 'Group';
}

// Those that are known first, short ones before long ones; newest month first.
export function orderedGroupings(groupings: readonly Grouping[]): Grouping[] {
  const place = ({ by }: Grouping) => (ORDER.includes(by) ? ORDER.indexOf(by) : ORDER.length);
  return [...groupings]
    .sort((a, b) => place(a) - place(b))
    .map((grouping) => (grouping.by === 'month' ? { ...grouping, groups: [...grouping.groups].reverse() } : grouping));
}

export function groupName(by: string, { key, label }: Pick<QualityGroup, 'key' | 'label'>): string {
  if (by === 'month') return day(label);
  if (by === 'import') return label.split('\n').map((name) => name.split(/[\\/]/).pop() || name).join(', ');
  return KEYS[key] ?? KEYS[label] ?? label;
}

export function gateWords({ below_gate }: Pick<QualityCounts, 'below_gate'>): string {
  return below_gate === null ? 'nothing to locate' : below_gate ? 'below gate' : 'above gate';
}

// "17,454 of 19,811"
export function locatedWords({ mapped, records, outside }: QualityCounts): string {
  return `${count(mapped)} of ${count(records - outside)}`;
}

export function overallSentence(quality: Quality): string {
  if (quality.hit_rate === null) return 'There are no records to locate.';
  const gate = percent(quality.gate.least_hit_rate).replace('.0', '');
  return `Hit rate ${percent(quality.hit_rate)}, ${quality.below_gate ? 'below' : 'above'} the gate of ${gate}.`;
}

export function overallDetails(quality: Quality): string[] {
  if (quality.hit_rate === null) return [];
  const defaults = quality.on_default_points > 0
    ? `${counted(quality.on_default_points, 'located record lies', 'located records lie')} on suspicious points ` +
      `(${percent(quality.default_point_share)} of those located), listed below.`
    : '';
  return [
    `${locatedWords(quality)} records inside the area could be located, ${count(quality.unmapped)} could not; ` +
      `${counted(quality.outside, 'more is', 'more are')} outside it.`,
    defaults,
  ].filter(Boolean);
}

export function belowSentence(grouping: Grouping): string {
  if (grouping.groups_with_rate === 0) return 'nothing to locate';
  if (grouping.groups_below_gate === 0) return `none of ${count(grouping.groups_with_rate)} below the gate`;
  return `${count(grouping.groups_below_gate)} of ${count(grouping.groups_with_rate)} below the gate, ` +
    `with ${percent(grouping.share_of_records_below_gate)} of the records`;
}

export function dependenceName({ on }: Pick<Dependence, 'on'>): string {
  return DEPENDS_ON[on] ?? on.replaceAll('_', ' ');
}

// "Medium: misses depend on it; …"
export function readingWords({ reading }: Pick<Dependence, 'reading'>): string {
  return reading.charAt(0).toUpperCase() + reading.slice(1);
}

export function trapName({ name, easting, northing }: Trap): string {
  if (name) return name;
  return easting !== null && northing !== null ? `Easting ${count(easting)}, northing ${count(northing)}` : 'No place';
}

// Whether the map can show it: in or near the area.
export function isOnMap({ longitude, latitude }: Pick<Trap, 'longitude' | 'latitude'>): boolean {
  return longitude !== null && latitude !== null && longitude > -3 && longitude < 1 && latitude > 51.5 && latitude < 54;
}

// Who put the records there: the source's coordinates, or the words of their texts.
export function trapOrigin({ level }: Pick<Trap, 'level'>): string {
  if (level === null) return '';
  return level === 'given' ? 'by given coordinates' : `by location text (${level.replaceAll('_', ' ')})`;
}
