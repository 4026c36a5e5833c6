// Which keys and signatures are too weak.
/**
 * Signature algorithms of certificates that are forged in practice, by object identifier. MD5: a forged authority in 2008
 * (Sotirov et al., "MD5 considered harmful today"). SHA-1: chosen-prefix collisions since 2020 (Leurent, Peyrin, "SHA-1 is a
 * Shambles"). Identifiers: RFC 3279, 2.2, and RFC 8017, appendix A.2.4.
 */
export const weakSignatures: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.2': 'MD2 with RSA',
  '1.2.840.113549.1.1.3': 'MD4 with RSA',
  '1.2.840.113549.1.1.4': 'MD5 with RSA',
  '1.2.840.113549.1.1.5': 'SHA-1 with RSA',
  '1.3.14.3.2.29': 'SHA-1 with RSA',
  '1.2.840.10040.4.3': 'SHA-1 with DSA',
  '1.2.840.10045.4.1': 'SHA-1 with ECDSA',
};

/**
 * Bits below which a key is too short, by OpenSSL's name of its type: 112 bits of security are the least that may be used
 * (NIST SP 800-131A, revision 2, tables 2 and 5).
 */
export const leastKeyBits: Readonly<Record<string, number>> = { rsa: 2048, 'rsa-pss': 2048, dsa: 2048, ec: 224 };

/** Bits up to which RSA keys were taken apart in public (RSA-250, 829 bits, February 2020). */
export const factoredRsaBits = 829;
