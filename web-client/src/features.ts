import type { FeatureCollection } from 'geojson';

export function collectionOf(features: FeatureCollection['features']): FeatureCollection {
  return { type: 'FeatureCollection', features };
}
