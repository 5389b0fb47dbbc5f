// The map: shows hotspots, outlines and names, tells which hotspot was chosen and where it looks.
import type { FeatureCollection } from 'geojson';
import {
  type GeoJSONSource, Map as MapLibreMap, NavigationControl, type PointLike, ScaleControl, setWorkerUrl,
} from 'maplibre-gl';
import 'maplibre-gl/dist/maplibre-gl.css';
// MapLibre 6 finds its worker by address only: without this line no tile is ever decoded.
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';

import { fetchAreas, fetchTileJson, type Hotspot, type Hotspots, type NamedAreas } from './api.ts';
import { boxOf, labelPoint } from './geometry.ts';
import { discIcon } from './label_icon.ts';
import type { MapPosition } from './map_position.ts';
import { BAND_COLOURS, mapStyle, TILED } from './map_style.ts';

setWorkerUrl(workerUrl);

const CLICKABLE = ['hotspot-fill', 'hotspot-ranks'];
const LEICESTER: MapPosition = { zoom: 9, latitude: 52.6366, longitude: -1.1398 };
const FINGER_PX = 10; // small hotspots can be hit, too

export interface MapCalls {
  chosen(id: string | null): void;
  moved(position: MapPosition): void;
  failed(message: string): void;
}

export interface HotspotMap {
  showHotspots(answer: Hotspots | null): void;
  select(id: string | null): void;
  goTo(hotspot: Hotspot): void;
  jumpTo(position: MapPosition): void;
}

function collectionOf(features: FeatureCollection['features']): FeatureCollection {
  return { type: 'FeatureCollection', features };
}

function pointsOf(answer: Hotspots | null): FeatureCollection {
  return collectionOf((answer?.features ?? []).flatMap(({ id, geometry, properties }) => {
    const coordinates = labelPoint(geometry);
    const { rank, label } = properties;
    return coordinates
      ? [{ type: 'Feature', geometry: { type: 'Point', coordinates }, properties: { id, rank, label } }]
      : [];
  }));
}

function namesOf(areas: NamedAreas): FeatureCollection {
  return collectionOf(areas.features.flatMap(({ geometry, properties }) => {
    const coordinates = geometry && labelPoint(geometry);
    return coordinates
      ? [{ type: 'Feature', geometry: { type: 'Point', coordinates }, properties: { name: properties.name } }]
      : [];
  }));
}

function setData(map: MapLibreMap, source: string, data: FeatureCollection): void {
  (map.getSource(source) as GeoJSONSource | undefined)?.setData(data);
}

function addDiscs(map: MapLibreMap): void {
  BAND_COLOURS.forEach((colour, band) => {
    const { data, pixelRatio } = discIcon(colour, 24);
    map.addImage(`disc-${band}`, data, { pixelRatio });
  });
}

// The id of the best-ranked hotspot within `reach` pixels; null if there is none.
function hotspotAt(map: MapLibreMap, x: number, y: number, reach: number): string | null {
  const box: [PointLike, PointLike] = [[x - reach, y - reach], [x + reach, y + reach]];
  const hits = map.queryRenderedFeatures(box, { layers: CLICKABLE });
  hits.sort((a, b) => Number(a.properties['rank']) - Number(b.properties['rank']));
  return hits[0] ? String(hits[0].properties['id']) : null;
}

function listen(map: MapLibreMap, calls: MapCalls): void {
  map.on('click', ({ point }) => {
    calls.chosen(hotspotAt(map, point.x, point.y, 0) ?? hotspotAt(map, point.x, point.y, FINGER_PX));
  });
  for (const layer of CLICKABLE) {
    map.on('mouseenter', layer, () => (map.getCanvas().style.cursor = 'pointer'));
    map.on('mouseleave', layer, () => (map.getCanvas().style.cursor = ''));
  }
  map.getCanvas().addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    const { clientWidth, clientHeight } = map.getCanvas();
    calls.chosen(hotspotAt(map, clientWidth / 2, clientHeight / 2, FINGER_PX * 2));
  });
  map.on('moveend', () => {
    const { lng, lat } = map.getCenter();
    calls.moved({ zoom: map.getZoom(), latitude: lat, longitude: lng });
  });
  map.on('error', ({ error }) => calls.failed(error.message));
}

function makeMapLibreMap(container: HTMLElement, style: ReturnType<typeof mapStyle>): MapLibreMap {
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
    locale: { 'Map.Title': 'Map. Arrow keys move it, plus and minus zoom, Enter opens the hotspot at the cross.' },
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), 'top-right');
  map.addControl(new ScaleControl({ unit: 'metric' }), 'bottom-right');
  return map;
}

// Names of wards and authorities, one each: tiles cut areas into pieces, each of which would get one.
async function loadNames(map: MapLibreMap, calls: MapCalls): Promise<void> {
  try {
    const [authorities, wards] = await Promise.all([fetchAreas('authorities'), fetchAreas('wards')]);
    setData(map, 'authority-names', namesOf(authorities));
    setData(map, 'ward-names', namesOf(wards));
  } catch (error) {
    calls.failed(error instanceof Error ? error.message : String(error));
  }
}

// Resolves when the style is drawn for the first time. Rejects with Problem if the service does not
// answer, with Error if this browser has no WebGL.
export async function makeMap(
  container: HTMLElement, position: MapPosition | null, calls: MapCalls
): Promise<HotspotMap> {
  const tileJsons = await Promise.all(TILED.map((collection) => fetchTileJson(collection)));
  const map = makeMapLibreMap(container, mapStyle(tileJsons));
  const bounds = tileJsons[0]?.bounds;
  const jumpTo = ({ zoom, longitude, latitude }: MapPosition) => map.jumpTo({ zoom, center: [longitude, latitude] });
  if (position) jumpTo(position);
  else if (bounds && bounds[2] - bounds[0] < 90) map.fitBounds(bounds, { padding: 24, duration: 0 });
  else jumpTo(LEICESTER); // no wards are loaded yet
  await new Promise((resolve) => map.once('style.load', resolve));
  addDiscs(map);
  listen(map, calls);
  void loadNames(map, calls);
  container.dataset['state'] = 'busy'; // for tests and for whoever waits to print
  map.on('dataloading', () => (container.dataset['state'] = 'busy'));
  map.on('idle', () => (container.dataset['state'] = 'idle'));

  return {
    jumpTo,
    showHotspots(answer) {
      const features = (answer?.features ?? []).map((hotspot) => ({
        ...hotspot, properties: { id: hotspot.id, rank: hotspot.properties.rank },
      }));
      setData(map, 'hotspots', collectionOf(features));
      setData(map, 'hotspot-points', pointsOf(answer));
    },
    select(id) {
      for (const layer of ['hotspot-selected', 'hotspot-selected-halo']) {
        map.setFilter(layer, ['==', ['get', 'id'], id ?? '']);
      }
    },
    goTo(hotspot) {
      map.fitBounds(boxOf(hotspot.geometry), { padding: 80, maxZoom: 14.5 });
    },
  };
}
