// Recognises, by its first bytes, the protocol that answered where HTTP was expected.

/**
 * What each protocol begins with, as text (bytes above 0x7f may be U+FFFD). Sources: RFC 4253 4.2 (SSH), RFC 6143 7.1.1 (RFB),
 * RFC 959 and RFC 5321 (220), RFC 9051 7.1 (IMAP), RFC 1939 (POP3), RFC 7826 (RTSP), RFC 3261 (SIP), and the documentation of
 * MySQL ("Protocol::HandshakeV10", "ERR_Packet"), PostgreSQL ("ErrorResponse"), Redis (RESP), memcached, NATS, AMQP 0-9-1 and
 * 1.0, rsync, the JDK (JDWP) and Microsoft (MS-RDPBCGR, TPKT).
 */
const beginnings: readonly (readonly [RegExp, string])[] = [
  [/^SSH-\d/, 'SSH'],
  [/^[^]{2}\0[\0\x01]\x0a\d+\.\d/, 'MySQL'],
  [/^[^]{2}\0[\0\x01][\xff\ufffd][^]{2}[^]*(?:Host|MySQL|MariaDB|connection)/, 'MySQL'],
  [/^-(?:ERR|NOAUTH|DENIED|LOADING|MISCONF)\b/, 'Redis'],
  [/^E[^]{4}S(?:FATAL|ERROR|PANIC)\0|^EFATAL:/, 'PostgreSQL'],
  [/^(?:220|421|554)[ -].*SMTP/i, 'SMTP'],
  [/^220[ -].*FTP/i, 'FTP'],
  [/^220[ -]/, 'FTP or SMTP'],
  [/^\* (?:OK|BYE|PREAUTH)\b/, 'IMAP'],
  [/^\+OK\b/, 'POP3'],
  [/^RFB \d{3}\.\d{3}/, 'VNC'],
  [/^AMQP[\0-\x09]/, 'AMQP'],
  [/^(?:CLIENT_|SERVER_)?ERROR\b/, 'memcached'],
  [/^INFO \{/, 'NATS'],
  [/^@RSYNCD:/, 'rsync'],
  [/^RTSP\/\d/, 'RTSP'],
  [/^SIP\/\d/, 'SIP'],
  [/^ICY \d/, 'ICY (SHOUTcast)'],
  [/^JDWP-Handshake/, 'JDWP'],
  [/^\x03\0\0[\x0b\x13]/, 'RDP'],
];

/** The protocol that these first bytes tell, or null. */
export function protocolOf(start: string): string | null {
  return beginnings.find(([pattern]) => pattern.test(start))?.[1] ?? null;
}

/**
 * True when the bytes are a frame that an HTTP/2 server may send first: SETTINGS, PING or GOAWAY on stream 0 (RFC 9113, 3.4,
 * 4.1). A server that speaks nothing else greets with one, or answers a request of HTTP/1.1 with one.
 */
export function isHttp2(start: string): boolean {
  return /^\0[^]{2}[\x04\x06\x07][\0\x01]\0\0\0\0/.test(start);
}
