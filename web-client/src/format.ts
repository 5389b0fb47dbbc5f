// Figures and dates as British readers write them.

const WHOLE = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });
const SPACE = '\u00a0'; // no line break between a figure and its unit
const MONTHS = [
  'January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October',
  'November', 'December',
];

export function count(value: number): string {
  return WHOLE.format(value);
}

// "1 incident", "2,345 incidents".
export function counted(value: number, one: string, many: string): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

// 0.1234 -> "12.3 %", small shares keep a figure; null -> "unknown".
export function percent(fraction: number | null | undefined): string {
  if (fraction === null || fraction === undefined || !Number.isFinite(fraction)) return 'unknown';
  const value = fraction * 100;
  const digits = value >= 99.95 || value === 0 ? 0 : value < 0.1 ? 2 : 1;
  return `${value.toFixed(digits)}${SPACE}%`;
}

// Of an area, hotspots are a small part, and 0.25 is not 0.3: 0.0025 -> "0.25 %".
export function shareOfArea(fraction: number): string {
  const value = fraction * 100;
  return `${value.toFixed(value >= 10 ? 0 : value >= 1 ? 1 : value >= 0.01 || value === 0 ? 2 : 4)}${SPACE}%`;
}

// Three significant figures at most: 0.0834 -> "0.083 km²" , 12.34 -> "12.3 km²".
export function area(value: number): string {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3;
  return `${value.toFixed(digits)}${SPACE}km²`;
}

export function density(value: number): string {
  return `${value >= 10 ? count(value) : value.toFixed(1)} per${SPACE}km²`;
}

// "2025-03-01" -> "1 March 2025"; "2025-03" -> "March 2025"; anything else as it is.
export function day(text: string): string {
  const match = /^(\d{4})-(\d{2})(?:-(\d{2}))?/.exec(text);
  const month = match && MONTHS[Number(match[2]) - 1];
  if (!match || !month) return text;
  return match[3] ? `${Number(match[3])} ${month} ${match[1]}` : `${month} ${match[1]}`;
}

// "2024-10-01/2025-09-30" -> "1 October 2024 to 30 September 2025".
// An open end is "..".
export function period(interval: string): string {
  const [from = '..', to = '..'] = interval.split('/');
  if (from === '..') return to === '..' ? 'All times' : `Until ${day(to)}`;
  return to === '..' ? `From ${day(from)}` : `${day(from)} to ${day(to)}`;
}

// ["A", "B", "C"] -> "A, B and C".
export function listed(parts: readonly string[]): string {
  if (parts.length < 2) return parts[0] ?? '';
  return `${parts.slice(0, -1).join(', ')} and ${parts[parts.length - 1]}`;
}

const LONDON = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London', day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit',
  hour12: false,
});

// "2025-07-14T21:30:00Z" -> "14 July 2025, 22:30", London time; a day or a month stays one.
export function moment(text: string): string {
  const time = text.includes('T') ? Date.parse(text) : NaN;
  if (Number.isNaN(time)) return day(text);
  const part = (type: string) => LONDON.formatToParts(time).find((found) => found.type === type)?.value ?? '';
  return `${part('day')} ${part('month')} ${part('year')}, ${part('hour')}:${part('minute')}`;
}

// Metres of EPSG:27700 -> "SK 589 048", the 100 m square as officers say it. The national grid's letters
// are two steps: squares of 500 km, then of 100 km, A to Z without I, from the north-west.
export function gridReference(easting: number, northing: number): string {
  const letter = (east: number, north: number) => 'ABCDEFGHJKLMNOPQRSTUVWXYZ'.charAt((4 - north) * 5 + east);
  const [east, north] = [Math.floor(easting / 100_000), Math.floor(northing / 100_000)];
  const square = letter(Math.floor(east / 5) + 2, Math.floor(north / 5) + 1) + letter(east % 5, north % 5);
  const figures = (metres: number) => String(Math.floor((metres % 100_000) / 100)).padStart(3, '0');
  return `${square} ${figures(easting)} ${figures(northing)}`;
}
