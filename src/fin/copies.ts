/** A live text, for finding texts that stand in a workspace twice. */
export interface ComparedText {
  /** Our id; Intercom's where it is not from here. */
  id: string;
  locale: string;
  title: string;
  /** Visible text. */
  text: string;
  /** Stored HTML: what is in it tells where it came from. */
  html: string;
}

/** What an unmanaged text looks like. */
export interface Resemblance {
  /** Our article that says the same; null: none does. */
  copyOf: string | null;
  /** Does it hold addresses or markup of a Zendesk help center? */
  isFromZendesk: boolean;
}

/** Words that two texts of one title must share, of all they have, to be one text in two versions. */
const leastShared = 0.5;
/** Texts shorter than this say too little to be known by it. */
const leastWords = 8;

/**
 * What is left in bodies that came out of a Zendesk help center: article and attachment addresses, and
 * the classes of its editor. No field of Intercom's API tells that an article is synced.
 */
const zendeskMarks =
  /(?:\.zendesk\.com\/|\/hc\/(?:[a-z]{2}(?:-[a-z]{2,4})?\/)?(?:article_attachments|articles|sections|categories|requests)\b|\/guide-media\/|\bwysiwyg-)/i;

/**
 * What each unmanaged text looks like: a copy has the words of one of ours, and its title or its
 * beginning. Intercom's own Zendesk sync leaves such copies, and changes them again every hour.
 * @returns by Intercom id and locale, `<id> <locale>`
 */
export function resemblances(
  ours: readonly ComparedText[],
  others: readonly ComparedText[],
): Map<string, Resemblance> {
  const byKey = new Map<string, ComparedText>();
  for (const text of ours) for (const key of keysOf(text)) byKey.set(key, text);
  return new Map(
    others.map((text) => {
      const alike = keysOf(text).flatMap((key) => byKey.get(key) ?? []);
      const copy = alike.find((own) => sharedWords(own.text, text.text) >= leastShared);
      return [
        `${text.id} ${text.locale}`,
        { copyOf: copy?.id ?? null, isFromZendesk: zendeskMarks.test(text.html) },
      ];
    }),
  );
}

/** Texts that share one of these may be the same. */
function keysOf({ locale, title, text }: ComparedText): string[] {
  const words = wordsOf(text);
  const titleWords = wordsOf(title).join(' ');
  return [
    ...(titleWords === '' ? [] : [`${locale} title ${titleWords}`]),
    ...(words.length < leastWords ? [] : [`${locale} text ${words.slice(0, 12).join(' ')}`]),
  ];
}

/** From 0 to 1: how much of all their words two texts have in common. */
function sharedWords(a: string, b: string): number {
  const [left, right] = [new Set(wordsOf(a)), new Set(wordsOf(b))];
  if (left.size + right.size === 0) return 1;
  const shared = [...left].filter((word) => right.has(word)).length;
  return (2 * shared) / (left.size + right.size);
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
