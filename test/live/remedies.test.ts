// The printed steps close real servers: the settings of the finding are applied, the server is restarted and audited again.

import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import t, { type Test } from 'tap';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { auditUrls, placeOf } from '../audited.js';
import { distinguishedNames, layCertificates } from './lab/certificates.js';
import { down, restart, serverNamed, up, urlOf } from './lab/lab.js';
import { instanceFolder } from './lab/launch.js';
import { runningPid } from './lab/process.js';
import { isSearch, type SearchServer } from './lab/types.js';

const wanted = (process.env['LEFTOPEN_LIVE'] ?? '').split(',').filter((part) => part !== '');
const skip = wanted.length > 0 && !wanted.includes('remedies');

/** Open servers. */
const open = [
  'elasticsearch-7.17.9-open',
  'elasticsearch-7.17.9-disabled',
  'elasticsearch-9.4.3-open',
  'elasticsearch-7.5.1-search-guard-disabled',
  'opensearch-2.19.4-disabled',
  'opensearch-2.19.4-ssl-only',
];

const settings = z.record(z.string(), z.unknown());

for (const name of open) {
  void t.test(`the steps that are printed for ${name} close it`, { skip }, async (t) => {
    const server = serverNamed(name);
    if (!isSearch(server)) throw new Error(`${name} is not a cluster`);
    const before = runningPid(name) !== null;
    if (before) await down(server);
    t.teardown(() => down(server));
    await up(server);
    const steps = await stepsFor(t, server);
    const added = steps.flatMap((code) => settingsIn(code));
    t.ok(added.length > 0, 'there are settings among its steps');
    const all = Object.fromEntries(added.flatMap((block) => Object.entries(block)));
    await apply(server, all);
    const tls = Object.entries(all).some(
      ([key, value]) => /\b(?:http\.ssl|ssl\.http)\.enabled$/.test(key) && value === true,
    );
    const url = tls ? urlOf(server).replace(/^http:/, 'https:') : urlOf(server);
    await restart(server, url);
    const audited = await auditUrls([url]);
    t.teardown(() => {
      rmSync(audited.folder, { recursive: true });
    });
    const seen = audited.endpoints.get(placeOf(url));
    t.equal(seen?.told.state, 'guarded', `${name} is closed: ${JSON.stringify(seen?.told)}`);
  });
}

/** The code of each step that the finding of an open server prints. */
async function stepsFor(t: Test, server: SearchServer): Promise<readonly string[]> {
  const audited = await auditUrls([urlOf(server)]);
  t.teardown(() => {
    rmSync(audited.folder, { recursive: true });
  });
  const seen = audited.endpoints.get(placeOf(urlOf(server)));
  t.equal(seen?.told.state, 'open', `${server.name} is open`);
  const finding = seen?.findings.find(({ check }) => check === 'cluster-open');
  return (finding?.remedy.steps ?? []).flatMap(({ code }) => (code === null ? [] : [code]));
}

/** A step's block, where it is one of settings. */
function settingsIn(code: string): readonly Record<string, unknown>[] {
  if (!/^[a-z_.]+: /m.test(code)) return [];
  return [settings.parse(parse(code))];
}

/** Puts settings into a server's file, and certificates where the settings expect them. */
async function apply(server: SearchServer, added: Record<string, unknown>): Promise<void> {
  const config = join(instanceFolder(server.name), 'config');
  const file = join(config, `${server.kind}.yml`);
  const known = settings.parse(parse(readFileSync(file, 'utf8')));
  await layCertificates(config);
  for (const path of filesIn(added)) {
    const from = /(^|\/)ca\./.test(path) ? 'ca.pem' : /key/.test(path) ? 'node.key' : 'node.pem';
    mkdirSync(dirname(join(config, path)), { recursive: true });
    copyFileSync(join(config, 'certs', from), join(config, path));
  }
  const named = Object.entries(added).map(([key, value]) => {
    // "with the names that are in them": those of the lab's certificates.
    if (key.endsWith('.admin_dn')) return [key, [distinguishedNames.admin]];
    if (key.endsWith('.nodes_dn')) return [key, [distinguishedNames.node]];
    return [key, value];
  });
  writeFileSync(file, stringify({ ...known, ...Object.fromEntries(named) }));
}

function filesIn(added: Record<string, unknown>): readonly string[] {
  return Object.values(added)
    .flat()
    .filter((value): value is string => typeof value === 'string' && /\.(?:pem|crt|key)$/.test(value));
}
