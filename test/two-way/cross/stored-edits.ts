import { parseFragment, serialize } from 'parse5';
import {
  assign,
  attribute,
  classOf,
  type Element,
  elements,
  fragment,
  insert,
  isElement,
  isText,
  type Parent,
  remove,
  replace,
  type Text,
  textOf,
  within,
} from './stored-dom.ts';

/** Where in the article an edit is made. */
export const places = ['start', 'middle', 'end'] as const;
export type Place = (typeof places)[number];

/**
 * What an edit may do to the lines of the file: one line becomes another one; lines come in; lines go;
 * lines go at one place and come in at another; some neighbouring lines change.
 */
export type Shape = 'line' | 'added' | 'removed' | 'moved' | 'near';

/** One edit a teammate makes in the editor, at any place of any stored body. */
export interface StoredEdit {
  name: string;
  shape: Shape;
  /** The edited body; null where the article has nothing of that kind. */
  apply(html: string, place: Place): string | null;
}

type Site = () => void;

function edit(name: string, shape: Shape, sitesIn: (root: Parent) => Site[]): StoredEdit {
  return {
    name,
    shape,
    apply(html, place) {
      const root = parseFragment(html);
      const sites = sitesIn(root);
      const index = { start: 0, middle: Math.floor(sites.length / 2), end: sites.length - 1 }[
        place
      ];
      const site = sites[index];
      if (site === undefined) return null;
      site();
      return serialize(root);
    },
  };
}

/** Text that stands directly in its element: not in a link, not bold. */
function plainTexts(node: Element): Text[] {
  return node.childNodes.filter(isText).filter(({ value }) => /\p{L}{3}/u.test(value));
}

function paragraphs(root: Parent): Element[] {
  return elements(root).filter(
    (node) => node.tagName === 'p' && !within(node, 'summary') && textOf(node).trim() !== '',
  );
}

const word = /(?<![\p{L}\p{N}_*@./-])\p{L}{3,}(?![\p{L}\p{N}_*@./-])/u;

function reword(text: Text, to: string): void {
  text.value = text.value.replace(word, to);
}

function wordSites(nodes: readonly Element[], to: string): Site[] {
  return nodes
    .flatMap(plainTexts)
    .filter(({ value }) => word.test(value))
    .map((text) => () => reword(text, to));
}

function markSites(root: Parent, mark: (word: string) => string): Site[] {
  return paragraphs(root)
    .filter((node) => !within(node, 'a', 'b', 'i'))
    .flatMap(plainTexts)
    .filter(({ value }) => word.test(value))
    .map((text) => () => {
      const found = word.exec(text.value);
      if (found === null) return;
      const { index } = found;
      const escaped = (part: string) => part.replace(/&/g, '&amp;').replace(/</g, '&lt;');
      const before = escaped(text.value.slice(0, index));
      const after = escaped(text.value.slice(index + found[0].length));
      replace(text, before + mark(found[0]) + after);
    });
}

const topParagraphs = (root: Parent): Element[] =>
  root.childNodes
    .filter(isElement)
    .filter((node) => node.tagName === 'p' && textOf(node).trim() !== '');

const lists = (root: Parent): Element[] =>
  elements(root).filter((node) => ['ul', 'ol'].includes(node.tagName) && !within(node, 'table'));

const itemsOf = (list: Element): Element[] => list.childNodes.filter(isElement);

const plainRows = (root: Parent): Element[] =>
  elements(root).filter(
    (node) =>
      node.tagName === 'tr' &&
      itemsOf(node).every((cell) => cell.attrs.every(({ name }) => name === 'class')),
  );

const callouts = (root: Parent): Element[] =>
  elements(root).filter((node) => classOf(node).includes('intercom-interblocks-callout'));

const images = (root: Parent): Element[] =>
  elements(root).filter(({ tagName }) => tagName === 'img');

/** Around each top-level element: where blocks may come in. */
function gaps(root: Parent, html: string): Site[] {
  return Array.from({ length: root.childNodes.length + 1 }, (_, index) => () => {
    insert(root, index, html);
  });
}

const kinds = [
  ['#e3e7fa80', '#334bfa33'],
  ['#feedaf80', '#fbc91633'],
] as const;

