// What every map here stands on: outlines and names from the service's own tiles, keys and buttons to
// steer by, and a word to whoever waits until it is drawn.
import type { FeatureCollection } from 'geojson';
import {
  type GeoJSONSource, Map as MapLibreMap, NavigationControl, ScaleControl, setWorkerUrl, type StyleSpecification,
} from 'maplibre-gl';
import 'maplibre-gl/dist/maplibre-gl.css';
// MapLibre 6 finds its worker by address only: without this line no tile is ever decoded.
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';

import { fetchAreas, fetchTileJson, type NamedAreas, type TileJson } from './api.ts';
import { collectionOf } from './features.ts';
import { labelPoint } from './geometry.ts';
import { TILED } from './map_style.ts';

setWorkerUrl(workerUrl);

const LEICESTER = { zoom: 9, center: [-1.1398, 52.6366] as [number, number] };

type Failed = (message: string) => void;

function namesOf(areas: NamedAreas): FeatureCollection {
  return collectionOf(areas.features.flatMap(({ geometry, properties }) => {
    const coordinates = geometry && labelPoint(geometry);
    return coordinates
      ? [{ type: 'Feature', geometry: { type: 'Point', coordinates }, properties: { name: properties.name } }]
      : [];
  }));
}

export function setData(map: MapLibreMap, source: string, data: FeatureCollection): void {
  (map.getSource(source) as GeoJSONSource | undefined)?.setData(data);
}

function makeMapLibreMap(container: HTMLElement, style: StyleSpecification, title: string): MapLibreMap {
  const map = new MapLibreMap({
    container,
    style,
    attributionControl: false, // the page's own footer, which is always readable
    dragRotate: false,
    touchPitch: false,
    pitchWithRotate: false,
    renderWorldCopies: false,
    minZoom: 6,
    maxZoom: 18,
    fadeDuration: 0,
    canvasContextAttributes: { preserveDrawingBuffer: true }, // or the printed map is blank
    locale: { 'Map.Title': title },
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), 'top-right');
  map.addControl(new ScaleControl({ unit: 'metric' }), 'bottom-right');
  return map;
}

// Names of wards and authorities, one each: tiles cut areas into pieces, each of which would get one.
async function loadNames(map: MapLibreMap, failed: Failed): Promise<void> {
  try {
    const [authorities, wards] = await Promise.all([fetchAreas('authorities'), fetchAreas('wards')]);
    setData(map, 'authority-names', namesOf(authorities));
    setData(map, 'ward-names', namesOf(wards));
  } catch (error) {
    failed(error instanceof Error ? error.message : String(error));
  }
}

// In the order that the style wants them. Rejects with Problem if the service does not answer.
export function fetchTileJsons(): Promise<TileJson[]> {
  return Promise.all(TILED.map((collection) => fetchTileJson(collection)));
}

// The whole area of the tiles.
export function showArea(map: MapLibreMap, tileJsons: readonly TileJson[]): void {
  const bounds = tileJsons[0]?.bounds;
  if (bounds && bounds[2] - bounds[0] < 90) map.fitBounds(bounds, { padding: 24, duration: 0 });
  else map.jumpTo(LEICESTER); // no wards are loaded yet
}

// Resolves when the style is there; names come later. `title` says what keys do. Rejects with Error
// if this browser has no WebGL.
export async function makeBaseMap(
  container: HTMLElement, style: StyleSpecification, title: string, failed: Failed
): Promise<MapLibreMap> {
  const map = makeMapLibreMap(container, style, title);
  map.on('error', ({ error }) => failed(error.message));
  await new Promise((resolve) => map.once('style.load', resolve));
  void loadNames(map, failed);
  container.dataset['state'] = 'busy'; // for tests and for whoever waits to print
  map.on('dataloading', () => (container.dataset['state'] = 'busy'));
  map.on('idle', () => (container.dataset['state'] = 'idle'));
  return map;
}
