// How products are recognised that are not judged in full.
/** Signs of a product, all of which must hold on one answer. */
export interface Signs {
  /** Response header (lower case) and what its value must match. */
  readonly header?: { readonly name: string; readonly value: RegExp };
  /** The title of an HTML page. */
  readonly title?: RegExp;
  /** The head of a text body, or of a JSON body of a shape that no question hoped for. */
  readonly text?: RegExp;
  /** Top-level keys that a JSON object must all have. */
  readonly keys?: readonly string[];
  /** The status, where it matters. */
  readonly status?: number;
}

/** A product that leftopen does not judge, and how to recognise it by its answers to questions that are put anyway. */
export interface OtherProduct {
  readonly name: string;
  /** True for a page that a web server ships: whatever is served under other paths may be something else. */
  readonly frontPage?: true;
  /** True for a product that answers the questions of a cluster in its own name. */
  readonly imitates?: true;
  /** Any one of these is enough. */
  readonly signs: readonly Signs[];
  readonly source: string;
}

/**
 * Products on the same ports or next to the same data, recognised by what they answer to questions that are put
 * anyway: none of them is asked anything of its own. The first match names the product.
 */
export const otherProducts: readonly OtherProduct[] = [
  {
    name: 'OpenObserve',
    imitates: true,
    signs: [
      { text: /"cluster_uuid"\s*:\s*"h3nGzoJ1R12fZz"/ },
      { title: /^\s*OpenObserve\b/i },
      { text: /^Redirecting to \/web\// },
    ],
    source: 'wire guide E.4 (openobserve src/handler/http/request/organization/es.rs@02460456); title [K]',
  },
  {
    name: 'ZincSearch',
    imitates: true,
    signs: [
      { text: /"name"\s*:\s*"zinc"[\s\S]*"cluster_uuid"\s*:\s*"N\/A"/ },
      { title: /^\s*Zinc ?Search\b|^\s*Zinc Observe\b/i },
    ],
    source: 'wire guide E.4 (zincsearch pkg/meta/elastic/elasticsearch.go@247080a2); title [K]',
  },
  {
    name: 'Quickwit',
    imitates: true,
    signs: [{ text: /"distribution"\s*:\s*"quickwit"/i }, { title: /^\s*Quickwit\b/i }],
    source: 'wire guide E.4 [seen]; title [K]',
  },
  {
    name: 'INFINI Easysearch',
    imitates: true,
    signs: [{ text: /"distribution"\s*:\s*"easysearch"|You Know, For Easy Search!/ }],
    source: 'wire guide A.2 [seen]',
  },
  {
    name: 'Manticore Search',
    imitates: true,
    signs: [{ title: /^\s*Manticore\b/i }, { text: /"(?:tagline|number|build_flavor)"\s*:\s*"[^"]*Manticore/i }],
    source: 'wire guide E.4 (manticoresearch docs/searching/http_protocol.rst)',
  },
  {
    name: 'CouchDB',
    signs: [{ text: /"couchdb"\s*:\s*"Welcome"/ }, { header: { name: 'server', value: /^CouchDB\//i } }],
    source: 'wire guide E.4 [seen]',
  },
  {
    name: 'Apache Solr',
    signs: [
      { title: /^\s*Solr Admin\b/i },
      { text: /"responseHeader"\s*:\s*\{/ },
      { header: { name: 'location', value: /^(?:https?:\/\/[^/]+)?\/solr\/?(?:[?#]|$)/ } },
      { header: { name: 'server', value: /^Jetty/i }, text: /href="\/solr\/?"/ },
      { header: { name: 'server', value: /^Jetty/i }, text: /^(?=[^]*"url"\s*:\s*")(?=[^]*"status"\s*:\s*"?\d{3}\b)/ },
    ],
    source:
      'wire guide R.5 (8.11.2: the status of its errors is a text); a real 4.10.4 (Jetty lists what it serves); solr/server/etc/jetty.xml@1bb87e0c (`/` leads to `/solr/`)',
  },
  {
    name: 'Zipkin',
    signs: [
      { header: { name: 'server', value: /^Armeria\// }, status: 302 },
      { header: { name: 'location', value: /^\/zipkin\/?(?:[?#]|$)/ } },
      { text: /"zipkin"\s*:\s*\{\s*"version"/ },
      { title: /^\s*Zipkin\b/i },
    ],
    source: 'wire guide R.5 (3.6.1)',
  },
  {
    name: 'Jaeger',
    // not by its `traceresponse` header: that is W3C Trace Context, and any server may come to send it
    signs: [{ title: /^\s*Jaeger UI\b/i }, { keys: ['status', 'upSince', 'uptime'] }],
    source: 'wire guide R.5 (1.76.0)',
  },
  {
    name: 'Prometheus',
    signs: [
      { title: /^\s*Prometheus Time Series Collection\b/i },
      { header: { name: 'location', value: /^\/(?:(?:classic\/)?graph|query)(?:[?#]|$)/ } },
    ],
    source:
      "wire guide R.5 (2.42); recorded (Debian's 2.42.0 sends callers to /classic/graph); prometheus web/web.go [K]",
  },
  {
    name: 'Grafana',
    signs: [
      { title: /^\s*Grafana\b/i },
      { header: { name: 'set-cookie', value: /(?:^|, )redirect_to=/ }, status: 302 },
      { keys: ['message', 'messageId', 'statusCode', 'traceID'] },
    ],
    source: 'wire guide F; cookie and error body of its sign-in redirect [K]',
  },
  {
    name: 'Graylog',
    signs: [{ text: /Manage your logs in the dark/ }, { title: /^\s*Graylog\b/i }],
    source: 'wire guide F (HelloWorldResource)',
  },
  {
    name: 'Cerebro',
    signs: [{ title: /^\s*Cerebro\b/i }],
    source: 'wire guide F [K]',
  },
  {
    name: 'elasticvue',
    signs: [{ title: /^\s*elasticvue\b/i }],
    source: 'wire guide R.5 (1.11.0)',
  },
  {
    name: 'ElasticHQ',
    signs: [
      { title: /^\s*Elastic\s?Search\s*-\s*HQ\b/i },
      { header: { name: 'x-hq-response-time', value: /./ } },
      { text: /"tagline"\s*:\s*"You know, for Elasticsearch"/ },
    ],
    source: 'wire guide R.5 (3.5.12)',
  },
  {
    name: 'elasticsearch-head',
    signs: [{ title: /^\s*elasticsearch-head\b/i }],
    source: 'wire guide F, R.4',
  },
  {
    name: 'dejavu',
    signs: [{ title: /^\s*dejavu\b/i }],
    source: 'wire guide F',
  },
  {
    name: 'Logstash',
    signs: [{ keys: ['ephemeral_id', 'host', 'http_address', 'version'] }],
    source: 'wire guide F [seen]',
  },
  {
    name: 'a Beat',
    signs: [{ keys: ['beat', 'hostname', 'uuid', 'version'] }],
    source: 'wire guide F (metricbeat 7.4 http endpoint)',
  },
  {
    name: 'APM Server',
    signs: [{ keys: ['build_date', 'build_sha', 'version'] }, { text: /"ok"\s*:\s*\{\s*"build_date"/ }],
    source: 'wire guide F (APM Server 6.8, 7.x, 8.0 server information)',
  },
  {
    name: 'Fleet Server',
    signs: [{ text: /"name"\s*:\s*"fleet-server"/ }],
    source: 'wire guide F [seen]',
  },
  {
    name: 'Dgraph',
    signs: [{ text: /Dgraph browser is available|"instance"\s*:\s*"alpha"/ }],
    source: 'wire guide E.4; the browser line [K]',
  },
  {
    name: 'nginx (its default page)',
    frontPage: true,
    signs: [{ title: /^\s*Welcome to nginx/i }],
    source: 'the page that nginx ships [K]',
  },
  {
    name: 'Apache httpd (its default page)',
    frontPage: true,
    signs: [{ title: /^\s*Apache2? .*Default Page/i }, { text: /^<html>\s*<body>\s*<h1>It works!<\/h1>/i }],
    source: 'the page that Apache httpd and its packages ship [K]',
  },
  {
    name: 'Microsoft IIS (its default page)',
    frontPage: true,
    signs: [{ title: /^\s*IIS Windows(?: Server)?\s*$|^\s*IIS7\s*$/i }],
    source: 'the page that IIS ships [K]',
  },
  {
    name: 'Apache Tomcat',
    frontPage: true,
    signs: [{ title: /^\s*Apache Tomcat\b/i }],
    source: 'the page that Tomcat ships [K]',
  },
  {
    name: 'Jenkins',
    signs: [{ header: { name: 'x-jenkins', value: /./ } }, { title: /\[Jenkins\]|^\s*Sign in - Jenkins/i }],
    source: 'titles of its pages [K]',
  },
  {
    name: 'GitLab',
    signs: [{ title: /·\s*GitLab\s*$/i }],
    source: 'titles of its pages [K]',
  },
  {
    name: 'RabbitMQ management',
    signs: [{ title: /^\s*RabbitMQ Management/i }],
    source: 'the title of its page [K]',
  },
  {
    name: 'MinIO',
    signs: [{ header: { name: 'server', value: /^MinIO/i } }, { title: /^\s*MinIO (?:Console|Browser)/i }],
    source: 'its Server header [K]',
  },
  {
    name: 'SonarQube',
    signs: [{ title: /^\s*SonarQube\b/i }],
    source: 'the title of its page [K]',
  },
];

/**
 * Titles and texts of pages that say nothing about what is behind: errors, maintenance, filters, content delivery networks. Such
 * an answer proves neither our product nor another. The words are those of the languages of the EU, and the larger ones besides.
 */
export const genericPages: readonly RegExp[] = [
  /\b(?:4\d\d|5\d\d)\b.{0,40}\b(?:error|bad gateway|unavailable|time-?out|forbidden|not found|unauthorized|authorization required|bad request)\b/i,
  /^\s*(?:error|bad gateway|service unavailable|gateway time-?out|forbidden|access denied|not found|unauthorized|bad request)\b/i,
  /\b(?:page|site|url|resource|content) (?:was |could )?not (?:be )?(?:found|available|allowed)\b|\b(?:something|that) went wrong\b/i,
  /\b(?:maintenance|wartung\w*|mantenimiento|manutenzione|manutenção|onderhoud|temporarily unavailable|be (?:right )?back(?: soon)?|under construction|coming soon|down for)\b/i,
  /(?<!\p{L})(?:en travaux|indisponible|momentanément|page introuvable|accès refusé|nicht (?:verfügbar|erreichbar|gefunden)|zugriff verweigert|no disponible|no encontrada|acceso denegado|non disponibile|non trovata|accesso negato|indisponível|não encontrada|acesso negado|niet (?:beschikbaar|bereikbaar|gevonden)|toegang geweigerd)/iu,
  /(?<!\p{L})(?:konserwacj|prace (?:serwisowe|techniczne)|przerwa techniczna|niedostępn|nie znaleziono|odmowa dostępu|údržb|nedostupn|nenalezen|karbantart|nem (?:elérhető|található)|mentenanț|indisponibil|underhåll|otillgänglig|vedlikehold|vedligeholdelse|utilgjengelig|huolto|ei (?:löydy|saatavilla)|bakım|bulunamadı|bảo trì|pemeliharaan|perbaikan|penyelenggaraan)/iu,
  /(?<!\p{L})(?:úprav|održavanj|vzdrževanj|hooldus|priežiūr|apkope)/iu,
  /техническ\p{L}+ работ|техобслуживан|профилактик|недоступ|не найден|доступ запрещ|технічн\p{L}+ робот|обслуговуванн|поддръжк|συντήρηση|δεν βρέθηκε|صيانة|تعمیر|תחזוקה|रखरखाव|ปิดปรับปรุง|บำรุงรักษา/iu,
  /维护|維護|升级中|建设中|建設中|暂停服务|找不到|拒绝访问|メンテナンス|工事中|見つかりません|ご利用いただけません|점검|유지보수|찾을 수 없|준비 중/u,
  /\b(?:blocked|request(?:ed url was)? rejected|not acceptable|web application firewall|support id|incident id|usage policy|web filter|content filter|gesperrt|bloqué|bloquead[oa]|bloccat[oa])|заблокирован|拦截|阻断|封锁|차단/iu,
  /attention required|just a moment|checking your browser|ddos protection|cloudflare|akamai|incapsula|request could not be satisfied/i,
];

/** A field for a password, wherever it is in a page. */
export const passwordField = /\btype\s*=\s*["']?password\b/i;

/** Pages that ask for a login on behalf of whatever is behind. */
export const loginPages: readonly RegExp[] = [
  /\b(?:sign[ -]?in|log[ -]?in|log on|log ?on|single sign-on|authenticat\w*|anmelden|anmeldung|connexion|se connecter|iniciar sesi(?:o|ó|&oacute;)n|acceso|accedi|inloggen|entrar)\b/i,
  /(?<!\p{L})(?:zaloguj|logowani|přihlá|prihlás|bejelentkez|autentificar|conectare|logga in|inloggning|logg inn|log ind|pålogging|kirjaudu|giriş|oturum aç|prijav|logi sisse|prisijung|đăng nhập)/iu,
  /(?<!\p{L})(?:войти|вход|авториза|увійти|вхід|σύνδεση|είσοδος)|تسجيل الدخول|ورود|התחבר|כניסה|लॉग इन|เข้าสู่ระบบ/iu,
  /登录|登錄|登陆|登入|ログイン|サインイン|로그인/iu,
  passwordField,
  // what they ask for, where no other word says that they are logins
  /\b(?:passwords?|passcode|passphrase|user ?names?|credentials|benutzername|passwort|kennwort|melden sie sich an|mot de passe|identifiez|nombre de usuario|clave de acceso|senha|palavra-passe|nome utente|area riservata|gebruikersnaam|wachtwoord)\b/i,
  /(?<!\p{L})(?:s['’]identifier|contraseña|identif[ií](?:quese|cate)|hasło|nazwa użytkownika|heslo|uživatelské jméno|jelszó|felhasználónév|parol[aăe]|utilizator|lösenord|användarnamn|passord|brukernavn|adgangskode|brugernavn|salasana|käyttäjätunnus|şifre|kullanıcı adı|lozink|korisničko ime|geslo|uporabniško ime|parool|kasutajanimi|slaptažod|lietotājvārd|mật khẩu|kata sandi|kata laluan)/iu,
  /(?<!\p{L})(?:парол|логин|логін|κωδικός πρόσβασης|συνθηματικό|όνομα χρήστη)|كلمة (?:المرور|السر)|اسم المستخدم|رمز عبور|نام کاربری|סיסמ|שם משתמש|पासवर्ड|कूटशब्द|รหัสผ่าน|ชื่อผู้ใช้/iu,
  /密码|密碼|口令|用户名|用戶名|パスワード|ユーザー名|비밀번호|암호를/u,
];

/**
 * What a page holds that wants something of its visitor before it lets them on, or sends them on: it is not content where every
 * path gives it.
 */
export const portalPages: readonly RegExp[] = [
  /<form\b/i,
  /<meta[^>]{0,100}http-equiv\s*=\s*["']?refresh/i,
  // by a script
  /\blocation(?:\.href)?\s*=(?!=)|\blocation\.(?:assign|replace)\s*\(/,
];

/**
 * Titles of identity providers, of gateways for remote access and of filters, whose pages show their login by a script, and
 * titles that name nothing.
 */
export const gatewayTitles =
  /\b(?:keycloak|authentik|authelia|zitadel|casdoor|logto|fusionauth|gluu|okta|auth0|onelogin|ping ?(?:federate|identity|one|access)|forgerock|openam|shibboleth|simplesamlphp|adfs|oauth2?|sso|identity provider|pomerium|teleport|tailscale|boundary|zscaler|netskope|cloudflare access|citrix|netscaler|big-?ip|globalprotect|forti\w+|sonicwall|sophos|pulse secure|ivanti|anyconnect|duo security|gatekeeper|guacamole|jumpserver|cyberark|beyondtrust|umbrella|captive|hotspot|guest wi-?fi|wi-?fi|vpn|gateway|firewall|redirecting|loading|please wait)\b|^(?:welcome|portal|home|index|document|untitled|page|site|app|test)\W*$/i;

/** Words of our own products in the title of a page: whatever shows it is not plainly none of ours. */
export const ownTitles = /\b(?:kibana|elastic|elasticsearch|opensearch|open ?distro)\b/i;
