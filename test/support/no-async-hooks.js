// Preloaded into each test process of `npm test`: tap follows every promise through an async hook, to say in which test an
// error was thrown that nothing catches. That takes a tenth of the time of all tests. Without it such an error ends the
// process: it is printed, its test is reported as unfinished, and `npx tap FILE` says the rest.
import asyncHooks from 'node:async_hooks';
import { syncBuiltinESMExports } from 'node:module';

asyncHooks.createHook = () => ({
  enable() {
    return this;
  },
  disable() {
    return this;
  },
});
syncBuiltinESMExports();
