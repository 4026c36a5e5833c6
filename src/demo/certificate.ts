// The certificate of the demo's TLS endpoint.
/**
 * A self-signed certificate and its key for the TLS endpoints of the embedded estate and of the tests. Public on purpose:
 * it is shown on loopback only and guards nothing.
 */
export const demoCertificate = {
  cert: `-----BEGIN CERTIFICATE-----
MIIB4DCCAYegAwIBAgIUKgb5XRrSFOdWjEVWkpOLuJWMeRwwCgYIKoZIzj0EAwIw
MDEVMBMGA1UECgwMSGFyYm91ciBDaXR5MRcwFQYDVQQDDA4qLmhhcmJvdXIudGVz
dDAeFw0yNjExMjkyMjAwNDdaFw00NjExMjQyMjAwNDdaMDAxFTATBgNVBAoMDEhh
cmJvdXIgQ2l0eTEXMBUGA1UEAwwOKi5oYXJib3VyLnRlc3QwWTATBgcqhkjOPQIB
BggqhkjOPQMBBwNCAAQFB4UZk0sEc0lAP2c14qz2HILBNVTamup2Xtj+WbMMfEx9
eIo3Hf+Cad/FUkiH/0hLOPjp2aH4Y5OaBs69Wrego38wfTAdBgNVHQ4EFgQUTn5m
0eEnGbUuXZpnWAw4C6JFOe0wHwYDVR0jBBgwFoAUTn5m0eEnGbUuXZpnWAw4C6JF
Oe0wDwYDVR0TAQH/BAUwAwEB/zAqBgNVHREEIzAhgg4qLmhhcmJvdXIudGVzdIIJ
bG9jYWxob3N0hwR/AAABMAoGCCqGSM49BAMCA0cAMEQCIFh3VQHdG7NKuFbco6wG
QK2HNOTJCz83kOPR8N3sq2E7AiAKo9bq3AP+0ol9tzYQaOWT4T33Wvuht4mUFW/c
aVxgCw==
-----END CERTIFICATE-----
`,
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgjSxY89t9NIrB6nz4
giFgL6ejMxZs87vhrOAh3AJmQQahRANCAAQFB4UZk0sEc0lAP2c14qz2HILBNVTa
mup2Xtj+WbMMfEx9eIo3Hf+Cad/FUkiH/0hLOPjp2aH4Y5OaBs69Wreg
-----END PRIVATE KEY-----
`,
} as const;
