// Who a cluster says the caller is.
import type { EndpointRecord } from '../model/exchange.js';
import type { Caller } from '../model/observation.js';
import { guardsNothing, parseAuthenticate, parseAuthinfo, parseXpack } from '../catalogue/cluster.js';
import { answerTo, answersTo, header, kept, refs, said } from '../catalogue/exchanges.js';
import type { Answered } from '../catalogue/exchanges.js';
import { lacksSecurityLicence } from '../catalogue/denials.js';
import { answersOfCluster } from './cluster-answers.js';
import type { ClusterAnswers } from './cluster-answers.js';
import type { ClusterIdentity } from './identity.js';

const anonymousName = /anonymous/i;

/** Plugins that guard a cluster, by the names under which `_nodes` lists them, and the question that shows whether they do. */
const securityPlugins: readonly { readonly pattern: RegExp; readonly shownBy: string | null }[] = [
  { pattern: /^opensearch-security$/, shownBy: 'plugins-security-authinfo' },
  { pattern: /^opendistro[_-]security$/, shownBy: 'opendistro-security-authinfo' },
  { pattern: /^(?:search-guard|searchguard)/, shownBy: 'searchguard-authinfo' },
  { pattern: /^x-pack(?:-security)?$/, shownBy: 'xpack-info' },
  { pattern: /^(?:readonlyrest|shield|armor|.*http-basic|.*jetty)/, shownBy: null },
];

/** The security plugins that a cluster says it has; null when it did not say. */
export function seenSecurityPlugins(
  answers: ClusterAnswers,
): readonly { readonly name: string; readonly shownBy: string | null }[] | null {
  if (answers.nodes === null || answers.nodes.value.total === 0) return null;
  return answers.nodes.value.plugins.flatMap((name) => {
    const plugin = securityPlugins.find(({ pattern }) => pattern.test(name));
    return plugin === undefined ? [] : [{ name, shownBy: plugin.shownBy }];
  });
}

/**
 * A routing error on a page of a security plugin: the server does not know the page. By itself it proves nothing, since
 * closed servers route before they authenticate (wire guide R.1.1, R.2).
 */
function isUnknownPage(answered: Answered): boolean {
  const { answer } = answered;
  const words = said(answer);
  switch (answer.status) {
    case 400:
      return (
        /^No feature for name|No endpoint or operation is available at|parameter:? \[categories\]/.test(words) ||
        // the same in one line (http.detailed_errors.enabled: false), up to 6.x and without the page's name
        /^No ElasticsearchException found$/.test(words) ||
        isRoutingError(answered) ||
        isInvalidIndex(answer)
      );
    case 403:
      return lacksSecurityLicence(answer);
    case 404:
      return (
        isRoutingError(answered) || (answer.body.kind === 'error' && answer.body.type === 'index_not_found_exception')
      );
    case 405:
      return isRoutingError(answered);
    case 500:
      return /Security must be explicitly enabled|^Security is not enabled but /.test(words);
    default:
      return false;
  }
}

/**
 * A plain text as the error (`no handler found for uri [/…] and method [GET]`, `Incorrect HTTP method for uri [/…]`): errors
 * of a page that is there are objects with a type. The words have changed with versions; the path in brackets stays.
 */
function isRoutingError({ answer, exchange }: Answered): boolean {
  const { body } = answer;
  if (body.kind !== 'error' && (body.kind !== 'text' || body.html)) return false;
  const { path, basePath } = exchange;
  const [asked = ''] = path.slice(path.startsWith(basePath) ? basePath.length : 0).split('?', 1);
  return (
    (body.kind === 'text' || body.type === null) &&
    /\buri \[[^\]]*\]/.test(said(answer)) &&
    said(answer).includes(asked)
  );
}

function isInvalidIndex(answer: Answered['answer']): boolean {
  return answer.body.kind === 'error' && answer.body.type === 'invalid_index_name_exception';
}

/**
 * x-pack says by itself that its security was never turned on (7.13 to 7.17, wire guide A.3, R.2): in a warning on every
 * answer, or on the page that would say who we are. Other security plugins want it turned off by hand, which silences both.
 */
function disavowals(record: EndpointRecord): Answered[] {
  return answersOfCluster(record).filter(
    ({ answer, exchange }) =>
      /built-in security features are not enabled/.test(header(answer, 'warning') ?? '') ||
      (exchange.question === 'security-authenticate' &&
        answer.status === 500 &&
        /^Security must be explicitly enabled/.test(said(answer))),
  );
}

/** The page of x-pack that shows whether it knows a login, by major version; null before 5. */
export function xpackQuestion(major: number | null): 'security-authenticate' | 'xpack-info' | null {
  if (major === null || major >= 7) return 'security-authenticate';
  return major >= 5 ? 'xpack-info' : null;
}

/** The page of each security plugin that it answers with 401 while it wants a login, by the kind of its refusal. */
const ownPages: Readonly<Record<string, string>> = {
  'x-pack': 'security-authenticate',
  'opensearch-security': 'plugins-security-authinfo',
  'open-distro-security': 'opendistro-security-authinfo',
  'search-guard': 'searchguard-authinfo',
};

/**
 * Answers by which the server disowns a login that it wanted on another path: that its security is not enabled, or that it
 * does not know the plugin's own page. A closed server answers 401 there (wire guide R.1.1), so that several backends are
 * behind the endpoint. X-Pack of 5 and 6, which wants a token, has that page under another path and says nothing here (B.1).
 */
