// Turns interrupts and closed pipes into an orderly end of a run.
const signals = ['SIGINT', 'SIGTERM'] as const;

// Imported before all else: what comes while the program is still loading ends it as later ones do. SIGHUP is left to the
// system: a listener of ours would end what `nohup` was to protect, and a run that it kills can be resumed.
const atOnce = (): never => process.exit(130);
for (const name of signals) process.on(name, atOnce);
// Without a listener, Node opens its debugger to every user of this machine.
process.on('SIGUSR1', () => undefined);

/**
 * A signal that SIGINT and SIGTERM abort, so that a run ends cleanly; a second one ends the process at once.
 *
 * @param onFirst called at the first signal, to say something at once
 * @param onBug called with an error that a callback throws and nothing catches: it ends the run as a signal does, so that what
 *   was learned until then is written
 */
export function stopSignal(onFirst: () => void, onBug?: (error: unknown) => void): AbortSignal {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) atOnce();
    controller.abort();
    onFirst();
  };
  if (onBug !== undefined)
    process.on('uncaughtException', (error) => {
      onBug(error);
      if (!controller.signal.aborted) stop();
    });
  for (const name of signals) {
    process.off(name, atOnce);
    process.on(name, stop);
  }
  return controller.signal;
}
