// The map: shows hotspots, outlines and names, tells which hotspot was chosen and where it looks.
import type { FeatureCollection } from 'geojson';
import type { Map as MapLibreMap, PointLike } from 'maplibre-gl';

import type { Hotspots } from './api.ts';
import { fetchTileJsons, makeBaseMap, setData, showArea } from './base_map.ts';
import { collectionOf } from './features.ts';
import { type Box, labelPoint } from './geometry.ts';
import { discIcon, hatchIcon } from './label_icon.ts';
import type { MapPosition } from './map_position.ts';
import { BAND_COLOURS, mapStyle } from './map_style.ts';
import { HATCHES, SURFACE_CLICKABLE } from './surface_layers.ts';
import { countPoints, type Drawn, drawnCollection } from './views/surface.ts';

const CLICKABLE = ['hotspot-fill', 'hotspot-ranks'];
const FINGER_PX = 10; // small hotspots can be hit, too

export interface MapCalls {
  chosen(id: string | null): void;
  told(said: string): void; // what is drawn where somebody pointed; empty: nothing
  moved(position: MapPosition): void;
  failed(message: string): void;
}

export interface HotspotMap {
  showHotspots(answer: Hotspots | null): void;
  showSurface(drawn: readonly Drawn[]): void;
  select(id: string | null): void;
  goTo(box: Box): void;
  jumpTo(position: MapPosition): void;
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

function addImages(map: MapLibreMap): void {
  BAND_COLOURS.forEach((colour, band) => {
    const { data, pixelRatio } = discIcon(colour, 24);
    map.addImage(`disc-${band}`, data, { pixelRatio });
  });
  for (const kind of ['higher', 'lower'] as const) {
    const { data, pixelRatio } = hatchIcon(HATCHES[kind], kind === 'higher');
    map.addImage(`hatch-${kind}`, data, { pixelRatio });
  }
}

// The id of the best-ranked hotspot within `reach` pixels; null if there is none.
function hotspotAt(map: MapLibreMap, x: number, y: number, reach: number): string | null {
  const box: [PointLike, PointLike] = [[x - reach, y - reach], [x + reach, y + reach]];
  const hits = map.queryRenderedFeatures(box, { layers: CLICKABLE });
  hits.sort((a, b) => Number(a.properties['rank']) - Number(b.properties['rank']));
  return hits[0] ? String(hits[0].properties['id']) : null;
}

// The topmost of a surface's areas there, in words; empty if there is none.
function saidAt(map: MapLibreMap, x: number, y: number): string {
  const [hit] = map.queryRenderedFeatures([x, y], { layers: [SURFACE_CLICKABLE] });
  return hit ? String(hit.properties['said']) : '';
}

function listen(map: MapLibreMap, calls: MapCalls): void {
  map.on('click', ({ point }) => {
    calls.told(saidAt(map, point.x, point.y));
    calls.chosen(hotspotAt(map, point.x, point.y, 0) ?? hotspotAt(map, point.x, point.y, FINGER_PX));
  });
  for (const layer of [...CLICKABLE, SURFACE_CLICKABLE]) {
    map.on('mouseenter', layer, () => (map.getCanvas().style.cursor = 'pointer'));
    map.on('mouseleave', layer, () => (map.getCanvas().style.cursor = ''));
  }
  map.getCanvas().addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    const [x, y] = [map.getCanvas().clientWidth / 2, map.getCanvas().clientHeight / 2];
    calls.told(saidAt(map, x, y));
    calls.chosen(hotspotAt(map, x, y, FINGER_PX * 2));
  });
  map.on('moveend', () => {
    const { lng, lat } = map.getCenter();
    calls.moved({ zoom: map.getZoom(), latitude: lat, longitude: lng });
  });
}

// Resolves when the style is drawn for the first time. Rejects with Problem if the service does not
// answer, with Error if this browser has no WebGL.
export async function makeMap(
  container: HTMLElement, position: MapPosition | null, calls: MapCalls
): Promise<HotspotMap> {
  const tileJsons = await fetchTileJsons();
  const map = await makeBaseMap(container, mapStyle(tileJsons),
    'Map. Arrow keys move it, plus and minus zoom, Enter opens the hotspot, or says the figure, at the cross.', calls.failed);
  const jumpTo = ({ zoom, longitude, latitude }: MapPosition) => map.jumpTo({ zoom, center: [longitude, latitude] });
  if (position) jumpTo(position);
  else showArea(map, tileJsons);
  addImages(map);
  listen(map, calls);

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
    showSurface(drawn) {
      setData(map, 'surface', drawnCollection(drawn));
      setData(map, 'surface-counts', countPoints(drawn));
    },
    goTo(box) {
      map.fitBounds(box, { padding: 80, maxZoom: 14.5 });
    },
  };
}
