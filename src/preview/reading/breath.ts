/** Lets others run now and then during long work, so that a server goes on answering. */
export type Breath = () => Promise<void>;

const sliceMs = 20;

/** A function to be awaited between pieces of work: it yields when its slice of time is used up. */
export function breathing(now: () => number = () => performance.now()): Breath {
  let sliceStart = now();
  return async () => {
    if (now() - sliceStart < sliceMs) return;
    await new Promise((resolve) => setImmediate(resolve));
    sliceStart = now();
  };
}
