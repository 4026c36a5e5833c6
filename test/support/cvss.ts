import ae from 'ae-cvss-calculator';

/** The base score of a vector of CVSS v2, v3.0, v3.1 or v4.0. */
export function baseScore(vector: string): number {
  if (vector.startsWith('CVSS:4.0/')) return new ae.Cvss4P0(vector).calculateScores().baseMetricsOnly ?? Number.NaN;
  if (vector.startsWith('CVSS:3.1/')) return new ae.Cvss3P1(vector).calculateScores().base ?? Number.NaN;
  if (vector.startsWith('CVSS:3.0/')) return new ae.Cvss3P0(vector).calculateScores().base ?? Number.NaN;
  return new ae.Cvss2(vector).calculateScores().base ?? Number.NaN;
}

/** The same vector where no login is in front of the product. */
export function withoutLogin(vector: string): string {
  return vector.replace(/\/PR:[LH]\b/, '/PR:N').replace(/\/Au:[SM]\b/, '/Au:N');
}
