/**
 * A signal that SIGINT and SIGTERM abort, so that a run ends cleanly; a second one ends the process at once.
 *
 * @param onFirst called at the first signal, to say something at once
 */
export function stopSignal(onFirst: () => void): AbortSignal {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort();
    onFirst();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return controller.signal;
}
