// Parts of pages by which dashboards and proxies are recognised.
import { genericPages, loginPages, otherProducts, passwordField, portalPages } from './products.js';

/** The script by which Kibana 4 and 5 send a browser on (wire guide D.2, R.3). */
export const rootRedirect = /hashRoute\s*=\s*'[^']*\/app\/kibana'/;

/** What a dashboard says by itself while it starts. */
export const notReady = /^\s*(Kibana|OpenSearch Dashboards) server\b[^.]{0,40}\bnot\b[^.]{0,20}\bready\b/;

/** The settings of Kibana 3 (wire guide D.1). */
export const kibana3Settings = /define\(\s*\[\s*['"]settings['"]\s*\]/;

/** Where the settings of Kibana 3 say that the cluster is. */
export const kibana3Cluster = /\belasticsearch\s*:\s*(.{1,200}?)\s*,\s*(?:[a-z_]+\s*:|\/\*|\}|$)/;

/** What servers say to plain HTTP on a port where they speak TLS (wire guide A.4). */
export const wantsTls =
  /plain HTTP request was sent to HTTPS port|HTTP request to an HTTPS server|speaking plain HTTP to an SSL|requires TLS|This combination of host and port requires TLS/i;

/** What servers say to a caller who shows no client certificate. */
export const wantsCertificate = /No required SSL certificate was sent|SSL certificate error/i;

/** The numbers by which content delivery networks and bot filters refuse. */
export const cdnWords = /Request ID:.*cloudfront|Reference #[0-9a-f.]+|Incapsula incident/i;

/**
 * Challenges that a browser passes by itself or a person by a captcha (Cloudflare, AWS WAF, DDoS-Guard, hCaptcha, reCAPTCHA …).
 */
export const challengeWords =
  /Just a moment\.\.\.|Attention Required! \| Cloudflare|Checking (?:if the site connection is secure|your browser)|DDoS-Guard|\b(?:re|h|fun)?captcha\b|challenge-platform|cf-turnstile|awswaf|Enable JavaScript and cookies to continue|verify (?:that )?you are (?:a )?human|Human Verification|Pardon Our Interruption|document\.cookie\s*=/i;

/** How proxies that do not name themselves refuse. */
export const proxyWords = /Request forbidden by administrative rules|^RBAC: access denied/;

/** The form of oauth2-proxy's page, which it sends with 403 (oauth2-proxy pkg/app/pagewriter/sign_in.html). */
export const proxySignIn = /<form method="GET" action="[^"<>]{0,60}\/start">/;

/** How Elastic Cloud refuses an address. */
export const trafficFilter = /traffic filter/i;

/**
 * What the pages of Kibana 6 and later and of OpenSearch Dashboards tell their own script: the exact version first (recorded on
 * 6.4.2 to 8.12.2, OpenSearch Dashboards 2.8.0 and 2.19.2).
 */
export const injectedVersion =
  /<(kbn|osd)-injected-metadata\s+data=["']\{\s*(?:&quot;|&#34;|")version(?:&quot;|&#34;|")\s*:\s*(?:&quot;|&#34;|")(\d{1,4}\.\d{1,4}\.\d{1,5}(?:-[0-9A-Za-z.]{1,30})?)(?:&quot;|&#34;|")/;

/**
 * Whether the login page of the security plugin of OpenSearch Dashboards has a button for guests (2.14 and later). Source:
 * opensearch-project/security-dashboards-plugin server/index.ts (`exposeToBrowser: auth`), public/apps/login/login-page.tsx.
 */
export const anonymousButton = /(?:&quot;|&#34;|")anonymous_auth_enabled(?:&quot;|&#34;|")\s*:\s*(true|false)/;

/** Marks deep in a dashboard's page: they are looked for in all that was read of it, the others at its beginning. */
export const deepMarks: readonly RegExp[] = [injectedVersion, anonymousButton];

/** What a page wants of its visitor, which comes after styles and scripts. */
export const visitorMarks: readonly RegExp[] = [passwordField, ...portalPages];

/**
 * All that readings look for in the text of a page, besides its title. A page is kept as these and nothing else: what a site
 * shows to people does not concern us, and pages contain passwords in more spellings than anyone can list.
 */
export const pageMarks: readonly RegExp[] = [
  rootRedirect,
  notReady,
  kibana3Settings,
  kibana3Cluster,
  wantsTls,
  wantsCertificate,
  cdnWords,
  challengeWords,
  proxyWords,
  proxySignIn,
  trafficFilter,
  ...genericPages,
  ...loginPages,
  ...portalPages,
  ...otherProducts.flatMap(({ signs }) => signs.flatMap(({ text }) => text ?? [])),
];
