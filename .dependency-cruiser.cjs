// The directions of docs/design.md: each room with the rooms it may import besides `model`, `text` and `messages`.
const may = {
  model: [],
  text: [],
  messages: [],
  knowledge: [],
  catalogue: ['knowledge'],
  topics: ['catalogue', 'knowledge'],
  reading: ['topics', 'catalogue', 'knowledge'],
  survey: ['reading', 'topics', 'catalogue', 'knowledge'],
  threads: [],
  store: ['threads'],
  judge: ['reading', 'topics', 'catalogue', 'knowledge', 'store'],
  engagement: [],
  net: ['engagement', 'catalogue', 'threads'],
  history: ['store'],
  report: ['history'],
  languages: ['judge', 'report', 'history', 'store'],
  plan: ['engagement', 'net', 'catalogue', 'store'],
  run: [
    'engagement',
    'net',
    'survey',
    'reading',
    'judge',
    'catalogue',
    'knowledge',
    'history',
    'store',
    'plan',
    'report',
    'languages',
    'threads',
  ],
  sink: ['report', 'languages', 'store'],
  demo: ['run', 'engagement'],
  cli: [
    'run',
    'sink',
    'plan',
    'store',
    'demo',
    'engagement',
    'judge',
    'catalogue',
    'knowledge',
    'report',
    'threads',
    'languages',
  ],
};

const directions = Object.entries(may).map(([room, others]) => ({
  name: `${room}-imports-only-what-it-may`,
  severity: 'error',
  // the catalogue lists the questions of the topics, which stand on the rest of it
  from: { path: `^src/${room}/`, pathNot: '^src/catalogue/index\\.ts$' },
  to: {
    path: '^src/',
    pathNot: `^src/(${[room, ...(room === 'model' ? [] : ['model', 'text', ...(room === 'text' ? [] : ['messages'])]), ...others].join('|')})/`,
  },
}));

module.exports = {
  forbidden: [
    ...directions,
    {
      name: 'only-net-opens-a-connection',
      comment: 'Only src/net opens sockets or looks names up; the demo serves its own estate on loopback.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(net|demo)/' },
      to: {
        path: '^(undici|net|tls|dns|http|https|http2|dgram|dns/promises|node:(net|tls|dns|http|https|http2|dgram))($|/)|node_modules/undici',
      },
    },
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: '\\.d\\.ts$|^src/(index|cli/main)\\.ts$' },
      to: {},
    },
    {
      name: 'only-declared-dependencies',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown', 'undetermined', 'unknown'] },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
