// Asks while a hand is moving: not more often than answers come, so that the picture follows, and with
// the last position always. `act` overtakes its earlier self.

const LEAST_GAP_MS = 60;
const MOST_GAP_MS = 1000;

export interface Pacer {
  call(): void;
  cancel(): void;
}

export function makePacer(act: () => Promise<unknown>): Pacer {
  let gapMs = LEAST_GAP_MS;
  let startedMs = -Infinity;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function run(): Promise<void> {
    timer = undefined;
    const mineMs = (startedMs = performance.now());
    await act();
    gapMs = Math.min(MOST_GAP_MS, Math.max(LEAST_GAP_MS, 1.2 * (performance.now() - mineMs)));
  }
  return {
    call() {
      timer ??= setTimeout(() => void run(), Math.max(0, startedMs + gapMs - performance.now()));
    },
    cancel() {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
