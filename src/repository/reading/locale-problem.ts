import type { LocalisedName } from './content-path.ts';
import { type Problem, problem } from './problem.ts';

/** What is wrong with the locale in a Markdown file's name; null where it is one of kb.yaml's. */
export function localeProblem(name: LocalisedName, listed: readonly string[]): Problem | null {
  const [example = 'en'] = listed;
  switch (name.kind) {
    case 'no-locale':
      return problem('locale-missing', 'the name has no locale, so the file is not read', {
        hint: `Name it ${baseOf(name.base)}.${example}.md`,
      });
    case 'unknown-locale':
      return problem('locale-unknown', `Intercom has no locale "${name.locale}"`, {
        hint:
          name.suggestion === null
            ? `The part before .md is the locale: ${baseOf(name.base)}.${name.locale}.${example}.md`
            : `Did you mean "${baseOf(name.base)}.${name.suggestion}.md"?`,
      });
    case 'localised':
      if (listed.includes(name.locale)) return null;
      return problem('locale-unlisted', `kb.yaml does not list the locale ${name.locale}`, {
        hint: `Add ${name.locale} to locales in kb.yaml, or remove the file.`,
      });
  }
}

function baseOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
