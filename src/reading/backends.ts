// Signs that several servers answer at one address.
import type { EndpointRecord } from '../model/exchange.js';
import { answersTo, header, headerLines } from '../catalogue/exchanges.js';
import { reading } from '../catalogue/readings.js';

/** What hints at several backends. */
export type BackendHint = 'server-headers' | 'balancer-cookie' | 'backend-header' | 'dashboard-names';

/** Cookies by which balancers keep a caller at one backend: AWS, HAProxy, nginx, F5, Citrix, Traefik, Azure. */
const balancerCookie =
  /^(?:AWSALB(?:CORS|TG|APP-\d)?|AWSELB(?:CORS)?|SERVERID|SRV|route|BIGipServer[^=]*|NSC_[^=]*|ARRAffinity(?:SameSite)?|sticky|lb|citrix_ns_id|incap_ses[^=]*|ROUTEID)=/i;

/** Headers by which balancers name the backend that answered. */
const backendHeaders = ['x-backend-server', 'x-backend-cluster'] as const;

/** Headers in which a dashboard gives its own name: the host's, where its settings give none (`server.name`). */
const dashboardNames = ['kbn-name', 'osd-name'] as const;

/**
 * What hints at several backends: two spellings of `Server`, a balancer's cookie, another backend or dashboard named. Two
 * backends may answer anyway where there is none.
 */
export const hintsOfBackends = reading((record: EndpointRecord): readonly BackendHint[] => {
  const answers = answersTo(record).map(({ answer }) => answer);
  const servers = new Set(answers.flatMap((answer) => header(answer, 'server') ?? []));
  const cookie = answers.some((answer) => headerLines(answer, 'set-cookie').some((line) => balancerCookie.test(line)));
  const several = (name: string): boolean => new Set(answers.flatMap((answer) => header(answer, name) ?? [])).size > 1;
  const named = backendHeaders.some(several);
  return [
    ...(servers.size > 1 ? (['server-headers'] as const) : []),
    ...(cookie ? (['balancer-cookie'] as const) : []),
    ...(named ? (['backend-header'] as const) : []),
    ...(dashboardNames.some(several) ? (['dashboard-names'] as const) : []),
  ];
});
