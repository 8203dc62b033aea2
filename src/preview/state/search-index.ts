import MiniSearch from 'minisearch';
import type { Article, Translation } from '../../model/article.ts';
import { treeText } from '../../model/tree-text.ts';
import { breathing } from '../reading/breath.ts';
import type { Knowledge } from './knowledge.ts';

/** An article that a search found. */
export interface Found {
  articleId: string;
  locale: string;
  excerpt: string;
}

/** Search as you type: titles, headings and words, kept up with changes. */
export interface SearchIndex {
  find(query: string, locale: string, limit: number): Promise<Found[]>;
}

interface Entry {
  id: string;
  title: string;
  headings: string;
  questions: string;
  text: string;
}

export function createSearchIndex(knowledge: Knowledge): SearchIndex {
  const locales = new Map<string, LocaleSearch>();
  return {
    async find(query, locale, limit) {
      const known = locales.get(locale) ?? createLocaleSearch(locale);
      locales.set(locale, known);
      await known.update(knowledge);
      return known.find(query, limit, knowledge);
    },
  };
}

interface LocaleSearch {
  update(knowledge: Knowledge): Promise<void>;
  find(query: string, limit: number, knowledge: Knowledge): Found[];
}

function createLocaleSearch(locale: string): LocaleSearch {
  const indexed = new Map<string, Translation>();
  const search = new MiniSearch<Entry>({
    fields: ['title', 'headings', 'questions', 'text'],
    processTerm: spellings,
    searchOptions: { processTerm: plainTerm },
  });
  let running: Promise<void> | null = null;

  async function catchUp(knowledge: Knowledge): Promise<void> {
    const breathe = breathing();
    const there = new Set<string>();
    for (const article of knowledge.content.articles) {
      const text = textIn(article, locale);
      if (text === undefined) continue;
      there.add(article.id);
      if (indexed.get(article.id) === text) continue;
      if (indexed.has(article.id)) search.replace(entryOf(text));
      else search.add(entryOf(text));
      indexed.set(article.id, text);
      await breathe();
    }
    for (const id of [...indexed.keys()].filter((known) => !there.has(known))) {
      search.discard(id);
      indexed.delete(id);
    }
  }

  return {
    update(knowledge) {
      running ??= catchUp(knowledge).finally(() => {
        running = null;
      });
      return running;
    },
    find(query, limit, knowledge) {
      const options = {
        boost: { title: 4, questions: 3, headings: 2 },
        prefix: true,
        fuzzy: (term: string) => (term.length > 4 ? 0.2 : false),
      };
      const all = search.search(query, { ...options, combineWith: 'AND' });
      // A whole question has words that the best article lacks.
      const results =
        all.length > 0 ? all : search.search(query, { ...options, combineWith: 'OR' });
      return results.slice(0, limit).flatMap(({ id, terms }): Found[] => {
        const article = knowledge.article(String(id));
        const text = article === null ? undefined : textIn(article, locale);
        if (article === null || text === undefined) return [];
        return [{ articleId: article.id, locale, excerpt: excerptOf(text, terms) }];
      });
    },
  };
}

function textIn(article: Article, locale: string): Translation | undefined {
  return article.translations.find((text) => text.locale === locale);
}

function entryOf(text: Translation): Entry {
  return {
    id: text.articleId,
    title: text.title,
    questions: text.questions.join('\n'),
    headings: text.outline.map((heading) => heading.text).join('\n'),
    text: `${text.description}\n${treeText(text.body)}`,
  };
}

/** One form for `Café`, `cafe` and `CAFÉ`. */
function plainTerm(term: string): string | null {
  return (
    term
      .toLowerCase()
      .normalize('NFD')
      .replace(/\p{M}+/gu, '') || null
  );
}

/** A word as it may be typed: `zurück` as `zuruck` and as `zurueck`. */
function spellings(term: string): string[] {
  const plain = plainTerm(term);
  const written = term
    .toLowerCase()
    .normalize('NFC')
    .replace(/[äöüß]/g, (sign) => umlauts[sign] ?? sign);
  return [...new Set([plain, plainTerm(written)])].filter((one) => one !== null);
}

const umlauts: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' };

const around = 60;

/** The words around the first one that was found; the description when it stands in the title only. */
function excerptOf(text: Translation, terms: readonly string[]): string {
  const words = treeText(text.body).replace(/\s+/g, ' ');
  const plain = words.toLowerCase();
  const at = Math.min(
    ...terms.map((term) => plain.indexOf(term)).map((place) => (place < 0 ? Infinity : place)),
  );
  if (!Number.isFinite(at)) return text.description;
  const start = words.lastIndexOf(' ', Math.max(0, at - around)) + 1;
  const isCut = at + 2 * around < words.length;
  const end = isCut ? words.lastIndexOf(' ', at + 2 * around) : words.length;
  const cut = words.slice(start, end > at ? end : at + 2 * around);
  return `${start > 0 ? '… ' : ''}${cut.trim()}${isCut ? ' …' : ''}`;
}
