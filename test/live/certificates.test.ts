import { rmSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { auditTargets, placeOf } from '../audited.js';
import { down, serverNamed, upAll, urlOf, withBackends } from './lab/lab.js';
import { instanceFolder } from './lab/launch.js';
import { runningPid } from './lab/process.js';
import { openRelay } from './relay.js';

const wanted = (process.env['LEFTOPEN_LIVE'] ?? '').split(',').filter((part) => part !== '');
const name = 'nginx-tls-foreign-name';

t.test(
  'a trusted certificate, under its own name and under others',
  { skip: wanted.length > 0 && !wanted.some((part) => name.includes(part)) },
  async (t) => {
    const server = serverNamed(name);
    const needed = withBackends([name]);
    const before = needed.filter((each) => runningPid(each.name) !== null);
    t.teardown(() => Promise.all(needed.filter((each) => !before.includes(each)).map(down)));
    await upAll(needed);
    const relays = await Promise.all([1, 2, 3].map(() => openRelay(server)));
    t.teardown(() => Promise.all(relays.map((relay) => relay.close())));
    const [right, wrong, again] = relays.map(({ url }) => Number(new URL(url).port));

    const audited = await auditTargets({
      tls: { authorities: [join(instanceFolder(name), 'config', 'certs', 'ca.pem')] },
      engagement: { id: 'LIVE', scope: { include: ['127.0.0.0/8', 'shop.example', 'wallet.example'] } },
      targets: [
        { id: 'right', owner: 'shop', hosts: { name: 'shop.example', address: '127.0.0.1' }, ports: right },
        { id: 'wrong', owner: 'wallet', hosts: { name: 'wallet.example', address: '127.0.0.1' }, ports: wrong },
        { id: 'again', owner: 'wallet', hosts: '127.0.0.1', ports: again },
      ],
    });
    t.teardown(() => {
      rmSync(audited.folder, { recursive: true });
    });
    t.equal(audited.bugs, 0, 'no check of ours threw');

    const certificateFindings = (place: string): readonly string[] =>
      audited.endpoints.get(place)?.told.findings.filter((check) => check.startsWith('certificate-')) ?? ['not asked'];
    t.strictSame(certificateFindings(`shop.example:${right}`), ['certificate-shared']);
    t.strictSame(certificateFindings(`wallet.example:${wrong}`), ['certificate-shared', 'certificate-wrong-name']);
    const byAddress = `127.0.0.1:${again}`;
    t.strictSame(certificateFindings(byAddress), ['certificate-shared']);
    t.ok(
      audited.endpoints.get(byAddress)?.summary.undetermined.some(({ check }) => check === 'certificate-wrong-name'),
      'by its address alone, no name can be wrong',
    );
    const findings = [...audited.endpoints.values()].flatMap((each) => each.findings);
    t.match(
      findings.find(({ check }) => check === 'certificate-wrong-name')?.summary,
      /not valid for `wallet\.example`[^.]*`shop\.example`/,
    );
    t.match(
      findings.find(({ check }) => check === 'certificate-shared')?.summary,
      /3 endpoints of this audit use its key; their owners: `(shop`, `wallet|wallet`, `shop)`/,
    );
    for (const { told } of audited.endpoints.values()) t.equal(told.state, 'open');
  },
);

const guarded = 'nginx-client-certificate';

t.test(
  'what a client certificate opens is reported for its holders',
  { skip: wanted.length > 0 && !wanted.some((part) => guarded.includes(part)) },
  async (t) => {
    const needed = withBackends([guarded]);
    const before = needed.filter((each) => runningPid(each.name) !== null);
    t.teardown(() => Promise.all(needed.filter((each) => !before.includes(each)).map(down)));
    await upAll(needed);
    const url = urlOf(serverNamed(guarded));
    const certificates = join(instanceFolder(guarded), 'config', 'certs');
    const audited = await auditTargets({
      tls: {
        authorities: [join(certificates, 'ca.pem')],
        clientCertificate: { certificate: join(certificates, 'admin.pem'), key: join(certificates, 'admin.key') },
      },
      engagement: { id: 'LIVE', techniques: { credentials: true } },
      targets: [{ id: 'a', url }],
    });
    t.teardown(() => {
      rmSync(audited.folder, { recursive: true });
    });
    const seen = audited.endpoints.get(placeOf(url));
    t.match(seen?.summary, { state: 'open', clientCertificate: true });
    const open = seen?.findings.find(({ check }) => check === 'cluster-open');
    t.match(open?.title, /^A holder of the client certificate at \S+ can enter/);
    t.match(open?.summary, /without one was not tested/);
    for (const { title, summary } of seen?.findings ?? [])
      t.notMatch(`${title} ${summary}`, /without credentials|stranger/);
  },
);
