/** What `leftopen init` writes. */
export const starterFile = `# yaml-language-server: $schema=./node_modules/leftopen/schema/targets.schema.json
targets:
  - id: local
    url: http://127.0.0.1:9200
`;
