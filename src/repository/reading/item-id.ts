/** Letters that Unicode does not decompose, as they are spelled in addresses. */
const spellings: Readonly<Record<string, string>> = {
  ä: 'ae',
  ö: 'oe',
  ü: 'ue',
  ß: 'ss',
  æ: 'ae',
  ø: 'o',
  å: 'a',
  ł: 'l',
  đ: 'd',
  þ: 'th',
  ı: 'i',
};

/** Text as it may stand in ids and file names: `Größe ändern?` → `groesse-aendern`; empty for `日本`. */
export function slugOf(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[äöüßæøåłđþı]/g, (letter) => spellings[letter] ?? '')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80)
    .replace(/-+$/, '');
}

/**
 * An id for a path that nobody has yet: the last part, the whole path where that is taken, then
 * numbered.
 */
export function freeId(path: string, taken: ReadonlySet<string>, fallback: string): string {
  const last = slugOf(path.slice(path.lastIndexOf('/') + 1)) || fallback;
  const whole = slugOf(path) || fallback;
  const free = [last, whole].find((id) => !taken.has(id));
  if (free !== undefined) return free;
  for (let number = 2; ; number += 1) {
    const id = `${whole}-${number}`;
    if (!taken.has(id)) return id;
  }
}
