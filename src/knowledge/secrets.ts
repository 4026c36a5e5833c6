// The formats of credentials, and the names under which people keep them, as data: what redaction looks for in every text of a
// target.

/** A credential that its own shape gives away. */
export interface SecretFormat {
  readonly id: string;
  /**
   * A regular expression for the credential, without anchors: its fixed beginning, then the characters that may follow. The least
   * length is shorter than what is issued, so that one that was cut is found too.
   */
  readonly pattern: string;
  /** Where the shape is documented. */
  readonly source: string;
}

/** Rule sets of secret scanners that were compared, at the commits read. */
export const ruleSets = {
  gitleaks: 'gitleaks/gitleaks config/gitleaks.toml at b58d3f1 (July 2026)',
  detectSecrets: 'Yelp/detect-secrets detect_secrets/plugins',
  trufflehog: 'trufflesecurity/trufflehog pkg/detectors at 3ab759f (August 2026)',
} as const;

const { gitleaks, detectSecrets, trufflehog } = ruleSets;

/** Credentials with a shape of their own, by issuer. */
export const secretFormats: readonly SecretFormat[] = [
  // clouds
  { id: 'aws-access-key-id', pattern: '(?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{12,}', source: gitleaks },
  { id: 'aws-session-token', pattern: '(?:IQoJb3JpZ2lu|FwoGZXIvYXdz)[A-Za-z0-9+/=]{20,}', source: trufflehog },
  { id: 'aws-bedrock', pattern: 'ABSK[A-Za-z0-9+/]{60,}={0,2}', source: gitleaks },
  { id: 'aws-bedrock-short', pattern: 'bedrock-api-key-[A-Za-z0-9+/=]{10,}', source: gitleaks },
  { id: 'google-api-key', pattern: 'AIza[\\w-]{30,}', source: gitleaks },
  { id: 'google-oauth', pattern: 'ya29\\.[\\w.-]{10,}', source: trufflehog },
  { id: 'google-oauth-refresh', pattern: '1//0[\\w-]{30,}', source: 'Google Identity: refresh tokens begin with 1//' },
  { id: 'google-oauth-client', pattern: 'GOCSPX-[\\w-]{20,}', source: 'Google Identity: client secrets' },
  { id: 'azure-ad-client-secret', pattern: '[\\w~.]{3}\\dQ~[\\w~.-]{28,}', source: gitleaks },
  { id: 'azure-entra-refresh', pattern: '[01]\\.A[\\w-]{50,}\\.(?:\\d\\.)?Ag[\\w-]{50,}', source: trufflehog },
  { id: 'azure-container-registry', pattern: '[A-Za-z0-9+/]{42}\\+ACR[A-Za-z0-9]{6}', source: trufflehog },
  { id: 'azure-storage-key', pattern: '[A-Za-z0-9+/]{86}==', source: detectSecrets },
  {
    id: 'azure-identifiable',
    pattern: '[A-Za-z0-9+/]{33,}(?:AzSe|AzFu|ACDb|AIoT|APIM|\\+AS[tb]|\\+AEh|\\+ABa)[A-Za-z0-9]{5,}={0,2}',
    source: 'microsoft/security-utilities: keys that carry a signature',
  },
  {
    id: 'azure-devops',
    pattern: '[A-Za-z0-9]{50,}AZDO[A-Za-z0-9]{4,}',
    source: 'Microsoft Learn: Azure DevOps tokens',
  },
  { id: 'alibaba-access-key', pattern: 'LTAI[A-Za-z0-9]{12,}', source: gitleaks },
  { id: 'digitalocean', pattern: 'do[opr]_v1_[a-f0-9]{32,}', source: gitleaks },
  { id: 'heroku', pattern: 'HRKU-[\\w-]{30,}', source: gitleaks },
  { id: 'flyio', pattern: 'fo1_[\\w-]{30,}|fm[12][ar]?_[A-Za-z0-9+/=]{50,}', source: gitleaks },
  { id: 'scalingo', pattern: 'tk-us-[\\w-]{30,}', source: gitleaks },
  { id: 'tailscale', pattern: 'tskey-[a-z]+-\\w{6,}(?:-\\w+)?', source: trufflehog },
  { id: 'cloudflare', pattern: 'cf(?:[ua]t|k)_[A-Za-z0-9]{30,}', source: 'developers.cloudflare.com: token formats' },
  { id: 'cloudflare-origin-ca', pattern: 'v1\\.0-[a-f0-9]{20,}-[a-f0-9]{40,}', source: gitleaks },
  { id: 'hetzner-cloud', pattern: 'hcloud_[A-Za-z0-9]{30,}', source: 'Hetzner Cloud API tokens' },
  {
    id: 'yandex',
    pattern: 'AQVN[\\w-]{30,}|YCAJE[\\w-]{15,}|YC[AMP][\\w-]{35,}|t1\\.[\\w-]+={0,2}\\.[\\w-]{60,}={0,2}',
    source: gitleaks,
  },
  { id: 'openshift', pattern: 'sha256~[\\w-]{30,}', source: gitleaks },
  { id: 'databricks', pattern: 'dapi[a-f0-9]{28,}(?:-\\d)?', source: gitleaks },
  { id: 'planetscale', pattern: 'pscale_(?:tkn|oauth|pw)_[\\w=.-]{24,}', source: gitleaks },
  { id: 'supabase', pattern: 'sb(?:p|_secret)_[A-Za-z0-9_-]{20,}', source: trufflehog },
  { id: 'clickhouse-cloud', pattern: '4b1d[A-Za-z0-9]{38}', source: gitleaks },
  { id: 'elastic-cloud', pattern: 'essu_[A-Za-z0-9+/=_-]{20,}', source: 'Elastic Cloud API keys: the prefix essu_' },
  {
    id: 'elastic-service-token',
    pattern: 'AAEAAW[\\w+/-]{20,}={0,2}',
    source: 'Elasticsearch service account tokens: base64 of a version header',
  },
  { id: 'scaleway', pattern: 'SCW[A-Z0-9]{17}', source: 'scaleway.com/en/docs: access keys begin with SCW' },

  // code and packages
  { id: 'github', pattern: 'gh[pousr]_[A-Za-z0-9]{20,}', source: gitleaks },
  { id: 'github-fine-grained', pattern: 'github_pat_\\w{20,}', source: gitleaks },
  {
    id: 'gitlab',
    pattern: 'gl(?:pat|dt|ft|fct|ffct|imt|agent|oas|ptt|rt|rtr|soat|cbt)-[\\w.-]{15,}',
    source: gitleaks,
  },
  { id: 'gitlab-runner-registration', pattern: 'GR1348941[\\w-]{15,}', source: gitleaks },
  { id: 'bitbucket', pattern: 'ATBB[\\w=.-]{20,}|BBDC-[\\w+/@-]{30,}', source: trufflehog },
  { id: 'atlassian', pattern: 'AT(?:ATT|CTT)3[\\w+/=-]{30,}', source: gitleaks },
  { id: 'npm', pattern: 'npm_[A-Za-z0-9]{30,}', source: gitleaks },
  { id: 'pypi', pattern: 'pypi-[\\w-]{30,}', source: gitleaks },
  { id: 'rubygems', pattern: 'rubygems_[a-f0-9]{32,}', source: gitleaks },
  { id: 'clojars', pattern: 'CLOJARS_[A-Za-z0-9]{40,}', source: gitleaks },
  { id: 'nuget', pattern: 'oy2[a-z0-9]{43}', source: 'NuGet API keys' },
  { id: 'crates-io', pattern: 'cio[A-Za-z0-9]{32}', source: 'crates.io API tokens' },
  { id: 'docker-hub', pattern: 'dckr_[po]at_[\\w-]{20,}', source: trufflehog },
  { id: 'artifactory', pattern: 'AKCp?[A-Za-z0-9]{50,}|cmVmd[A-Za-z0-9]{50,}', source: gitleaks },
  { id: 'sonarqube', pattern: 'sq[upa]_[a-f0-9]{32,}|sqco_[A-Za-z0-9]{40,}', source: gitleaks },
  { id: 'circleci', pattern: 'CCIP(?:AT|RJ)_[A-Za-z0-9]{10,}_[a-fA-F0-9]{30,}', source: trufflehog },
  { id: 'buildkite', pattern: 'bk(?:ua|ct)_[a-z0-9]{30,}', source: trufflehog },
  { id: 'octopus-deploy', pattern: 'API-[A-Z0-9]{25,}', source: gitleaks },
  { id: 'harness', pattern: '[ps]at\\.[\\w-]{20,}\\.[A-Za-z0-9]{20,}\\.[A-Za-z0-9]{15,}', source: gitleaks },
  {
    id: 'sourcegraph',
    pattern: 'sgp_(?:[a-fA-F0-9]{16}_|local_)?[a-fA-F0-9]{30,}|slk_[a-f0-9]{40,}',
    source: gitleaks,
  },
  { id: 'deno', pattern: 'dd[pw]_[A-Za-z0-9]{30,}', source: trufflehog },
  {
    id: 'vercel-netlify',
    pattern: 'nfp_[A-Za-z0-9]{30,}|vcp_[A-Za-z0-9]{20,}',
    source: 'Netlify and Vercel personal access tokens',
  },
  { id: 'postman', pattern: 'PMAK-[a-fA-F0-9]{20,}-[a-fA-F0-9]{20,}', source: gitleaks },
  { id: 'readme', pattern: 'rdme_[a-z0-9]{50,}', source: gitleaks },
  { id: 'figma', pattern: 'fig[dpurh]_[\\w=-]{30,}', source: trufflehog },
  { id: 'clickup', pattern: 'pk_\\d{6,10}_[A-Z0-9]{30,}', source: 'clickup.com/api: personal tokens begin with pk_' },
  { id: 'dingtalk', pattern: 'SEC[a-f0-9]{60,}', source: 'open.dingtalk.com: secrets of custom robots' },
  {
    id: 'asana',
    pattern: '[12]/\\d{12,}(?:/\\d{12,})?:[a-f0-9]{32}',
    source: 'developers.asana.com: personal access tokens',
  },
  { id: 'jenkins', pattern: '11[a-f0-9]{32}', source: 'jenkins.io: API tokens, version 11 and 32 hexadecimal digits' },
  { id: 'e2b', pattern: 'e2b_[a-f0-9]{30,}', source: 'e2b.dev: API keys begin with e2b_' },

  // infrastructure and secrets managers
  { id: 'vault', pattern: 'hv[sbr]\\.[\\w-]{20,}', source: gitleaks },
  { id: 'terraform-cloud', pattern: '[A-Za-z0-9]{14}\\.atlasv1\\.[\\w=-]{40,}', source: gitleaks },
  { id: 'pulumi', pattern: 'pul-[a-f0-9]{32,}', source: gitleaks },
  { id: 'doppler', pattern: 'dp\\.(?:ct|pt|st|sa|scim|audit)\\.[\\w.-]{30,}', source: trufflehog },
  { id: 'onepassword', pattern: 'ops_eyJ[A-Za-z0-9+/]{50,}={0,3}|A3-[A-Z0-9]{6}-[A-Z0-9-]{20,}', source: gitleaks },
  { id: 'age', pattern: 'AGE-SECRET-KEY-1[A-Z0-9]{20,}', source: gitleaks },
  {
    id: 'ansible-vault',
    pattern: '\\$ANSIBLE_VAULT;[\\w.;-]{3,80} [a-f0-9]{20,}(?: [a-f0-9]{2,})*',
    source: 'docs.ansible.com: format of files encrypted with Ansible Vault',
  },
  {
    id: 'infisical',
    pattern: 'st\\.[a-f0-9]{24}\\.[a-f0-9]{32}\\.[a-f0-9]{32}',
    source: 'infisical.com/docs: service tokens',
  },
  { id: 'nats-seed', pattern: 'S[UANOC][A-Z2-7]{56}', source: 'docs.nats.io: seeds of NKeys' },
  { id: 'nostr', pattern: 'nsec1[a-z0-9]{50,}', source: 'NIP-19' },
  { id: 'ntfy', pattern: 'tk_[a-z0-9]{29}', source: 'docs.ntfy.sh: access tokens' },
  { id: 'imagekit', pattern: 'private_[A-Za-z0-9+/]{24,}=', source: 'imagekit.io/docs: private keys' },
  {
    id: 'infura',
    pattern: '[a-z0-9-]{1,40}\\.infura\\.io/(?:ws/)?v3/[a-f0-9]{32}',
    source: 'docs.infura.io: the key is in the path',
  },
  { id: 'infracost', pattern: 'ico-[A-Za-z0-9]{30,}', source: gitleaks },
  { id: 'prefect', pattern: 'pn[ub]_[A-Za-z0-9]{30,}', source: gitleaks },
  { id: 'grafana', pattern: 'gl(?:c|sa)_[\\w+/=]{30,}', source: gitleaks },
  { id: 'honeycomb', pattern: 'hc[aeb]ik_[a-z0-9]{40,}', source: 'docs.honeycomb.io: ingest keys' },
  { id: 'aiven', pattern: 'AVNS_[A-Za-z0-9_-]{15,}', source: 'aiven.io/docs: passwords of services begin with AVNS_' },
  { id: 'neon', pattern: 'napi_[a-z0-9]{40,}', source: 'neon.com/docs: API keys begin with napi_' },
  { id: 'firecrawl', pattern: 'fc-[a-f0-9]{32}', source: 'docs.firecrawl.dev: API keys' },
  { id: 'inngest', pattern: 'signkey-[a-z]{2,10}-[a-f0-9]{32,}', source: 'inngest.com/docs: signing keys' },
  { id: 'dynatrace', pattern: 'dt0[a-z]\\d{2}\\.[A-Za-z0-9]{20,}\\.[A-Za-z0-9]{40,}', source: gitleaks },
  {
    id: 'newrelic',
    pattern: 'NR(?:AK|II|IQ|JS|BR|RA|SP)-[A-Za-z0-9_-]{15,}|[a-f0-9]{30,}(?:(?:FFFF)?NRAL|-NRMA)',
    source: trufflehog,
  },
  { id: 'sentry', pattern: 'sntry[su]_[\\w+/=]{40,}', source: gitleaks },
  { id: 'pganalyze', pattern: 'pgap_[A-Za-z0-9]{20,}', source: 'pganalyze API keys' },
  { id: 'langsmith', pattern: 'lsv2_(?:pt|sk)_[a-f0-9]{20,}_[a-f0-9]{8,}', source: trufflehog },
  {
    id: 'launchdarkly',
    pattern: '(?:api|sdk|mob)-[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}',
    source: trufflehog,
  },
  { id: 'adafruit-io', pattern: 'aio_[A-Za-z0-9]{24,}', source: trufflehog },
  { id: 'apify', pattern: 'apify_api_[A-Za-z0-9-]{30,}', source: trufflehog },
  { id: 'maxmind', pattern: '[A-Za-z0-9]{6}_[A-Za-z0-9]{29}_mmk', source: gitleaks },

  // payments and shops
  { id: 'stripe', pattern: '(?:sk|rk|pk)_(?:live|test|prod)_[A-Za-z0-9-]{10,}', source: gitleaks },
  {
    id: 'stripe-webhook',
    pattern: 'whsec_[A-Za-z0-9+/=]{20,}',
    source: 'Stripe and Svix: signing secrets of webhooks',
  },
  { id: 'stripe-payment-intent', pattern: 'pi_[A-Za-z0-9]{20,}_secret_[A-Za-z0-9]{20,}', source: trufflehog },
  { id: 'square', pattern: 'EAAA[\\w-]{22,}|sq0[a-z]{3}-[\\w-]{20,}', source: gitleaks },
  { id: 'paystack', pattern: 'sk_[a-z]+_[A-Za-z0-9]{30,}|sk_[a-f0-9]{40,}', source: trufflehog },
  { id: 'razorpay', pattern: 'rzp_(?:live|test)_[A-Za-z0-9]{14,}', source: trufflehog },
  {
    id: 'braintree',
    pattern: 'access_token\\$(?:production|sandbox)\\$[a-z0-9]{12,}\\$[a-f0-9]{20,}',
    source: 'Braintree access tokens',
  },
  { id: 'flutterwave', pattern: 'FLW(?:SECK|PUBK)(?:_TEST)?-[A-Za-z0-9]{12,}(?:-X)?', source: gitleaks },
  { id: 'shopify', pattern: 'shp(?:at|ca|pa|ss|tka)_[a-fA-F0-9]{24,}', source: gitleaks },
  { id: 'shippo', pattern: 'shippo_(?:live|test)_[a-fA-F0-9]{30,}', source: gitleaks },
  { id: 'easypost', pattern: 'EZ[AT]K[A-Za-z0-9]{40,}', source: gitleaks },
  { id: 'duffel', pattern: 'duffel_(?:test|live)_[\\w=-]{30,}', source: gitleaks },
  { id: 'lob-gocardless', pattern: '(?:live|test)_(?:pub_)?[a-f0-9]{31,}|live_[\\w-]{40}', source: gitleaks },
  { id: 'plaid', pattern: 'access-(?:sandbox|development|production)-[a-f0-9-]{30,}', source: gitleaks },
  { id: 'pagarme', pattern: 'ak_(?:live|test)_[A-Za-z0-9]{25,}', source: trufflehog },
  { id: 'mollie', pattern: '(?:live|test)_[A-Za-z0-9]{30,}', source: 'Mollie API keys' },
  { id: 'adyen', pattern: 'AQE[a-z]h[A-Za-z0-9+/=^-]{50,}', source: 'Adyen API keys' },

  // people: mail, chat, CRM
  { id: 'slack', pattern: 'xox[a-z](?:\\.xox[a-z])?-[A-Za-z0-9-]{10,}|xapp-\\d-[A-Za-z0-9-]{10,}', source: gitleaks },
  {
    id: 'slack-webhook',
    pattern: 'hooks\\.slack\\.com/(?:services|workflows|triggers)/[A-Za-z0-9+/_-]{8,}',
    source: gitleaks,
  },
  { id: 'slack-invitation', pattern: 'zt-[a-z0-9]{8,}-[\\w~-]{20,}', source: 'slack.com: shared invitations' },
  { id: 'discord-webhook', pattern: 'discord(?:app)?\\.com/api/webhooks/\\d+/[\\w-]{8,}', source: trufflehog },
  {
    id: 'discord-bot',
    pattern: '[MNO][A-Za-z0-9_-]{23,25}\\.[A-Za-z0-9_-]{6}\\.[A-Za-z0-9_-]{27,}',
    source: detectSecrets,
  },
  { id: 'teams-webhook', pattern: '[a-z0-9-]+\\.webhook\\.office\\.com/webhookb2/[\\w@/-]{8,}', source: gitleaks },
  { id: 'zapier-webhook', pattern: 'hooks\\.zapier\\.com/hooks/catch/[A-Za-z0-9/]{8,}', source: trufflehog },
  { id: 'tines-webhook', pattern: '[\\w-]+\\.tines\\.(?:com|io)/webhook/[a-z0-9/]{8,}', source: trufflehog },
  {
    id: 'make-webhook',
    pattern: 'hook\\.[a-z0-9]{2,8}\\.(?:make|integromat)\\.com/[a-z0-9]{16,}',
    source: 'help.make.com: webhooks',
  },
  {
    id: 'ifttt-webhook',
    pattern: 'maker\\.ifttt\\.com/(?:use/|trigger/[\\w/-]{1,80}/key/)[\\w-]{16,}',
    source: 'ifttt.com: webhooks',
  },
  {
    id: 'feishu-webhook',
    pattern: 'open\\.(?:feishu\\.cn|larksuite\\.com)/open-apis/bot/v2/hook/[a-f0-9-]{16,}',
    source: 'open.feishu.cn: custom bots',
  },
  {
    id: 'webhook-path',
    pattern:
      '[\\w-]{1,40}(?::\\d{1,5})?/(?:(?:hooks|webhook(?:-test)?)/[\\w-]{0,40}\\d[\\w-]{5,}|push/[A-Za-z0-9]{8,})',
    source: 'incoming webhooks of Mattermost, Rocket.Chat, n8n and Uptime Kuma: the path is the secret',
  },
  {
    id: 'healthchecks',
    pattern: 'hc-ping\\.com/(?:[a-f0-9]{8}-[a-f0-9-]{20,}|[\\w-]{22})',
    source: 'healthchecks.io/docs: ping URLs',
  },
  { id: 'telegram', pattern: '\\d{8,10}:[A-Za-z0-9_-]{35}', source: detectSecrets },
  { id: 'twilio', pattern: '(?:SK|AC)[a-f0-9]{32}', source: detectSecrets },
  { id: 'sendgrid', pattern: 'SG\\.[\\w-]{16,}\\.[\\w-]{16,}', source: trufflehog },
  { id: 'brevo', pattern: 'x(?:key|smtp)sib-[\\w-]{40,}', source: gitleaks },
  { id: 'mailgun', pattern: '(?:pub)?key-[a-z0-9]{32}|[a-f0-9]{32}-[a-f0-9]{8}-[a-f0-9]{8}', source: gitleaks },
  { id: 'mailchimp', pattern: '[a-f0-9]{32}-us\\d{1,2}', source: detectSecrets },
  { id: 'resend', pattern: 're_[A-Za-z0-9]{8}_[A-Za-z0-9]{20,}', source: 'Resend API keys' },
  { id: 'hubspot', pattern: 'pat-(?:eu|na)\\d-[a-f0-9-]{30,}', source: trufflehog },
  {
    id: 'salesforce',
    pattern: '00[A-Za-z0-9]{13}![\\w.]{60,}|3MVG9[\\w.+/=]{60,}|5AEP861[\\w.=]{60,}',
    source: trufflehog,
  },
  { id: 'airtable', pattern: 'pat[A-Za-z0-9]{14}\\.[a-f0-9]{50,}', source: gitleaks },
  { id: 'notion', pattern: 'ntn_[A-Za-z0-9]{40,}|secret_[A-Za-z0-9]{40,}', source: gitleaks },
  { id: 'linear', pattern: 'lin_(?:api|oauth)_[A-Za-z0-9]{30,}', source: gitleaks },
  { id: 'typeform', pattern: 'tfp_[\\w.=-]{35,}', source: gitleaks },
  { id: 'contentful', pattern: 'CFPAT-[\\w-]{30,}', source: trufflehog },
  { id: 'intra42', pattern: 's-s4t2(?:ud|af)-[a-f0-9]{40,}', source: gitleaks },
  { id: 'frameio', pattern: 'fio-u-[\\w=-]{40,}', source: gitleaks },
  { id: 'facebook', pattern: 'EAA[A-Z][A-Za-z0-9]{80,}|\\d{15,16}(?:\\||%7C)[\\w-]{27,40}', source: gitleaks },
  { id: 'twitter-bearer', pattern: 'A{20,}[A-Za-z0-9%]{60,}', source: gitleaks },
  { id: 'dropbox', pattern: 'sl\\.[A-Za-z0-9_-]{60,}', source: gitleaks },
  { id: 'mapbox', pattern: '[ps]k\\.ey[A-Za-z0-9_-]{20,}\\.[A-Za-z0-9_-]{20,}', source: gitleaks },
  {
    id: 'authress',
    pattern: '(?:sc|ext|scauth|authress)_[A-Za-z0-9]{5,30}\\.[A-Za-z0-9]{4,6}\\.acc[_-][\\w-]{10,}\\.[\\w+/=-]{30,}',
    source: gitleaks,
  },
  { id: 'zoho', pattern: '1000\\.[a-f0-9]{32}\\.[a-f0-9]{32}', source: trufflehog },
  { id: 'posthog', pattern: 'ph[xc]_\\w{40,}', source: trufflehog },

  // models
  { id: 'openai-anthropic-openrouter', pattern: 'sk-[A-Za-z0-9_-]{20,}', source: gitleaks },
  { id: 'huggingface', pattern: '(?:hf|api_org)_[A-Za-z0-9]{30,}', source: gitleaks },
  { id: 'perplexity', pattern: 'pplx-[A-Za-z0-9]{40,}', source: gitleaks },
  { id: 'groq', pattern: 'gsk_[A-Za-z0-9]{40,}', source: trufflehog },
  { id: 'xai', pattern: 'xai-\\w{60,}', source: trufflehog },
  { id: 'replicate', pattern: 'r8_[\\w-]{30,}', source: trufflehog },
  { id: 'nvidia', pattern: 'nvapi-[\\w-]{50,}', source: trufflehog },
  { id: 'cerebras', pattern: 'csk-[a-z0-9]{40,}', source: 'inference-docs.cerebras.ai: API keys begin with csk-' },
  { id: 'jina', pattern: 'jina_[A-Za-z0-9_-]{40,}', source: 'jina.ai: API keys begin with jina_' },
  { id: 'pinecone', pattern: 'pcsk_[A-Za-z0-9]{4,8}_[A-Za-z0-9]{50,}', source: trufflehog },

  // of no one issuer
  {
    id: 'jwt',
    pattern: '(?:eyJ|ewogIC|ewoid)[\\w-]{5,}={0,2}\\.[\\w-]*={0,2}(?:\\.[\\w-]*)*',
    source: 'RFC 7519; gitleaks',
  },
  { id: 'jwt-in-base64', pattern: 'ZXlK[A-Za-z0-9+/_-]{30,}={0,2}', source: gitleaks },
  { id: 'json-in-base64', pattern: 'eyJ[A-Za-z0-9+/_-]{30,}={0,3}', source: gitleaks },
  {
    id: 'iron',
    pattern: 'Fe26\\.2\\*[^\\s;,"\']{10,}',
    source: '@hapi/iron: sealed sessions of Kibana and OpenSearch Dashboards',
  },
  { id: 'paseto', pattern: 'v[1-4]\\.(?:local|public)\\.[\\w-]{20,}(?:\\.[\\w-]+)?', source: 'PASETO' },
  {
    id: 'crypt-hash',
    pattern: '\\$(?:2[abxy]?|1|5|6|7|y|gy|apr1|argon2(?:id|i|d)|scrypt|pbkdf2(?:-\\w+)?)\\$[\\w./$,=+-]{8,}',
    source: 'crypt(5), passlib',
  },
  {
    id: 'ldap-hash',
    pattern: '\\{(?:S?SHA(?:256|384|512)?|S?MD5|CRYPT|PBKDF2(?:_\\w+)?|ARGON2)\\}[\\w+/=$.]{12,}',
    source: 'RFC 2307, OpenLDAP',
  },
  { id: 'mysql-hash', pattern: '\\*[0-9A-F]{40}', source: 'MySQL mysql_native_password' },
  { id: 'scram', pattern: 'SCRAM-SHA-(?:1|256)\\$\\d+:[\\w+/=:$]{20,}', source: 'RFC 5803, PostgreSQL' },
  {
    id: 'werkzeug-hash',
    pattern: '(?:scrypt|pbkdf2):[\\w:]{3,30}\\$[\\w./+-]{4,64}\\$[a-f0-9]{32,}',
    source: 'werkzeug.palletsprojects.com: generate_password_hash',
  },
  {
    id: 'kerberos-hash',
    pattern: '\\$krb5(?:tgs|asrep|pa)\\$[^\\s"\',\\[\\]]{16,}',
    source: 'hashcat.net: example hashes 7500, 13100, 18200',
  },
  {
    id: 'windows-hash',
    pattern: '\\d{1,10}:[a-fA-F0-9]{32}:[a-fA-F0-9]{32}:::|[a-fA-F0-9]{16}:[a-fA-F0-9]{32}:[a-fA-F0-9]{16,}',
    source: 'hashcat.net: example hashes 1000 (pwdump) and 5600 (NetNTLMv2)',
  },
  {
    id: 'kerberos-ntlm',
    pattern: '(?:TlRMTVNTUA|YII)[A-Za-z0-9+/]{20,}={0,2}',
    source: 'base64 of NTLMSSP and of a SPNEGO token',
  },
];

