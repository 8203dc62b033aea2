import type { Finding } from '../../model/finding.ts';
import { KbError } from '../../model/kb-error.ts';
import { applyEdits, writeFrontMatter } from '../../repository/index.ts';
import { findingKey } from '../pages/panel/findings.ts';
import type { Knowledge } from '../state/knowledge.ts';

/**
 * Applies the fix of one finding, named by its key. Places count in the text that was read, so a file
 * that is another one by now is refused.
 * @throws KbError `no-fix` for a finding that is not there or has no fix
 */
export async function applyFix(
  key: string,
  knowledge: Knowledge,
  readNow: (file: string) => Promise<string | null>,
): Promise<Finding> {
  const finding = findNamed(key, knowledge);
  const fix = finding?.fix ?? null;
  if (finding === null || fix === null) {
    throw new KbError('no-fix', 'That finding is not there any more.', {
      hint: 'The page shows the ones there are.',
    });
  }
  const { root } = knowledge.content;
  if (fix.kind === 'front-matter') {
    await writeFrontMatter(root, fix.file, [{ path: [...fix.path], value: fix.value }]);
    return finding;
  }
  for (const { file } of fix.edits) {
    const source = knowledge.source(file);
    if (source === undefined || (await readNow(file)) !== source) {
      throw new KbError('changed', `${file} has changed just now.`, { hint: 'Try again.' });
    }
  }
  await applyEdits(root, fix.edits);
  return finding;
}

function findNamed(key: string, knowledge: Knowledge): Finding | null {
  const file = fileIn(key);
  if (file === null) return null;
  const [, path] = /^(.*)\.[^./]+\.md$/s.exec(file) ?? [];
  const article = path === undefined ? null : knowledge.articleAt(path);
  // Places of an earlier version would edit the wrong text.
  const { byFile, isCurrent } = knowledge.findings();
  const others = isCurrent ? (byFile.get(file) ?? []) : [];
  const found = article === null ? others : knowledge.findingsOf(article);
  return found.find((finding) => findingKey(finding) === key) ?? null;
}

function fileIn(key: string): string | null {
  try {
    const parts: unknown = JSON.parse(key);
    const file: unknown = Array.isArray(parts) ? parts[1] : null;
    return typeof file === 'string' ? file : null;
  } catch {
    return null;
  }
}
