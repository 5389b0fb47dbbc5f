// Answers that the service makes in the background: asked for, followed by the share that is done, and
// asked for again when they are there. Leaving the page or its state ends the following, not the
// work, which others may wait for; `cancel` ends the work.
import { getJson, getJsonOrJob, Problem, sendJson } from './http.ts';

const POLL_MS = 400;

export interface Job {
  id: string;
  state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled';
  progress: number; // 0 to 1
  error: string | null;
}

export interface Following {
  signal: AbortSignal;
  progress(share: number, cancel: () => Promise<void>): void;
}

function pause(signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, POLL_MS);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason instanceof Error ? signal.reason : new DOMException('left', 'AbortError'));
    }, { once: true });
  });
}

// Why there will be no answer; null where there will be. Asking again would start the work anew.
function endOf(job: Job): Problem | null {
  if (job.state === 'cancelled') {
    return new Problem(503, 'Cancelled', 'The computation was cancelled before it was done.');
  }
  return job.state === 'failed' ? new Problem(500, 'Computation failed', job.error ?? 'The service does not say why.') : null;
}

// The answer of `path`. Throws Problem, also where the work failed or was cancelled; lets the
// AbortError of the signal through.
export async function getInBackground<T>(path: string, { signal, progress }: Following): Promise<T> {
  for (;;) {
    const answer = await getJsonOrJob<T, Job>(path, signal);
    if (answer.done) return answer.body;
    let job = answer.job;
    const cancel = async () => void (await sendJson<Job>('DELETE', `jobs/${encodeURIComponent(job.id)}`));
    while (job.state === 'queued' || job.state === 'running') {
      progress(job.progress, cancel);
      await pause(signal);
      job = await getJson<Job>(`jobs/${encodeURIComponent(job.id)}`, signal);
    }
    const end = endOf(job);
    if (end) throw end;
  }
}