/** Names in one language. */
export interface SecretWords {
  readonly language: string;
  /**
   * What a login, a setting or a person calls a password or another secret; spaces stand for space, hyphen, underscore or
   * nothing.
   */
  readonly words: readonly string[];
}

/** Names that programs give to secrets, in settings, headers, URLs and JSON; written as in {@link SecretWords}. */
export const secretSettings: readonly string[] = [
  ...['client secret', 'shared secret', 'secret key', 'secret access key', 'app secret', 'webhook secret'],
  ...['token', 'access token', 'refresh token', 'id token', 'auth token', 'session token', 'jwt', 'bearer'],
  ...['api key', 'x api key', 'access key', 'access key id', 'account key', 'shared access key', 'subscription key'],
  ...['private key', 'encryption key', 'signing key', 'master key', 'storage key', 'auth key', 'service key'],
  ...['db key', 'database key', 'deploy key', 'license key', 'recovery key', 'ssh key', 'shared access signature'],
  ...['credential', 'credentials', 'creds', 'authorization', 'proxy authorization', 'set cookie', 'cookie'],
  ...['session id', 'session key', 'sid', 'csrf', 'xsrf', 'signature', 'sig', 'hmac', 'sas', 'one time code'],
  ...['application key', 'app key', 'consumer key', 'instrumentation key', 'integration key', 'unseal key'],
  ...['write key', 'insert key', 'ingest key', 'root pw', 'sessid', 'community string'],
  ...['cloud.id', 'cloud id', 'connection string', 'conn string', 'dsn', 'webhook', 'webhook url'],
];

