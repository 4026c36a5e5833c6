// Sees every change that this process makes on the disk before it is made. JavaScript, so that a plain Node can preload it.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const synchronous = ['writeSync', 'ftruncateSync', 'fdatasyncSync', 'mkdirSync', 'rmSync', 'unlinkSync'];
const promised = ['mkdir', 'rename', 'unlink', 'link', 'writeFile', 'rm', 'rmdir'];

/** See disk-changes.d.ts. */
export function watchDisk(instead) {
  const originals = { ...fs };
  const originalPromises = { ...fs.promises };

  for (const what of synchronous) {
    fs[what] = (...args) => {
      const make = () => originals[what](...args);
      // Standard output and error are no files of a run.
      if (typeof args[0] === 'number' && args[0] <= 2) return make();
      if (what !== 'writeSync') return instead({ what, make });
      const [file, bytes, from = 0] = args;
      return instead({ what, make, tear: () => originals.writeSync(file, bytes, from, (bytes.length - from) >> 1) });
    };
  }
  for (const what of promised) {
    fs.promises[what] = async (...args) => {
      const make = () => originalPromises[what](...args);
      if (what !== 'writeFile') return instead({ what, make });
      const [path, text, options] = args;
      return instead({
        what,
        make,
        tear: () => originals.writeFileSync(path, text.slice(0, text.length >> 1), options),
      });
    };
  }
  fs.openSync = (...args) => {
    const make = () => originals.openSync(...args);
    return args[1] === 'r' ? make() : instead({ what: 'openSync', make });
  };
  fs.promises.open = async (...args) => {
    const make = () => originalPromises.open(...args);
    if (args[1] === 'r') return make();
    const handle = await instead({ what: 'open', make });
    const { write, sync } = handle;
    handle.write = async (bytes, from = 0) =>
      instead({
        what: 'write',
        make: () => write.call(handle, bytes, from),
        tear: () => originals.writeSync(handle.fd, bytes, from, (bytes.length - from) >> 1),
      });
    handle.sync = async () => instead({ what: 'sync', make: () => sync.call(handle) });
    return handle;
  };
  syncBuiltinESMExports();

  return () => {
    for (const name of [...synchronous, 'openSync']) fs[name] = originals[name];
    for (const name of [...promised, 'open']) fs.promises[name] = originalPromises[name];
    syncBuiltinESMExports();
  };
}
