// Preloaded into each test process: what a test starts is started as users start it. tap would preload its recorder of loaded
// files and coverage, which nothing here reads and which doubles the time that the program takes to start.
const listeners = globalThis[Symbol.for('process-on-spawn@*:singletonId')]?.listeners;
listeners?.splice(0);
delete process.env.NODE_OPTIONS;
