// The locations that need a person, and what a person decides.
import { getJson, sendJson } from '../http.ts';

export interface Point {
  longitude: number;
  latitude: number;
}

export type PointBody = Point | { easting: number; northing: number };

export interface Candidate extends Partial<Record<keyof Point, number | null>> {
  candidate: number; // its index, for PUT
  label: string;
  level: string;
  uncertainty_m: number | null;
}

export const REASONS = ['ambiguous', 'unmatched', 'uncertain', 'changed_since_set'] as const;
export type Reason = (typeof REASONS)[number];

export interface ReviewItem {
  id: number;
  incident_id: string;
  source: string;
  occurred_from: string;
  location_text: string | null;
  reason: Reason | null; // null: nobody is needed any more
  status: string;
  level: string | null;
  longitude: number | null;
  latitude: number | null;
  uncertainty_m: number | null;
  score: number | null;
  matched_text: string | null;
  candidates: Candidate[];
  counts?: boolean; // in scope, or perhaps; only in the list
}

export interface HandDecision {
  decided: string;
  decided_by: string | null;
  decision: 'point' | 'candidate' | 'cannot_be_placed' | 'automatic';
  longitude: number | null;
  latitude: number | null;
  uncertainty_m: number | null;
  label: string | null;
  alias: boolean;
  note: string | null;
}

export interface ReviewPage {
  numberMatched: number;
  by_reason: Record<Reason, number>;
  items: ReviewItem[];
}

export interface ReviewRecord extends ReviewItem {
  history: HandDecision[];
}

export interface Decided extends ReviewRecord {
  also_changed: number;
}

export type Decision = (
  | { candidate: number }
  | { point: PointBody; uncertainty_m?: number }
  | { cannot_be_placed: true }
  | { automatic: true }
) & { alias?: boolean; note?: string };

export function fetchReview(reason: string, offset: number, limit: number, signal?: AbortSignal): Promise<ReviewPage> {
  const query = new URLSearchParams({ limit: String(limit), offset: String(offset) });
  if (reason) query.set('reason', reason);
  return getJson<ReviewPage>(`review?${query}`, signal);
}

export function fetchRecord(id: number, signal?: AbortSignal): Promise<ReviewRecord> {
  return getJson<ReviewRecord>(`review/${id}`, signal);
}

export function sendDecision(id: number, decision: Decision): Promise<Decided> {
  return sendJson<Decided>('PUT', `review/${id}`, decision);
}

// Where easting and northing are, in degrees: the service knows the transformation. Null if nowhere.
export async function fetchDegrees(easting: number, northing: number): Promise<Point | null> {
  const query = new URLSearchParams({ q: `${easting} ${northing}` });
  const { longitude, latitude } = await getJson<Partial<Point>>(`geocode?${query}`);
  return typeof longitude === 'number' && typeof latitude === 'number' ? { longitude, latitude } : null;
}
