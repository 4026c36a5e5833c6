// The targets file that `leftopen init` writes, with comments in English.

/**
 * What `leftopen init` writes: valid as written (it audits loopback), with all that a real audit needs as comments.
 *
 * @param schema where editors find the JSON Schema: a relative path or a URL
 */
export function starterFile(schema: string): string {
  return `# yaml-language-server: $schema=${schema}
#
# What leftopen may audit. Nothing outside this file is ever asked.
#   leftopen plan targets.yaml     shows every request that could be sent, and sends none
#   leftopen audit targets.yaml    audits

# Without an engagement only loopback (127.0.0.0/8, ::1, localhost) may be audited. For anything else, fill this in:
#
# engagement:
#   id: ACME # runs of one id are compared: keep it when the authorisation is renewed
#   client: { name: Acme, legalEntity: Acme Holding SAS }
#   authorisedBy:
#     name: Jeanne Moreau
#     role: CISO
#     capacity: owner # owner of the systems, controller or processor of the data in them
#     email: jeanne.moreau@acme.example
#   authorisation:
#     reference: LOA-2026-017
#     signedOn: 2026-10-20
#     # documentSha256: what sha256sum prints for the signed document
#   window: # outside it nothing is sent; leave it out for any time
#     from: 2026-11-02
#     to: 2026-11-30
#     timeZone: Europe/Paris
#     weekly: ["Mon-Fri 20:00-06:00", "Sat,Sun"]
#   contacts: # the first one with an e-mail address goes into the User-Agent
#     - { name: Security team, email: security@acme.example, phone: "+33 1 23 45 67 89" }
#   vantage: { name: paris-office, exposure: internal, egress: 192.0.2.7 } # internet, partner, internal or host
#   scope: # exclude wins over everything
#     include: ["*.acme.example", 198.51.100.0/24, 127.0.0.1]
#     exclude: [198.51.100.9, legacy.acme.example]

# What several targets share.
# defaults:
#   ports: standard # 443, 5601, 9200, 9201
#   environment: production

targets:
  - id: this-host
    hosts: 127.0.0.1
    ports: [9200, 5601]

  # - id: search
  #   url: https://es.acme.example:9200
  #   owner: Search team
  #
  # - id: search-nodes
  #   hosts: ["es-[01-12].acme.example", 198.51.100.0/28]
  #   ports: standard
  #   paths: [/, /kibana]
  #   except: [198.51.100.3]
`;
}