export const storedEdits: readonly StoredEdit[] = [
  edit('a word', 'line', (root) => wordSites(paragraphs(root), 'anderswo')),
  edit('a number', 'line', (root) =>
    paragraphs(root)
      .flatMap(plainTexts)
      .filter(({ value }) => /(?<![\w.,-])\d+(?![\w.,-])/.test(value))
      .map((text) => () => {
        text.value = text.value.replace(/(?<![\w.,-])\d+(?![\w.,-])/, '4711');
      }),
  ),
  edit('a link target', 'line', (root) =>
    elements(root)
      .filter((node) => node.tagName === 'a' && /^https?:/.test(attribute(node, 'href')))
      .filter((node) => !classOf(node).includes('button') && textOf(node).trim() !== '')
      .map((node) => () => assign(node, 'href', 'https://example.org/neu/ziel?x=1')),
  ),
  edit('a link added', 'line', (root) =>
    markSites(root, (text) => `<a href="https://example.org/dazu">${text}</a>`),
  ),
  edit('bold added', 'line', (root) => markSites(root, (text) => `<b>${text}</b>`)),
  edit('a list item added', 'added', (root) =>
    lists(root).flatMap((list) =>
      Array.from({ length: itemsOf(list).length + 1 }, (_, index) => () => {
        insert(list, index, '<li><p class="no-margin">Ganz neuer Punkt</p></li>');
      }),
    ),
  ),
  edit('a list item moved', 'moved', (root) =>
    lists(root).flatMap((list) => {
      const items = itemsOf(list);
      return items.slice(1).map((item, index) => () => {
        const before = items[index];
        if (before === undefined || textOf(before) === textOf(item)) return;
        remove(item);
        list.childNodes.splice(list.childNodes.indexOf(before), 0, item);
      });
    }),
  ),
  edit('a list item removed', 'removed', (root) =>
    lists(root).flatMap((list) =>
      itemsOf(list).length < 2 ? [] : itemsOf(list).map((item) => () => remove(item)),
    ),
  ),
  edit('a table cell', 'line', (root) =>
    wordSites(
      elements(root).filter(
        (node) => within(node, 'td') && !within(node, 'pre') && node.tagName === 'p',
      ),
      'Zellenwort',
    ),
  ),
  edit('a table row added', 'added', (root) =>
    plainRows(root)
      .filter((row) => itemsOf(row).length > 1)
      .map((row) => () => {
        const parent = row.parentNode;
        if (parent === null) return;
        const cells = itemsOf(row).map(
          (_, index) => `<td><p class="no-margin">Neu ${index}</p></td>`,
        );
        // A fragment of cells alone is none: rows are parsed inside a table.
        const [table] = fragment(`<table><tbody><tr>${cells.join('')}</tr></tbody></table>`);
        const made =
          table !== undefined && isElement(table)
            ? elements(table).find(({ tagName }) => tagName === 'tr')
            : undefined;
        if (made === undefined) return;
        made.parentNode = parent;
        parent.childNodes.splice(parent.childNodes.indexOf(row) + 1, 0, made);
      }),
  ),
  edit('a heading text', 'line', (root) =>
    wordSites(
      elements(root).filter((node) => /^h[1-6]$/.test(node.tagName) && !within(node, 'summary')),
      'Überschrift',
    ),
  ),
  edit('a heading level', 'line', (root) =>
    elements(root)
      .filter((node) => /^h[1-3]$/.test(node.tagName) && !within(node, 'summary'))
      .map((node) => () => {
        const next = node.tagName === 'h3' ? 'h2' : `h${Number(node.tagName[1]) + 1}`;
        node.tagName = next;
        node.nodeName = next;
      }),
  ),
  edit('an image swapped', 'line', (root) =>
    images(root).map((node) => () => {
      node.attrs = node.attrs.filter(
        ({ name }) => name !== 'width' && name !== 'height' && name !== 'style',
      );
      assign(node, 'src', 'https://example.org/ganz-anderes.png');
    }),
  ),
  edit('an image removed', 'removed', (root) =>
    images(root).map((node) => () => {
      const parent = node.parentNode;
      const box =
        parent !== null &&
        'tagName' in parent &&
        textOf(parent).trim() === '' &&
        parent.childNodes.length === 1
          ? parent
          : node;
      const outer = box.parentNode;
      const isBare =
        box !== node &&
        outer !== null &&
        'tagName' in outer &&
        outer.childNodes.length === 1 &&
        outer.tagName === 'div';
      remove(isBare ? outer : box);
    }),
  ),
  edit('a callout kind', 'line', (root) =>
    callouts(root).map((node) => () => {
      const [background, border] = attribute(node, 'style').includes(kinds[0][0])
        ? kinds[1]
        : kinds[0];
      assign(node, 'style', `background-color: ${background}; border-color: ${border};`);
    }),
  ),
  edit('a callout text', 'line', (root) =>
    wordSites(
      callouts(root).flatMap((node) => elements(node).filter(({ tagName }) => tagName === 'p')),
      'Hinweiswort',
    ),
  ),
  edit('a code line', 'line', (root) =>
    elements(root)
      .filter((node) => node.tagName === 'code' && within(node, 'pre'))
      .flatMap((node) => node.childNodes.filter(isText))
      .map((text) => () => {
        text.value = text.value.replace(/\w+/, 'geändert');
      }),
  ),
  edit('a paragraph added', 'added', (root) =>
    gaps(root, '<p class="no-margin">Ein ganz neuer Absatz.</p>'),
  ),
  edit('a paragraph split', 'near', (root) =>
    topParagraphs(root)
      .flatMap(plainTexts)
      .filter(({ value }) => /\p{L} \p{L}/u.test(value))
      .map((text) => () => {
        const node = text.parentNode;
        if (node === null || !('tagName' in node) || node.parentNode === null) return;
        const parent = node.parentNode;
        const at = /\p{L} (?=\p{L})/u.exec(text.value)?.index ?? 0;
        const rest = { ...text, value: text.value.slice(at + 2) };
        const after = node.childNodes.slice(node.childNodes.indexOf(text) + 1);
        text.value = text.value.slice(0, at + 1);
        node.childNodes = node.childNodes.slice(0, node.childNodes.indexOf(text) + 1);
        const second = { ...node, attrs: [...node.attrs], childNodes: [rest, ...after] } as Element;
        for (const child of second.childNodes) child.parentNode = second;
        parent.childNodes.splice(parent.childNodes.indexOf(node as Element) + 1, 0, second);
      }),
  ),
  edit('paragraphs joined', 'near', (root) =>
    topParagraphs(root).flatMap((node) => {
      const next = root.childNodes[root.childNodes.indexOf(node) + 1];
      if (
        next === undefined ||
        !isElement(next) ||
        next.tagName !== 'p' ||
        textOf(next).trim() === ''
      )
        return [];
      if (classOf(next) !== classOf(node)) return [];
      return [
        () => {
          insert(node, node.childNodes.length, ' ');
          for (const child of next.childNodes) child.parentNode = node;
          node.childNodes.push(...next.childNodes);
          remove(next);
        },
      ];
    }),
  ),
  edit('a paragraph moved', 'moved', (root) =>
    topParagraphs(root).flatMap((node) => {
      const all = root.childNodes;
      if (all.length < 3) return [];
      return [
        () => {
          const index = all.indexOf(node);
          root.childNodes = all.filter((item) => item !== node);
          root.childNodes.splice(index < 2 ? index + 2 : index - 2, 0, node);
        },
      ];
    }),
  ),
  edit('a paragraph removed', 'removed', (root) =>
    topParagraphs(root).map((node) => () => remove(node)),
  ),
  edit('a collapsible title', 'line', (root) =>
    elements(root)
      .filter((node) => node.tagName === 'summary')
      .flatMap((node) => [node, ...elements(node)])
      .flatMap(plainTexts)
      .map((text) => () => reword(text, 'Aufklappwort')),
  ),
  edit('a video added', 'added', (root) =>
    gaps(
      root,
      '<div class="intercom-h2b-video"><iframe src="https://www.youtube.com/embed/abcdefghijk?rel=0" frameborder="0" allowfullscreen></iframe></div>',
    ),
  ),
  edit('a button text', 'line', (root) =>
    elements(root)
      .filter((node) => classOf(node).includes('intercom-h2b-button'))
      .flatMap((node) => node.childNodes.filter(isText))
      .map((text) => () => {
        text.value = 'Jetzt anders';
      }),
  ),
];
