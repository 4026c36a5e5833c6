// Pages that clearly belong to a site, and pages that say nothing or want something first and may be in front of anything.
import t from 'tap';
import { serve, surveyed, type Reply } from '../support/survey.js';

const nothing: Readonly<Record<string, Reply>> = {
  'an empty 200': { status: 200, body: '' },
  'an empty 200 that is called HTML': { status: 200, headers: { 'content-type': 'text/html' }, body: '' },
  'white space': { status: 200, body: ' \n\t ' },
  'an empty 204': { status: 204 },
  'an empty object': { status: 200, body: {} },
  'an empty object with spaces': { status: 200, body: '{ }\n' },
  'an empty list': { status: 200, body: [] },
  null: { status: 200, body: 'null' },
  'an envelope of a gateway': { status: 200, body: { message: 'ok', status: 'success' } },
  'an object of another kind': { status: 200, body: { a: 1 } },
};

for (const [name, reply] of Object.entries(nothing)) {
  t.test(`${name} on every path is undetermined`, (t) => {
    for (const port of [9200, 5601, 8080]) {
      const { access } = surveyed(serve({}, reply), { endpoint: { port } });
      t.equal(access.state, 'undetermined', `port ${port}`);
      t.ok(access.reason, 'and says why');
    }
    t.end();
  });
}

const page = (title: string, body = '<div id="root"></div><script src="/app.js"></script>', status = 200): Reply => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: `<!doctype html><html><head><meta charset="utf-8"><title>${title}</title></head><body>${body}</body></html>`,
});

for (const title of [
  'Acme Parcels',
  'Warenwirtschaft',
  'Inventaire 2.0',
  '库存管理',
  'Tracker | Acme',
  'Учёт товаров',
]) {
  t.test(`one page with a title of its own on every path is a web site: ${title}`, (t) => {
    for (const unknown of [page(title), page(title, undefined, 404)])
      t.match(surveyed(serve({ '/': page(title) }, unknown)), {
        access: { state: 'other-product' },
        identity: { otherProduct: 'a web site' },
      });
    t.end();
  });
}

const styles = `<style>${'.a{color:red}'.repeat(300)}</style>`;

const mayStandBeforeAnything: Record<string, Reply> = {
  'no title': page(''),
  'a title that names nothing': page('Welcome'),
  'a page of an identity provider, by script': page('Keycloak Gatekeeper'),
  'a page of a gateway for remote access': page('Zscaler Private Access'),
  'a page of a web filter': page('Web Page Blocked', '<p>in violation of your Internet usage policy</p>'),
  'a rejection by a web application firewall': page('Request Rejected', '<p>Your support ID is: 1234</p>'),
  'a rejection in Chinese': page('405', '<p>您的访问被阻断</p>'),
  'a form that is sent': page('Acme Events', '<form action="/go" method="post"><input name="email"></form>'),
  'a password, in any language': page('Acme', '<form><input name="x" type="password"></form>'),
  'a password below long styles': page('Kundenportal', `${styles}<form><input name="x" type="password"></form>`),
  'a form that is sent, below long styles': page('Kundenportal', `${styles}<form method="post"><input></form>`),
  'a form without a method': page('Acme Events', '<form action="/enter"><input name="pin"></form>'),
  'a page that leads elsewhere by a script': page('Acme', '<script>window.location.href = "/start"</script>'),
  'a page that leads elsewhere by a call': page('Acme', '<script>location.replace("/start")</script>'),
  'a text that denies': { status: 200, headers: { 'content-type': 'text/plain' }, body: 'This requires a token' },
  'a text that requests a login': { status: 200, headers: { 'content-type': 'text/plain' }, body: 'Bitte anmelden' },
  'a page that leads elsewhere': page('Acme', '<meta http-equiv="refresh" content="0; url=/x">'),
  'a page that leads elsewhere by its header': {
    status: 200,
    headers: { refresh: '0; url=/x', 'content-type': 'text/html' },
    body: '<!doctype html><title>Acme</title>',
  },
  'a title of our own products': page('Elastic'),
  'an error, everywhere': page('Acme – not found', '', 404),
};

for (const title of [
  ...['Down for maintenance', 'Wartungsarbeiten', 'Site en travaux', 'Manutenzione in corso', 'Przerwa techniczna'],
  ...[
    'Údržba systému',
    'Технические работы',
    'Технічні роботи',
    '系统维护中',
    'メンテナンス中',
    '시스템 점검 안내',
    'Bakım çalışması',
  ],
  ...[
    'Sign in',
    'Anmeldung',
    'Connexion',
    'Iniciar sesión',
    'Zaloguj się',
    'Přihlášení',
    'Logga in',
    'Kirjaudu sisään',
  ],
  ...['用户登录', 'ログイン', '로그인', 'Вход в систему', 'Oturum aç', 'تسجيل الدخول', 'Đăng nhập'],
  ...['404 Not Found', 'Page introuvable', 'Seite nicht gefunden', 'Access denied', 'Zugriff verweigert'],
])
  Object.assign(mayStandBeforeAnything, { [`"${title}"`]: page(title) });

for (const words of [
  'Enter your username and passcode',
  'Bitte melden Sie sich an',
  'Identifiez-vous',
  'Nombre de usuario y contraseña',
  'Usuário e senha',
  'Nome utente e parola',
  'Gebruikersnaam en wachtwoord',
  'Nazwa użytkownika i hasło',
  'Felhasználónév és jelszó',
  'Kullanıcı adı ve şifre',
  'Введите логин и пароль',
  'اسم المستخدم وكلمة المرور',
  '请输入用户名和密码',
  'パスワードを入力してください',
  '비밀번호를 입력하세요',
])
  Object.assign(mayStandBeforeAnything, { [`"${words}"`]: page('Acme', `<p>${words}</p><div id="app"></div>`) });

for (const [name, reply] of Object.entries(mayStandBeforeAnything)) {
  t.test(`one page on every path is undetermined where it may be in front of anything: ${name}`, (t) => {
    for (const port of [9200, 5601])
      t.equal(surveyed(serve({}, reply), { endpoint: { port } }).access.state, 'undetermined');
    t.end();
  });
}

t.test('a server with a page of its own and 404 for the rest is a site', (t) => {
  const missing = {
    status: 404,
    headers: { 'content-type': 'text/html' },
    body: '<html><title>404 Not Found</title></html>',
  };
  t.equal(surveyed(serve({ '/': page('Acme') }, missing)).access.state, 'other-product');
  t.end();
});
