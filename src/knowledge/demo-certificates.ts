// Certificates whose private keys are published.
/** A certificate whose private key anyone can download with the product that ships it. */
export interface DemoCertificate {
  /** What it is in the demo configuration. */
  readonly role: 'node' | 'administrator';
  /** What ships it, and of which time. */
  readonly shippedWith: string;
  /** SHA-256 (hex) of the certificate, DER. */
  readonly sha256: string;
  /** SHA-256 (hex) of its public key (SubjectPublicKeyInfo, DER): it outlived a renewal. */
  readonly keySha256: string;
  /** Where it was read. */
  readonly source: string;
}

const searchGuard = {
  shippedWith: 'Search Guard 6 and 7 and Open Distro for Elasticsearch (made on 2018-04-22)',
  source:
    'com.floragunn:search-guard-7:7.5.1-38.0.0 and search-guard-6:6.5.4-24.0, tools/install_demo_configuration.sh; the same in opendistro-for-elasticsearch/security@676c0ba',
} as const;

const openSearch2023 = {
  shippedWith: 'OpenSearch of 2023 (made on 2023-08-29, seen in 2.11.1)',
  source: 'org.opensearch.plugin:opensearch-security:2.11.1.0, tools/install_demo_configuration.sh',
} as const;

const openSearch2024 = {
  shippedWith: 'OpenSearch since 2024 (made on 2024-02-20, seen in 2.19.4)',
  source:
    'org.opensearch.plugin:opensearch-security:2.19.4.0, org.opensearch.security.tools.democonfig.Certificates; the same in opensearch-project/security@e7eb190',
} as const;

/** The demo certificates of OpenSearch Security and of those that it comes from, read from the packages themselves. */
export const demoCertificates: readonly DemoCertificate[] = [
  {
    role: 'node',
    ...searchGuard,
    sha256: '1d9b187b279b0d3821765ee077890b8b485024e85d764d1b4a82319cfe568a90',
    keySha256: '04b071855200cd9d3b0cc3f0c975aac32a70f38174309a5c8b1b24190113a45b',
  },
  {
    role: 'administrator',
    ...searchGuard,
    sha256: '9dc1c49c22b57ef00bb8a7836d5f07c729712522d13242258add6fd2caf97c46',
    keySha256: '19802525e7b0507fe54cd03e78e17f833f45e3b580176edfaaf13047b70328ed',
  },
  {
    role: 'node',
    ...openSearch2023,
    sha256: '72816258ed533b1bcf35291fda925554dabab2382bb21ac2f57f7fb0e6d1de96',
    keySha256: 'be3533010b5c97095edbb1cd8db1e07a34ed47f453a71e0115d26a17d6fc80c8',
  },
  {
    role: 'administrator',
    ...openSearch2023,
    sha256: '85c50baeeb4a525a28d4a3e5428a4e2f439da432adb9200692b08f47b754aa07',
    keySha256: '66a3277713cc67b36bc77d5124622721fd964a416826cedf0bcef8df0038342c',
  },
  {
    role: 'node',
    ...openSearch2024,
    sha256: '8571ce6051973cf893233258001eaf81a03c23c9b7894b0ff3323f293e1eb026',
    keySha256: 'be3533010b5c97095edbb1cd8db1e07a34ed47f453a71e0115d26a17d6fc80c8',
  },
  {
    role: 'administrator',
    ...openSearch2024,
    sha256: 'c7953a3bdf5d41d9f8f27fd3d7a686ea638449835d805f12882b7da8b7c6b541',
    keySha256: '66a3277713cc67b36bc77d5124622721fd964a416826cedf0bcef8df0038342c',
  },
];

/**
 * The names that all of them have. A certificate with both and another key may be one of a version that is not listed, or
 * one that someone made after the same example: then its key need not be public.
 */
export const demoNames = { subject: 'CN=node-0.example.com', issuer: 'CN=Example Com Inc. Root CA' } as const;
