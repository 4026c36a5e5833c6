import t from 'tap';
import { basePathOf } from '../../src/demo/replay.js';
import { observe } from '../../src/reading/index.js';
import { survey } from '../../src/survey/index.js';
import { recordingNamed, recordingNames } from '../replay.js';
import { surveyAgainst, techniquesWith } from '../support/answer.js';
import { sample } from '../support/sample.js';
import { fakeEndpoint } from '../support/survey.js';

const names = sample(recordingNames(), 30);
t.ok(names.length > 0, 'there are recordings');

// Real servers' answers, kept as the client keeps them, through the real survey: what comes of it is the truth in their head.
for (const name of names) {
  const recording = recordingNamed(name);
  const basePath = basePathOf(recording);
  for (const scheme of [null, recording.head.scheme]) {
    const endpoint = { ...fakeEndpoint, scheme, basePath };
    const questions = survey(endpoint, { techniques: techniquesWith(), nonce: () => 'x1y2z3a4b5c6' });
    const record = surveyAgainst(recording, endpoint, questions);
    const { access, identity } = observe(record);
    const { state, product, version, distribution, rung } = recording.head.truth;
    t.strictSame(
      {
        state: access.state,
        product: identity.orItsFork === true ? null : identity.product,
        version: identity.version.number,
        distribution: identity.distribution,
        rung: access.rung,
      },
      { state, product, version, distribution, rung },
      `${name}: ${record.exchanges.map(({ question, outcome }) => `${question}=${outcome.kind === 'answer' ? outcome.status : outcome.failure}`).join(' ')}`,
    );
    t.ok(record.exchanges.length <= 20, `${name}: ${record.exchanges.length} requests`);
  }
}
