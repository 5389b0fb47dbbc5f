// A point as a person types it: longitude and latitude in either order, or easting and northing.
// Around Britain the figures tell which is which: latitudes are 49 to 61, longitudes -9 to 2, and
// metres of the National Grid are larger than both.
import type { Point, PointBody } from './review_api.ts';

export type TypedPoint = { point: PointBody } | { fault: string };

const isLongitude = (value: number) => value >= -9 && value <= 2;
const isLatitude = (value: number) => value >= 49 && value <= 61;
const isEasting = (value: number) => value >= 1000 && value <= 700_000;
const isNorthing = (value: number) => value >= 1000 && value <= 1_300_000;

export const POINT_EXAMPLES = 'For example -1.1334, 52.6366 or 458740, 304670.';

export function readPoint(text: string): TypedPoint {
  const numbers = text.trim().replace(/[;,]\s+|[;,](?=[-+\d])|\s+/g, ' ').split(' ').filter(Boolean);
  const [first = NaN, second = NaN] = numbers.map((part) => (/^[-+]?\d+(\.\d+)?$/.test(part) ? Number(part) : NaN));
  if (numbers.length !== 2 || Number.isNaN(first) || Number.isNaN(second)) {
    return { fault: `Two numbers are needed: longitude and latitude, or easting and northing. ${POINT_EXAMPLES}` };
  }
  if (isLongitude(first) && isLatitude(second)) return { point: { longitude: first, latitude: second } };
  if (isLatitude(first) && isLongitude(second)) return { point: { longitude: second, latitude: first } };
  if (isEasting(first) && isNorthing(second)) return { point: { easting: first, northing: second } };
  return {
    fault: `${text.trim()} is not in Britain: longitudes are -9 to 2, latitudes 49 to 61, ` +
      'eastings up to 700,000 and northings up to 1,300,000.',
  };
}

// Six decimals: a tenth of a metre.
export function writePoint({ longitude, latitude }: Point): string {
  return `${longitude.toFixed(6)}, ${latitude.toFixed(6)}`;
}