/** Parameters of a URL that carry secrets under names that mean nothing elsewhere. */
export const secretParameters: readonly string[] = [
  'key',
  'code',
  'auth',
  'sign',
  'hash',
  'ticket',
  'assertion',
  'state',
];

/** Words for passwords and access data by language, as login forms and administrators write them. */
export const secretNames: readonly SecretWords[] = [
  {
    language: 'English',
    words: [
      ...[
        'password',
        'passwd',
        'passphrase',
        'pass phrase',
        'passcode',
        'pass',
        'pwd',
        'psw',
        'bindpw',
        'secret',
        'passkey',
      ],
      ...['pin', 'pin code', 'otp', 'totp', 'mfa code', 'verification code', 'security code', 'cvv', 'cvc'],
      ...['seed phrase', 'mnemonic', 'recovery code', 'backup code', 'login code', 'access code'],
    ],
  },
  {
    language: 'German',
    words: [
      'passwort',
      'kennwort',
      'zugangsdaten',
      'zugangscode',
      'zugangsschlüssel',
      'zugangsschluessel',
      'anmeldedaten',
      'geheimnis',
      'geheimcode',
      'geheimzahl',
      'losungswort',
    ],
  },
  {
    language: 'French',
    words: [
      'mot de passe',
      'mdp',
      'phrase de passe',
      'code secret',
      "code d'accès",
      "clé d'accès",
      'clé secrète',
      'clé privée',
      'jeton',
      'identifiants',
    ],
  },
  {
    language: 'Spanish',
    words: [
      'contraseña',
      'clave',
      'clave secreta',
      'clave de acceso',
      'palabra clave',
      'código secreto',
      'credenciales',
    ],
  },
  { language: 'Catalan, Galician, Basque', words: ['contrasenya', 'contrasinal', 'pasahitza'] },
  {
    language: 'Portuguese',
    words: ['senha', 'palavra passe', 'palavra chave', 'chave de acesso', 'chave secreta', 'credenciais'],
  },
  {
    language: 'Italian',
    words: ["parola d'ordine", 'parola chiave', 'chiave segreta', 'chiave di accesso', 'codice segreto', 'credenziali'],
  },
  { language: 'Dutch', words: ['wachtwoord', 'wachtzin', 'toegangscode', 'toegangssleutel', 'inloggegevens'] },
  { language: 'Polish', words: ['hasło', 'haslo', 'hasła', 'tajny klucz', 'klucz dostępu', 'kod dostępu'] },
  {
    language: 'Czech and Slovak',
    words: ['heslo', 'hesla', 'přístupový klíč', 'prístupový kľúč', 'tajný klíč', 'tajný kľúč'],
  },
  { language: 'Hungarian', words: ['jelszó', 'jelszava', 'jelmondat', 'titkos kulcs', 'hozzáférési kód'] },
  { language: 'Romanian', words: ['parolă', 'parola', 'parola de acces', 'cheie secretă', 'cod de acces'] },
  { language: 'Bulgarian', words: ['парола', 'паролата', 'таен ключ', 'код за достъп'] },
  {
    language: 'Croatian, Serbian, Bosnian',
    words: ['zaporka', 'lozinka', 'лозинка', 'šifra', 'шифра', 'tajni ključ', 'тајни кључ', 'pristupni kod'],
  },
  { language: 'Macedonian', words: ['лозинка', 'таен клуч'] },
  { language: 'Slovene', words: ['geslo', 'skrivni ključ', 'dostopna koda'] },
  { language: 'Albanian', words: ['fjalëkalim', 'fjalëkalimi', 'fjalëkalimin'] },
  { language: 'Greek', words: ['κωδικός', 'κωδικός πρόσβασης', 'κωδικοσ', 'συνθηματικό', 'μυστικό κλειδί'] },
  { language: 'Danish', words: ['adgangskode', 'kodeord', 'adgangsnøgle', 'hemmelig nøgle'] },
  { language: 'Swedish', words: ['lösenord', 'lösenfras', 'lösenkod', 'åtkomstkod', 'hemlig nyckel'] },
  { language: 'Norwegian', words: ['passord', 'passfrase', 'tilgangskode', 'hemmelig nøkkel'] },
  { language: 'Finnish', words: ['salasana', 'tunnussana', 'pääsykoodi', 'salainen avain'] },
  { language: 'Icelandic and Faroese', words: ['lykilorð', 'aðgangsorð', 'loyniorð'] },
  { language: 'Estonian', words: ['parool', 'salasõna', 'salajane võti', 'pääsukood'] },
  { language: 'Latvian', words: ['parole', 'paroli', 'piekļuves kods', 'slepenā atslēga'] },
  { language: 'Lithuanian', words: ['slaptažodis', 'slaptažodį', 'slaptažodžio', 'slaptas raktas', 'prieigos kodas'] },
  { language: 'Maltese', words: ['kelma sigrieta', 'kelma tal aċċess', 'kodiċi sigriet'] },
  { language: 'Irish', words: ['pasfhocal', 'focal faire'] },
  { language: 'Welsh', words: ['cyfrinair'] },
  { language: 'Luxembourgish', words: ['passwuert', 'passwuerd'] },
  {
    language: 'Russian',
    words: [
      'пароль',
      'пароля',
      'кодовое слово',
      'секретный ключ',
      'ключ доступа',
      'код доступа',
      'пин код',
      'токен',
      'секрет',
    ],
  },
  {
    language: 'Ukrainian and Belarusian',
    words: ['пароль', 'гасло', 'секретний ключ', 'ключ доступу', 'код доступу', 'сакрэтны ключ'],
  },
  {
    language: 'Turkish',
    words: ['şifre', 'şİfre', 'sifre', 'şifresi', 'parola', 'parolası', 'gizli anahtar', 'erişim anahtarı'],
  },
  {
    language: 'Azerbaijani, Kazakh, Uzbek',
    words: ['şifrə', 'şİfrə', 'parol', 'құпия сөз', 'құпиясөз', 'maxfiy soʻz'],
  },
  { language: 'Hindi, Marathi, Nepali', words: ['पासवर्ड', 'कूटशब्द', 'गुप्त कोड', 'गुप्त शब्द', 'पिन', 'सङ्केतशब्द'] },
  { language: 'Bengali, Punjabi, Gujarati', words: ['পাসওয়ার্ড', 'ਪਾਸਵਰਡ', 'પાસવર્ડ'] },
  {
    language: 'Tamil, Telugu, Kannada, Malayalam, Sinhala',
    words: ['கடவுச்சொல்', 'పాస్‌వర్డ్', 'పాస్వర్డ్', 'ಪಾಸ್‌ವರ್ಡ್', 'പാസ്‌വേഡ്', 'පාස්වර්ඩ්', 'මුරපදය'],
  },
  { language: 'Urdu and Persian', words: ['پاس ورڈ', 'پاسورڈ', 'گذرواژه', 'رمز عبور', 'کلمه عبور'] },
  {
    language: 'Arabic',
    words: [
      'كلمة المرور',
      'كلمة مرور',
      'كلمة السر',
      'كلمه المرور',
      'كلمه السر',
      'رمز المرور',
      'الرقم السري',
      'الرمز السري',
    ],
  },
  { language: 'Hebrew', words: ['סיסמה', 'סיסמא', 'ססמה'] },
  {
    language: 'Chinese',
    words: ['密码', '密碼', '口令', '密钥', '密鑰', '密匙', '令牌', '暗号', '通行码', '访问码', '验证码'],
  },
  {
    language: 'Japanese',
    words: ['パスワード', 'パスコード', 'ﾊﾟｽﾜｰﾄﾞ', '暗証番号', '合言葉', '秘密鍵', '認証コード', 'トークン'],
  },
  { language: 'Korean', words: ['비밀번호', '암호', '패스워드', '비번', '비밀키', '토큰', '인증번호'] },
  { language: 'Vietnamese', words: ['mật khẩu', 'khóa bí mật'] },
  { language: 'Indonesian and Malay', words: ['kata sandi', 'sandi', 'kata laluan', 'kunci rahasia'] },
  { language: 'Thai, Lao, Khmer, Burmese', words: ['รหัสผ่าน', 'ລະຫັດຜ່ານ', 'ពាក្យសម្ងាត់', 'စကားဝှက်'] },
  { language: 'Georgian and Armenian', words: ['პაროლი', 'գաղտնաբառ'] },
  { language: 'Swahili, Amharic, Afrikaans', words: ['nenosiri', 'neno la siri', 'የይለፍ ቃል', 'wagwoord'] },
];
