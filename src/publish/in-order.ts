/** Something to run once others have ended. */
export interface Task {
  /** null: it waits for nothing. */
  after: Promise<unknown> | null;
  run(): Promise<void>;
}

/**
 * Runs tasks, at most `limit` at once, the earlier first among those that can run. A task that waits
 * takes no place: a chain of dependent writes does not keep independent ones from going on.
 * @throws what a task throws; none is started after that
 */
export async function inOrder(tasks: readonly Task[], limit: number): Promise<void> {
  const ended = Promise.withResolvers<void>();
  // Latest first, so that taking the earliest is cheap.
  const ready = tasks.flatMap((task, index) => (task.after === null ? [index] : [])).reverse();
  let running = 0;
  let left = tasks.length;
  let isStopped = false;

  function stop(error: unknown): void {
    isStopped = true;
    ended.reject(error);
  }

  function startReady(): void {
    if (left === 0) ended.resolve();
    while (!isStopped && running < limit) {
      const task = tasks[ready.pop() ?? -1];
      if (task === undefined) return;
      running += 1;
      task.run().then(() => {
        running -= 1;
        left -= 1;
        startReady();
      }, stop);
    }
  }

  for (const [index, task] of tasks.entries()) {
    task.after?.then(() => {
      const place = ready.findIndex((other) => other < index);
      ready.splice(place < 0 ? ready.length : place, 0, index);
      startReady();
    }, stop);
  }
  startReady();
  return ended.promise;
}