export function disowned(record: EndpointRecord, answers: ClusterAnswers): Answered[] {
  const walls = answers.refusals.filter(({ value }) => value.by === 'product' && value.login === 'required');
  if (walls.length === 0) return [];
  const pages = walls.flatMap(({ value, answered }) => {
    const page = ownPages[value.kind];
    const older = value.kind === 'x-pack' && !/^missing authentication credentials /.test(said(answered.answer));
    return page === undefined || older ? [] : [page];
  });
  const unknown = pages.length === 0 ? [] : answersTo(record, ...pages).filter(isUnknownPage);
  return [...disavowals(record), ...unknown];
}

/** Evidence that x-pack is off or not there, or null. */
function xpackAbsent(record: EndpointRecord, major: number | null): Answered[] | null {
  if (major !== null && major < 5) return [];
  const question = xpackQuestion(major);
  const answered = question === null ? null : answerTo(record, question);
  if (answered === null) return null;
  const off = guardsNothing(kept(answered, parseXpack));
  return off || isUnknownPage(answered) ? [answered] : null;
}

/**
 * Evidence that the server itself knows no login, or null. Every page on which a security plugin would answer is unknown to
 * the server; it was read from freely; nothing of its own denied us access. Which plugins are there is read from its nodes, since
 * some answer only on pages of their own (wire guide R.1.1, B.4).
 */
function loginAbsent(record: EndpointRecord, answers: ClusterAnswers, identity: ClusterIdentity): Answered[] | null {
  const read = answers.listing ?? answers.stats;
  // the pages of a fork's own login are not known
  if (identity.otherProduct !== null) return null;
  if (read === null || answers.refusals.some(({ value }) => value.by === 'product')) return null;
  if (
    identity.distribution === 'aws' ||
    identity.distribution === 'aws-serverless' ||
    identity.distribution === 'serverless'
  )
    return null;
  const plugins = seenSecurityPlugins(answers);
  const proofs: Answered[] = [read.answered];
  if (identity.product === 'opensearch') {
    const authinfo = answerTo(record, 'plugins-security-authinfo');
    if (authinfo === null || !isUnknownPage(authinfo)) return null;
    proofs.push(authinfo);
  } else {
    const disavowed = disavowals(record).slice(0, 1);
    const absent = disavowed.length > 0 ? disavowed : xpackAbsent(record, identity.major);
    if (absent === null || (plugins === null && disavowed.length === 0)) return null;
    proofs.push(...absent);
  }
  if (answers.nodes !== null) proofs.push(answers.nodes.answered);
  for (const { shownBy } of plugins ?? []) {
    const shown = shownBy === null ? null : answerTo(record, shownBy);
    if (shown === null) return null;
    const off = guardsNothing(kept(shown, parseXpack));
    if (!off && !isUnknownPage(shown)) return null;
  }
  return proofs;
}

/** The pages of OpenSearch Security, Open Distro and Search Guard that say who the caller is. */
export const authinfoPages = [
  'plugins-security-authinfo',
  'opendistro-security-authinfo',
  'searchguard-authinfo',
] as const;

/** Names in the `user` text of Search Guard and Open Distro: `User [name=…, backend_roles=[…], requestedTenant=null]`. */
const userText = /^User \[name=([^,\]]*)/;

/**
 * Who the server says the caller without credentials is: by its own page (`_security/_authenticate`, `authinfo`), by the
 * words of a refusal, or by the absence of any login (wire guide B.2, B.4, R.1). A user with another name than an anonymous
 * one means that something in front logs us in: the server wants a login.
 */
export function readCaller(record: EndpointRecord, answers: ClusterAnswers, identity: ClusterIdentity): Caller {
  for (const question of ['security-authenticate', 'xpack-security-authenticate']) {
    const answered = answerTo(record, question);
    const value = kept(answered, parseAuthenticate);
    if (value === null) continue;
    const anonymous =
      value.authentication_type === 'anonymous' ||
      value.authentication_realm?.type === '__anonymous' ||
      (value.authentication_realm === undefined && anonymousName.test(value.username));
    return {
      login: anonymous ? 'anonymous' : 'required',
      user: value.username,
      roles: value.roles,
      backendRoles: [],
      evidence: refs(answered),
    };
  }
  for (const question of authinfoPages) {
    const answered = answerTo(record, question);
    const value = kept(answered, parseAuthinfo);
    if (value === null) continue;
    const user = value.user_name ?? userText.exec(value.user ?? '')?.[1] ?? value.user ?? '';
    return {
      login: anonymousName.test(user) ? 'anonymous' : 'required',
      user,
      roles: value.roles.length > 0 ? value.roles : value.sg_roles,
      backendRoles: value.backend_roles,
      evidence: refs(answered),
    };
  }
  const own = answers.refusals.filter(({ value }) => value.by === 'product');
  const denied = own.find(({ value }) => value.login === 'anonymous');
  if (denied !== undefined) {
    const { user, roles, backendRoles } = denied.value;
    return { login: 'anonymous', user, roles, backendRoles, evidence: refs(denied.answered) };
  }
  const wall = own.find(({ value }) => value.login === 'required');
  // a backend with a login lists nothing and never disowns it: both came from one that has none
  const open = wall !== undefined && answers.listing !== null ? disowned(record, answers) : [];
  if (answers.listing !== null && open.length > 0)
    return { ...nobody, login: 'absent', evidence: refs(answers.listing.answered, ...open) };
  if (wall !== undefined) return { ...nobody, login: 'required', evidence: refs(wall.answered) };
  const proofs = loginAbsent(record, answers, identity);
  if (proofs !== null) {
    const off =
      disavowals(record).length > 0 ||
      kept(answerTo(record, 'xpack-info'), parseXpack)?.features?.security?.enabled === false;
    return { ...nobody, login: 'absent', ...(off ? { securityOff: true } : {}), evidence: refs(...proofs) };
  }
  return nobody;
}

const nobody: Caller = { login: 'unknown', user: null, roles: [], backendRoles: [], evidence: [] };
