// Requests to the service and its problems (RFC 9457). Addresses are relative to the page.

import { leadToSignIn } from './sign_in.ts';

// An answer that is no result: RFC 9457 where the service spoke, our own words where it did not.
export class Problem extends Error {
  readonly title: string;
  readonly parameter: string | null;
  readonly status: number; // 0: no answer at all

  constructor(status: number, title: string, detail: string, parameter: string | null = null) {
    super(detail);
    this.status = status;
    this.title = title;
    this.parameter = parameter;
  }
}

export function noAnswer(): Problem {
  return new Problem(
    0, 'No answer', 'The service does not answer. Check that it is running and reachable, then try again.');
}

// What `body`, the text of an answer that is no success, says.
export function problemOf(status: number, statusText: string, body: string): Problem {
  const fallback = `The service answered ${status} ${statusText}`.trimEnd() + '.';
  try {
    const said = JSON.parse(body) as Record<string, unknown>;
    const text = (name: string) => (typeof said[name] === 'string' ? said[name] : null);
    return new Problem(status, text('title') ?? 'Request refused', text('detail') ?? fallback, text('parameter'));
  } catch {
    return new Problem(status, 'Request failed', fallback);
  }
}

interface Success {
  status: number;
  body: string;
}

// A success as text. Throws Problem; lets the AbortError of `init.signal` through.
async function request(path: string, init: RequestInit): Promise<Success> {
  let response: Response;
  let body: string;
  try {
    response = await fetch(path, init);
  } catch (error) {
    throw init.signal?.aborted ? error : noAnswer();
  }
  try {
    body = await response.text();
  } catch (error) {
    throw init.signal?.aborted ? error : brokenAnswer(response.status);
  }
  if (response.status === 401) leadToSignIn();
  if (!response.ok) throw problemOf(response.status, response.statusText, body);
  return { status: response.status, body };
}

async function requestJson<T>(path: string, init: RequestInit): Promise<T> {
  const { status, body } = await request(path, init);
  return parseAnswer<T>(status, body);
}

function brokenAnswer(status: number): Problem {
  return new Problem(status, 'Broken answer', 'The service’s answer was cut off. Try again.');
}

export function parseAnswer<T>(status: number, body: string): T {
  try {
    return JSON.parse(body) as T;
  } catch {
    throw brokenAnswer(status);
  }
}

export function getJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  const headers = { Accept: 'application/geo+json, application/json' };
  return requestJson<T>(path, signal ? { signal, headers } : { headers });
}

// The answer, or the job that makes it (202). Does not wait for it (RFC 7240).
export async function getJsonOrJob<T, Job>(
  path: string, signal: AbortSignal
): Promise<{ done: true; body: T } | { done: false; job: Job }> {
  const headers = { Accept: 'application/json', Prefer: 'respond-async' };
  const { status, body } = await request(path, { signal, headers });
  return status === 202
    ? { done: false, job: parseAnswer<Job>(status, body) }
    : { done: true, body: parseAnswer<T>(status, body) };
}

// PUT or DELETE; `body` as JSON.
export function sendJson<T>(method: 'PUT' | 'DELETE', path: string, body?: unknown): Promise<T> {
  const headers = { Accept: 'application/json', 'Content-Type': 'application/json' };
  return requestJson<T>(path, body === undefined ? { method } : { method, headers, body: JSON.stringify(body) });
}
