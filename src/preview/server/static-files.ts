import { readFileSync } from 'node:fs';
import { sha256 } from '../../model/hash.ts';
import { styles } from '../pages/layout.ts';

/** A file of the preview itself, held in memory and named by its content. */
export interface StaticFile {
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
  type: string;
}

/** The parts of the script, each after those it imports. */
const scriptParts = [
  ...['base', 'looks', 'morph', 'sections', 'reading'],
  ...['follow', 'acts', 'search', 'start'],
].map((name) => `client/${name}.js`);

export interface StaticFiles {
  /** From a name to the address it is served at. */
  byName: ReadonlyMap<string, string>;
  byAddress: ReadonlyMap<string, StaticFile>;
}

/** The preview's own style and script. */
export function staticFiles(): StaticFiles {
  const byName = new Map<string, string>();
  const byAddress = new Map<string, StaticFile>();
  const add = (name: string, bytes: Uint8Array<ArrayBuffer>, type: string): void => {
    const dot = name.lastIndexOf('.');
    const address = `${name.slice(0, dot)}.${sha256(bytes).slice(0, 12)}${name.slice(dot)}`;
    byName.set(name, address);
    byAddress.set(address, { name: address, bytes, type });
  };
  for (const name of styles) add(name, bytesOf(name), 'text/css; charset=utf-8');
  add('preview.js', script(), 'text/javascript; charset=utf-8');
  return { byName, byAddress };
}

function bytesOf(name: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(new URL(`../static/${name}`, import.meta.url)));
}

/**
 * The script as one file without modules: browsers load no modules into a page that was opened as a
 * file, and exports are.
 */
function script(): Uint8Array<ArrayBuffer> {
  const parts = scriptParts.map((name) => {
    const text = new TextDecoder().decode(bytesOf(name));
    return text.replace(/^import [^;]*;\n/gm, '').replace(/^export /gm, '');
  });
  return new TextEncoder().encode(`'use strict';\n{\n${parts.join('\n')}}\n`);
}

const imageTypes: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
  svg: 'image/svg+xml',
};

/** How an asset is sent: images to be shown, everything else to be kept, never to be run. */
export function assetType(path: string): { type: string; disposition: 'inline' | 'attachment' } {
  const extension = /\.([a-z0-9]+)$/i.exec(path)?.[1]?.toLowerCase() ?? '';
  const type = imageTypes[extension];
  return type === undefined
    ? { type: 'application/octet-stream', disposition: 'attachment' }
    : { type, disposition: 'inline' };
}
