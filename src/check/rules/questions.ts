import type { Translation } from '../../model/article.ts';
import type { Text } from '../facts.ts';
import type { Rule } from '../rule.ts';

export const questions: Rule = {
  name: 'questions',
  severity: 'warn',
  holds: 'text',
  fixable: false,
  what: 'an empty question, or the same one in two places of a locale',
  why: 'A question names the one article that answers it; `kb eval` cannot test two.',
  mend: 'Keep it in the article that answers it best.',
  find(facts) {
    const first = new Map<string, Text>();
    return facts.texts.flatMap((text) =>
      text.translation.questions.flatMap((question, index) => {
        const words = questionWords(text.translation)[index] ?? '';
        const at = () => facts.place(text.translation.file, ['questions', index]);
        if (words === '') return [{ ...at(), message: 'a question is empty' }];
        const key = `${text.translation.locale}\n${words}`;
        const other = first.get(key);
        if (other === undefined) {
          first.set(key, text);
          return [];
        }
        const where = other === text ? 'twice here' : `in ${other.translation.file} too`;
        return [{ ...at(), message: `"${question}" stands ${where}` }];
      }),
    );
  },
};

const known = new WeakMap<Translation, readonly string[]>();

/** The words of a text's questions; a watching reader asks again and again. */
function questionWords(translation: Translation): readonly string[] {
  const words = known.get(translation) ?? translation.questions.map(wordsOf);
  known.set(translation, words);
  return words;
}

function wordsOf(question: string): string {
  return question
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
