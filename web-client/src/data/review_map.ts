// The small map of the review: the candidates of one record as numbered markers, and the point that a
// person sets by a click, or by Enter at the cross.
import { LngLatBounds, type Map as MapLibreMap, Marker } from 'maplibre-gl';

import { fetchTileJsons, makeBaseMap, showArea } from '../base_map.ts';
import { element } from '../dom.ts';
import { plainStyle } from '../map_style.ts';
import type { Candidate, Point } from './review_api.ts';

export interface ReviewMapCalls {
  candidate(index: number): void;
  point(point: Point): void;
  failed(message: string): void;
}

export interface ReviewMap {
  // New candidates, all in sight, and the point `at` where there is one; else the whole area.
  show(candidates: readonly Candidate[], at: Point | null): void;
  // Which of them is chosen, or where the point is.
  choose(candidate: number | null, point: Point | null): void;
}

const CLOSE_ZOOM = 14.5;

function placeOf({ longitude, latitude }: Candidate): [number, number] | null {
  return typeof longitude === 'number' && typeof latitude === 'number' ? [longitude, latitude] : null;
}

// The radio buttons beside the map are what keyboards and screen readers use.
function candidateMarker(candidate: Candidate, chosen: () => void): HTMLElement {
  const made = element('div', { class: 'marker', title: candidate.label, 'aria-hidden': 'true' }, String(candidate.candidate + 1));
  made.addEventListener('click', (event) => {
    event.stopPropagation(); // no point of the map
    chosen();
  });
  return made;
}

function listen(map: MapLibreMap, calls: ReviewMapCalls): void {
  map.getCanvas().style.cursor = 'crosshair';
  map.on('click', ({ lngLat }) => calls.point({ longitude: lngLat.lng, latitude: lngLat.lat }));
  map.getCanvas().addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    const { lng, lat } = map.getCenter();
    calls.point({ longitude: lng, latitude: lat });
  });
}

function addMarker(map: MapLibreMap, at: [number, number], made: HTMLElement): Marker {
  const marker = new Marker({ element: made }).setLngLat(at).addTo(map);
  for (const name of ['aria-label', 'role', 'tabindex']) made.removeAttribute(name); // MapLibre adds them
  return marker;
}

// Resolves when the map can be used. Rejects as makeBaseMap does.
export async function makeReviewMap(container: HTMLElement, calls: ReviewMapCalls): Promise<ReviewMap> {
  const tileJsons = await fetchTileJsons();
  const map = await makeBaseMap(container, plainStyle(tileJsons),
    'Map of the candidates. Arrow keys move it, plus and minus zoom, Enter sets the point at the cross.', calls.failed);
  showArea(map, tileJsons);
  listen(map, calls);
  const markers = new Map<number, { made: HTMLElement; at: [number, number] }>();
  let drawn: Marker[] = [];
  let pin: Marker | null = null;

  return {
    show(candidates, point) {
      for (const marker of drawn) marker.remove();
      drawn = [];
      markers.clear();
      const bounds = new LngLatBounds();
      for (const candidate of candidates) {
        const at = placeOf(candidate);
        if (!at) continue;
        const made = candidateMarker(candidate, () => calls.candidate(candidate.candidate));
        markers.set(candidate.candidate, { made, at });
        drawn.push(addMarker(map, at, made));
        bounds.extend(at);
      }
      if (point) bounds.extend([point.longitude, point.latitude]);
      map.resize(); // it may have been hidden until now
      if (bounds.isEmpty()) showArea(map, tileJsons);
      else map.fitBounds(bounds, { padding: 48, maxZoom: CLOSE_ZOOM, duration: 0 });
    },
    choose(candidate, point) {
      for (const [index, { made }] of markers) made.classList.toggle('chosen', index === candidate);
      pin?.remove();
      pin = point ? addMarker(map, [point.longitude, point.latitude], element('div', { class: 'pin', 'aria-hidden': 'true' })) : null;
      const at = point ? ([point.longitude, point.latitude] as [number, number])
        : candidate === null ? null : markers.get(candidate)?.at;
      if (at && !map.getBounds().contains(at)) map.easeTo({ center: at });
    },
  };
}
