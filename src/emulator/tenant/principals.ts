/** The users, groups and devices of a made-up tenant. */
import { dateTimeOf, guidOf } from './deterministic.js';
import type { Principal } from './Tenant.js';

const givenNames = [
  'Adele',
  'Alex',
  'Bianca',
  'Cameron',
  'Diego',
  'Emily',
  'Grady',
  'Henrietta',
  'Isaiah',
  'Johanna',
  'Lee',
  'Megan',
  'Nestor',
  'Patti',
  'Pradeep',
  'Shea',
];
const surnames = [
  'Vance',
  'Wilber',
  'Pisani',
  'Marsh',
  'Siciliani',
  'Braun',
  'Archie',
  'Müller',
  'Langer',
  'Lorenz',
  'Gu',
  'Bowen',
  'Wilke',
  'Fernández',
  'Gupta',
  "O'Neil",
];
const departments = ['Sales', 'Marketing', 'Engineering', 'Finance', 'Human Resources', 'Legal', 'Operations'];
const countryNames: Readonly<Record<string, string>> = {
  US: 'United States',
  DE: 'Germany',
  FR: 'France',
  GB: 'United Kingdom',
  JP: 'Japan',
  NL: 'Netherlands',
};
const countries = Object.keys(countryNames);

/** Where somebody uses licences, and the country of their address. */
function placeOf(code: string | undefined) {
  return { usageLocation: code ?? null, country: code === undefined ? null : (countryNames[code] ?? null) };
}

/** A name as mail addresses have it: without apostrophes and accents. */
function asciiOf(name: string): string {
  return name.normalize('NFD').replace(/[^A-Za-z]/g, '');
}

/** A user; their number, the seed and the dice tell which. */
export function makeUser(index: number, seed: number, roll: (limit: number) => number): Principal {
  const givenName = givenNames[roll(givenNames.length)] ?? '';
  const surname = surnames[roll(surnames.length)] ?? '';
  const isGuest = roll(20) === 0;
  const name = `${givenName}.${asciiOf(surname)}${index}`.toLowerCase();
  const id = guidOf('user', seed, index);
  const userPrincipalName = isGuest ? `${name}_fabrikam.com#EXT#@contoso.com` : `${name}@contoso.com`;
  return {
    type: 'user',
    id,
    properties: {
      id,
      deletedDateTime: null,
      displayName: `${givenName} ${surname} ${index}`,
      userPrincipalName,
      mail: isGuest ? `${name}@fabrikam.com` : userPrincipalName,
      mailNickname: name,
      givenName,
      surname,
      accountEnabled: roll(12) !== 0,
      userType: isGuest ? 'Guest' : 'Member',
      department: roll(10) === 0 ? null : departments[roll(departments.length)],
      jobTitle: roll(3) === 0 ? null : 'Specialist',
      companyName: 'Contoso',
      officeLocation: `${1 + roll(40)}/${1000 + roll(900)}`,
      mobilePhone: null,
      businessPhones: [],
      preferredLanguage: 'en-US',
      ...placeOf(roll(15) === 0 ? undefined : countries[roll(countries.length)]),
      city: null,
      createdDateTime: `${dateTimeOf(roll(400_000), 0).slice(0, 19)}Z`,
      assignedLicenses: [],
      employeeId: String(10_000 + index),
    },
  };
}

/** A group, of Microsoft 365 or for security. */
export function makeGroup(index: number, seed: number, roll: (limit: number) => number): Principal {
  const id = guidOf('group', seed, index);
  const isUnified = roll(3) === 0;
  const displayName = `${departments[index % departments.length] ?? ''} ${isUnified ? 'Team' : 'Licences'} ${index}`;
  return {
    type: 'group',
    id,
    properties: {
      id,
      deletedDateTime: null,
      displayName,
      description: roll(4) === 0 ? null : `Everybody of ${displayName}`,
      mail: isUnified ? `group${index}@contoso.com` : null,
      mailNickname: `group${index}`,
      mailEnabled: isUnified,
      securityEnabled: !isUnified || roll(2) === 0,
      groupTypes: isUnified ? ['Unified'] : [],
      visibility: isUnified ? 'Private' : null,
      createdDateTime: `${dateTimeOf(roll(400_000), 0).slice(0, 19)}Z`,
      membershipRule: null,
    },
  };
}

/** A device. */
export function makeDevice(index: number, seed: number, roll: (limit: number) => number): Principal {
  const id = guidOf('device', seed, index);
  const properties = {
    id,
    deletedDateTime: null,
    displayName: `DESKTOP-${String(index).padStart(4, '0')}`,
    deviceId: guidOf('deviceId', seed, index),
    operatingSystem: roll(4) === 0 ? 'macOS' : 'Windows',
    operatingSystemVersion: '10.0',
    accountEnabled: true,
    trustType: 'AzureAd',
  };
  return { type: 'device', id, properties };
}
