import type { DataClass } from '../../../src/model/observation.js';
import { canary } from './types.js';

/** An invented index whose fields suggest personal data, and the classes that an audit must recognise by their names. */
export interface RegistryIndex {
  readonly name: string;
  readonly documents: number;
  readonly classes: readonly DataClass[];
  readonly record: (n: number) => Readonly<Record<string, unknown>>;
}

/** Indices with names of each class, in five languages; every value is invented, one of each index holds a canary. */
export const registry: readonly RegistryIndex[] = [
  {
    name: 'citizens',
    documents: 60,
    classes: [
      'person-name',
      'national-id',
      'birth-date',
      'phone',
      'email',
      'postal-address',
      'religion',
      'ethnicity',
      'biometric',
    ],
    record: (n) => ({
      fullName: `Person ${n}`,
      national_id: `ID-${n}`,
      dateOfBirth: '1970-01-01',
      contact: { phone_number: `+41 00 555 ${n}`, email: `p${n}@registry.example` },
      home_address: { street: `Lane ${n}`, postal_code: '0000', city: 'Nowhere' },
      religion: 'invented',
      ethnic_group: 'invented',
      fingerprints: n === 5 ? canary : 'none',
      record_status: 'active',
    }),
  },
  {
    name: 'patients-2026',
    documents: 41,
    classes: ['person-name', 'birth-date', 'health', 'national-id', 'minor', 'phone'],
    record: (n) => ({
      nom: `Personne ${n}`,
      prénom: `Prénom ${n}`,
      date_naissance: '1980-02-02',
      numero_securite_sociale: `0 00 00 ${n}`,
      groupe_sanguin: 'X',
      maladies: n === 5 ? [canary] : [],
      téléphone: `00 00 00 ${n}`,
      représentant_légal: 'inventé',
    }),
  },
  {
    name: 'mitglieder',
    documents: 35,
    classes: ['person-name', 'postal-address', 'bank-account', 'politics', 'credential', 'payment-card'],
    record: (n) => ({
      Vorname: `Mitglied ${n}`,
      Nachname: 'Erfunden',
      Straße: `Weg ${n}`,
      PLZ: '00000',
      IBAN: `DE00 0000 ${n}`,
      Kreditkartennummer: '0000',
      Gewerkschaft: 'keine',
      Passwort_Hash: n === 5 ? canary : 'erfunden',
      Beitragsgruppe: 'A',
    }),
  },
  {
    name: 'expedientes',
    documents: 28,
    classes: ['person-name', 'national-id', 'police-court', 'postal-address', 'biometric'],
    record: (n) => ({
      nombre_completo: `Persona ${n}`,
      curp: `X${n}`,
      delito: 'inventado',
      antecedentes_penales: n === 5 ? canary : 'ninguno',
      domicilio: `Calle ${n}`,
      huella_dactilar: 'ninguna',
    }),
  },
  {
    name: 'renkou-2026',
    documents: 52,
    classes: [
      'person-name',
      'national-id',
      'phone',
      'postal-address',
      'health',
      'police-court',
      'birth-date',
      'ethnicity',
    ],
    record: (n) => ({
      xingming: `虚构${n}`,
      sfzh: `000000${n}`,
      shoujihao: `000${n}`,
      zhuzhi: '虚构',
      jiankangma: n === 5 ? canary : '无',
      anjianbianhao: `A${n}`,
      出生日期: '1990-03-03',
      民族: '虚构',
    }),
  },
  {
    name: 'passengers',
    documents: 33,
    classes: ['person-name', 'travel', 'national-id', 'location', 'device'],
    record: (n) => ({
      passenger_name: `Passenger ${n}`,
      pnr_code: `P${n}`,
      passport_number: n === 5 ? canary : `X${n}`,
      last_known_location: { lat: 0, lon: n },
      latitude: 0,
      device_imei: `0000${n}`,
    }),
  },
  {
    name: 'web-metrics',
    documents: 90,
    classes: [],
    record: (n) => ({
      '@timestamp': '2026-11-01T00:00:00Z',
      hostname: `web-${n}`,
      filename: n === 5 ? canary : 'app.log',
      username_length: n,
      email_sent_count: n,
      product: { name: `Article ${n}` },
      index_name: 'none',
    }),
  },
];
