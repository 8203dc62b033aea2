import type { Region } from './config.ts';

/** The hosts of Intercom's API, by region (Intercom's documents). */
export const regionHosts: Readonly<Record<Region, string>> = {
  us: 'api.intercom.io',
  eu: 'api.eu.intercom.io',
  au: 'api.au.intercom.io',
};
