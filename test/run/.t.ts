import { comparable, fleetTargets, runAudit, startFleet } from './fleet/index.js';
import {mkdtempSync} from 'node:fs';
const f = await startFleet(); const d = mkdtempSync('/tmp/fl-'); const file = fleetTargets(d, f.port, Number(process.argv[2]));
const t=performance.now(); const r = await runAudit(file, d+'/out'); console.log(performance.now()-t, r); f.close();
