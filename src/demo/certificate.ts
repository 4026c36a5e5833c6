// The certificate of the demo's TLS endpoint.
/**
 * A self-signed certificate and its key for the TLS endpoints of the embedded estate and of the tests. Public on purpose:
 * it is shown on loopback only and guards nothing.
 */
export const demoCertificate = {
  cert: `-----BEGIN CERTIFICATE-----
MIIByjCCAW+gAwIBAgIUbKBTZc2hSc82qjDTr5kxABb5AXIwCgYIKoZIzj0EAwIw
LDEWMBQGA1UECgwNbGVmdG9wZW4gZGVtbzESMBAGA1UEAwwJbG9jYWxob3N0MB4X
DTI2MTEyMzAyMjQzNFoXDTQ2MTExODAyMjQzNFowLDEWMBQGA1UECgwNbGVmdG9w
ZW4gZGVtbzESMBAGA1UEAwwJbG9jYWxob3N0MFkwEwYHKoZIzj0CAQYIKoZIzj0D
AQcDQgAESExWPKI8Z5hFPyVg92zalXLaEjdQ5XBJqrR9ikYfEKTfCylQdc1gzm2k
a770DY/pbX3geGhV3lEhmxwJ4p6g3aNvMG0wHQYDVR0OBBYEFEzyUj3APiAtWTiC
faGtVxkb+BQwMB8GA1UdIwQYMBaAFEzyUj3APiAtWTiCfaGtVxkb+BQwMA8GA1Ud
EwEB/wQFMAMBAf8wGgYDVR0RBBMwEYIJbG9jYWxob3N0hwR/AAABMAoGCCqGSM49
BAMCA0kAMEYCIQCGXZNJqqA1iiWdgD024fAsf7ZExIV2/15eH4H4CeKKNQIhAL5v
SszY7CLMh6QaCah6JHAJSKI66RWFHp1d15S2o1jC
-----END CERTIFICATE-----
`,
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgCDCqwbWl8SqKsdwd
dz4PqetDcF63jF6Ffxcx9Uafab2hRANCAARITFY8ojxnmEU/JWD3bNqVctoSN1Dl
cEmqtH2KRh8QpN8LKVB1zWDObaRrvvQNj+ltfeB4aFXeUSGbHAninqDd
-----END PRIVATE KEY-----
`,
} as const;
