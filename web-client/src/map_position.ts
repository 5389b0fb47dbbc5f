// Where the map looks, kept in the address after '#': "11.52/52.63668/-1.13980" (zoom/latitude/longitude).

export interface MapPosition {
  zoom: number;
  latitude: number;
  longitude: number;
}

export function readPosition(hash: string): MapPosition | null {
  const match = /^#(-?[\d.]+)\/(-?[\d.]+)\/(-?[\d.]+)$/.exec(hash);
  if (!match) return null;
  const [zoom, latitude, longitude] = match.slice(1).map(Number) as [number, number, number];
  const valid = zoom >= 0 && zoom <= 24 && Math.abs(latitude) <= 85 && Math.abs(longitude) <= 180;
  return valid ? { zoom, latitude, longitude } : null;
}

export function writePosition({ zoom, latitude, longitude }: MapPosition): string {
  return `#${zoom.toFixed(2)}/${latitude.toFixed(5)}/${longitude.toFixed(5)}`;
}
