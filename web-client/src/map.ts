// The map: shows hotspots, outlines and names, tells which hotspot was chosen and where it looks.
import type { FeatureCollection } from 'geojson';
import type { Map as MapLibreMap, PointLike } from 'maplibre-gl';

import type { Hotspot, Hotspots } from './api.ts';
import { collectionOf, fetchTileJsons, makeBaseMap, setData, showArea } from './base_map.ts';
import { boxOf, labelPoint } from './geometry.ts';
import { discIcon } from './label_icon.ts';
import type { MapPosition } from './map_position.ts';
import { BAND_COLOURS, mapStyle } from './map_style.ts';

const CLICKABLE = ['hotspot-fill', 'hotspot-ranks'];
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

function pointsOf(answer: Hotspots | null): FeatureCollection {
  return collectionOf((answer?.features ?? []).flatMap(({ id, geometry, properties }) => {
    const coordinates = labelPoint(geometry);
    const { rank, label } = properties;
    return coordinates
      ? [{ type: 'Feature', geometry: { type: 'Point', coordinates }, properties: { id, rank, label } }]
      : [];
  }));
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
}

// Resolves when the style is drawn for the first time. Rejects with Problem if the service does not
// answer, with Error if this browser has no WebGL.
export async function makeMap(
  container: HTMLElement, position: MapPosition | null, calls: MapCalls
): Promise<HotspotMap> {
  const tileJsons = await fetchTileJsons();
  const map = await makeBaseMap(container, mapStyle(tileJsons),
    'Map. Arrow keys move it, plus and minus zoom, Enter opens the hotspot at the cross.', calls.failed);
  const jumpTo = ({ zoom, longitude, latitude }: MapPosition) => map.jumpTo({ zoom, center: [longitude, latitude] });
  if (position) jumpTo(position);
  else showArea(map, tileJsons);
  addDiscs(map);
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
    goTo(hotspot) {
      map.fitBounds(boxOf(hotspot.geometry), { padding: 80, maxZoom: 14.5 });
    },
  };
}
