/**
 * Hosts whose image addresses Intercom signs anew on every read: `*.intercomcdn.com`,
 * `*.intercomcdn.eu`, `*.intercom-attachments-N.com`, `*.intercom-attachments.eu`,
 * `*.au.intercom-attachments.com` (observed in public repositories).
 */
const signedHosts =
  /(?:^|\.)(?:intercomcdn\.(?:com|eu)|intercom-attachments-\d+\.com|intercom-attachments\.eu|au\.intercom-attachments\.com)$/;

/** Is this an address on a host that signs its addresses? False for what is no address. */
export function signedHost(url: string): boolean {
  try {
    return signedHosts.test(new URL(url).hostname);
  } catch {
    return false;
  }
}

/** An address on a signing host without its query, so that two reads agree; any other one as it is. */
export function withoutSignature(url: string): string {
  return signedHost(url) ? url.replace(/[?#].*$/s, '') : url;
}
